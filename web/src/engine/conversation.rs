//! Conversations: reading them and everything a person can do with one.

use bantin_model::letter::{ConversationId, ConversationKeys, ConversationSeed};
use bantin_view::{
    Act, claim_failure, close_act, conversation_card, conversation_page, question_act, rate_act,
    reopen_act, reply_act,
};
use bantin_wire::ipc::conversation::{
    ConversationCard, ConversationClose, ConversationPage, ConversationRate, ConversationReopen,
    ConversationReply, Question,
};
use bantin_wire::{Code, Failure};
use minicbor::bytes::ByteArray;

use super::Engine;
use crate::host::{Change, Host, Lock, Table};
use crate::private::{ConversationRow, Row};

impl<H: Host> Engine<H> {
    pub(crate) async fn conversation_list(&self) -> Result<Vec<ConversationCard>, Failure> {
        let reader = self.reader();
        let (news, private) = (self.news.borrow(), self.private.borrow());
        let mut cards: Vec<ConversationCard> = private
            .conversations
            .values()
            .map(|conversation| conversation.thread().at_home(&news.directory))
            .filter(|thread| !thread.letters.is_empty() || thread.claimed_at.is_some())
            .map(|thread| conversation_card(&thread, &news.directory, &reader))
            .collect();
        cards.sort_by(|a, b| (b.changed_at, &b.id).cmp(&(a.changed_at, &a.id)));
        Ok(cards)
    }

    pub(crate) async fn conversation_read(&self, id: String) -> Result<ConversationPage, Failure> {
        let id = conversation_id(&id)?;
        let page = {
            let (news, private) = (self.news.borrow(), self.private.borrow());
            let conversation = private.conversations.get(&id);
            let conversation = conversation.ok_or_else(|| Failure::new(Code::NotFound))?;
            let thread = conversation.thread().at_home(&news.directory);
            conversation_page(&thread, &news.directory, &self.reader())
        };
        self.seen(id).await?;
        Ok(page)
    }

    /// Marks the replies held now as read.
    async fn seen(&self, id: ConversationId) -> Result<(), Failure> {
        let all_read = |engine: &Self| {
            let private = engine.private.borrow();
            let conversation = private.conversations.get(&id)?;
            let held = u32::try_from(conversation.replies.len()).unwrap_or(u32::MAX);
            let mut row = conversation.row.clone();
            (row.replies_read != held).then(|| {
                row.replies_read = held;
                row
            })
        };
        if all_read(self).is_none() {
            return Ok(());
        }
        let _only = self.host.lock(Lock::Write).await;
        self.fresh().await?;
        let Some(row) = all_read(self) else {
            return Ok(());
        };
        let put = Change::Put(Table::Conversations, id.to_string(), row.to_row());
        self.save(vec![put]).await
    }

    pub(crate) async fn conversation_ask(
        &self,
        question: Question,
        once: String,
    ) -> Result<String, Failure> {
        self.open_conversation(question_act(&question)?, &once)
            .await
    }

    /// Takes a conversation over by its claim code; one that is here already stays as it is.
    pub(crate) async fn conversation_claim(&self, code: String) -> Result<String, Failure> {
        let seed = ConversationSeed::from_claim_code(&code).map_err(claim_failure)?;
        let _only = self.host.lock(Lock::Write).await;
        self.fresh().await?;
        let id = ConversationKeys::from_seed(&seed).id();
        if self.private.borrow().conversations.contains_key(&id) {
            return Ok(id.to_string());
        }
        let row = {
            let news = self.news.borrow();
            let follow = news.follow.as_ref();
            let follow = follow.ok_or_else(|| Failure::at(Code::NotFound, "place"))?;
            ConversationRow {
                seed: ByteArray::from(*seed.to_bytes()),
                agency: follow.place.clone(),
                reply_keys: news.directory.reply_keys(),
                after: 0,
                life: 0,
                replies_read: 0,
                claimed_at: self.now(),
            }
        };
        let put = Change::Put(Table::Conversations, id.to_string(), row.to_row());
        self.save(vec![put]).await?;
        Ok(id.to_string())
    }

    pub(crate) async fn conversation_reply(&self, c: ConversationReply) -> Result<(), Failure> {
        let act = reply_act(&c.text, &c.photos)?;
        self.go_on(&c.id, "reply", act, &c.once).await
    }

    pub(crate) async fn conversation_rate(&self, c: ConversationRate) -> Result<(), Failure> {
        let act = rate_act(c.rating, &c.text)?;
        self.go_on(&c.id, "rate", act, &c.once).await
    }

    pub(crate) async fn conversation_close(&self, c: ConversationClose) -> Result<(), Failure> {
        self.go_on(&c.id, "close", close_act(), &c.once).await
    }

    pub(crate) async fn conversation_reopen(&self, c: ConversationReopen) -> Result<(), Failure> {
        let act = reopen_act(&c.text)?;
        self.go_on(&c.id, "reopen", act, &c.once).await
    }

    async fn go_on(&self, id: &str, action: &str, act: Act, once: &str) -> Result<(), Failure> {
        let id = conversation_id(id)?;
        self.continue_conversation(id, action, act, once).await
    }
}

fn conversation_id(id: &str) -> Result<ConversationId, Failure> {
    ConversationId::from_hex(id).ok_or_else(|| Failure::at(Code::NotFound, "id"))
}
