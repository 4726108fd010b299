//! What a pack brings back for this person: receipts, and answers, which are opened here.

use std::collections::{BTreeMap, BTreeSet};

use bantin_model::feed::Pin;
use bantin_model::id::Hash;
use bantin_model::letter::{
    ConversationKeys, MailboxId, Receipt, ReceiptKey, ReceiptStep, Signer, open_reply,
};
use bantin_model::pack::{PackedMail, RecordKind};
use bantin_model::sync::{MailChange, MailboxState, ReceiptChange};
use bantin_wire::ipc::pack::PackReport;

use super::source::Source;
use crate::engine::Stores;
use crate::reading::Reading;
use crate::{Engine, Result};

/// This person's mailboxes, and the keys whose receipts count.
pub(super) struct Mine {
    mailboxes: BTreeMap<MailboxId, (ConversationKeys, MailboxState)>,
    pub(super) receipt_keys: Vec<ReceiptKey>,
    /// Proves the keys of agencies that something was passed on to.
    pin: Pin,
}

impl Mine {
    pub(super) async fn read(reading: &Reading) -> Result<Self> {
        let Stores { news, private } = &reading.stores;
        let states = private.mailboxes(&reading.directory.reply_keys()).await?;
        let open = |state: MailboxState| {
            let keys = ConversationKeys::from_seed(&state.seed);
            (keys.mailbox(), (keys, state))
        };
        let mut receipt_keys = news.receipt_keys().await?;
        receipt_keys.extend(reading.directory.receipt_keys());
        let follow = news.follow().await?;
        // Without a root nothing is proven.
        let nothing = Pin {
            root: Hash([0; 32]),
            root_version: 0,
        };
        Ok(Self {
            mailboxes: states.into_iter().map(open).collect(),
            receipt_keys,
            pin: follow.map_or(nothing, |follow| follow.pin),
        })
    }

    /// Opens an entry; false if it is nobody's here or its signer is not known.
    fn take(&self, mail: &PackedMail, changes: &mut BTreeMap<MailboxId, MailChange>) -> bool {
        let Some((keys, state)) = self.mailboxes.get(&mail.mailbox) else {
            return true;
        };
        let mut signers = state.agency.clone();
        let passed = changes.get(&mail.mailbox).map(|change| &change.passed);
        signers.extend(passed.into_iter().flatten());
        let Ok(opened) = open_reply(&mail.entry, keys, &signers) else {
            return false;
        };
        let change = changes.entry(mail.mailbox).or_insert_with(|| MailChange {
            conversation: keys.id(),
            replies: Vec::new(),
            passed: Vec::new(),
            after: 0,
            life: 0,
        });
        change.passed.extend(opened.reply.passed_keys(self.pin));
        change.replies.push((0, mail.entry.to_vec(), opened));
        true
    }

    pub(super) fn has(&self, mailbox: &MailboxId) -> bool {
        self.mailboxes.contains_key(mailbox)
    }
}

impl Engine {
    /// Takes receipts of own letters; those of relays too, which light no step.
    pub(super) async fn import_receipts(
        &self,
        source: &Source,
        mine: &Mine,
        report: &mut PackReport,
    ) -> Result<()> {
        let private = self.stores().await.private;
        for entry in source.contents.of(RecordKind::RECEIPT) {
            let Some(bytes) = source.body(entry).await? else {
                continue;
            };
            let Ok(verified) = Receipt::verify(&bytes, &mine.receipt_keys) else {
                continue;
            };
            let own = private.is_own_letter(verified.receipt.letter).await?;
            if !own || private.has_receipt(&bytes).await? {
                continue;
            }
            let proves =
                verified.signer != Signer::Relay && verified.receipt.step == ReceiptStep::Accepted;
            private
                .apply_receipt_brought(&ReceiptChange { bytes, verified })
                .await?;
            report.letters_accepted += u32::from(proves);
        }
        Ok(())
    }

    /// Takes answers. Cursors stay: they belong to a hub's copy of a mailbox, which a pack is not.
    pub(super) async fn import_replies(
        &self,
        source: &Source,
        mine: &Mine,
        report: &mut PackReport,
    ) -> Result<()> {
        let private = self.stores().await.private;
        let mut changes: BTreeMap<MailboxId, MailChange> = BTreeMap::new();
        let mut waiting: Vec<PackedMail> = Vec::new();
        for entry in source.contents.of(RecordKind::MAIL) {
            let body = source.body(entry).await?;
            waiting.extend(body.and_then(|body| PackedMail::from_bytes(&body).ok()));
        }
        // An entry may be signed by an agency that another one says the conversation was passed on to,
        // whatever their order in the file.
        loop {
            let before = waiting.len();
            waiting.retain(|mail| !mine.take(mail, &mut changes));
            if waiting.len() == before || waiting.is_empty() {
                break;
            }
        }
        if !waiting.is_empty() {
            tracing::info!(entries = waiting.len(), "answers of a pack do not hold");
        }
        for mut change in changes.into_values() {
            let held = private.replies(change.conversation).await?;
            let held: BTreeSet<_> = held.iter().map(|row| row.opened.id).collect();
            change
                .replies
                .retain(|(_, _, opened)| !held.contains(&opened.id));
            // As the agency said them, whatever the order in the file.
            change
                .replies
                .sort_by_key(|(_, _, opened)| opened.reply.seq);
            if change.replies.is_empty() {
                continue;
            }
            private.apply_mail(&change, self.now()).await?;
            report.replies += u32::try_from(change.replies.len()).unwrap_or(u32::MAX);
        }
        Ok(())
    }
}
