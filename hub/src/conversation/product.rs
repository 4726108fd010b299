//! A submitted product: what its maker wrote, and its way into the catalogue once an officer checked it.

use bantin_hub_store::Once;
use bantin_model::cbor;
use bantin_model::id::{Hash, RecordId};
use bantin_model::letter::{Attachment, ConversationId, ProductDraft, ReplyVerb, Verb};
use bantin_model::record::{Kind, Product};
use bantin_wire::{Code, Failure};

use super::{Message, Say, ThreadView};
use crate::Hub;
use crate::failure::Result;
use crate::feed::{Edit, Item, Signer};

/// What a maker submitted last in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// Their words.
    pub draft: ProductDraft,
    /// Their photos, the main one first.
    pub photos: Vec<Attachment>,
    /// The record is in the feed already.
    pub published: bool,
}

/// A product as an officer lets it appear.
#[derive(Clone, Debug)]
pub struct CheckedProduct {
    /// Everything but the pictures.
    pub product: Product,
    /// Photos to take over, by ciphertext hash, the main one first.
    pub photos: Vec<Hash>,
    /// What is said to the maker with it.
    pub text: String,
}

impl Hub {
    /// The newest submission of a thread, if there is one.
    pub async fn submitted(&self, thread: &ThreadView) -> Result<Option<Submitted>> {
        let newest = thread
            .messages
            .iter()
            .rev()
            .find_map(|message| match message {
                Message::Letter { letter, .. } if letter.letter.verb == Verb::SubmitProduct => {
                    Some(&letter.letter)
                }
                _ => None,
            });
        let Some((letter, draft)) = newest.and_then(|l| Some((l, l.product.clone()?))) else {
            return Ok(None);
        };
        let published = self.store.record(&draft.id).await?.is_some();
        Ok(Some(Submitted {
            draft,
            photos: letter.attachments.clone(),
            published,
        }))
    }

    /// Publishes a checked product under the record its maker's draft names, and tells the maker.
    /// `once` names the act: done again, it goes on where it stopped.
    pub async fn publish_product(
        &self,
        id: &ConversationId,
        checked: CheckedProduct,
        by: &Signer,
        once: Option<Once>,
    ) -> Result<RecordId> {
        let thread = self.thread(id).await?;
        let submitted = self.submitted(&thread).await?;
        let submitted = submitted.ok_or_else(|| Failure::new(Code::WrongState))?;
        if !thread.can.contains(&ReplyVerb::Published) && once.is_none() {
            return Err(Failure::new(Code::WrongState).into());
        }
        let record = submitted.draft.id;
        let again = match &once {
            Some(once) => self.store.once(&format!("{}/publish", once.key)).await?,
            None => None,
        };
        // The name came in a letter: what another household published under it stays theirs.
        if again.is_none()
            && !published_here(&thread, record)
            && self.store.record(&record).await?.is_some()
        {
            return Err(Failure::at(Code::NotAllowed, "id").into());
        }
        let mut product = checked.product;
        for hash in &checked.photos {
            let photo = self.open_attachment(id, hash).await?;
            product.pictures.push(
                self.add_picture(photo.bytes, product_name(&product))
                    .await?,
            );
        }
        product.check()?;
        let item = Item {
            id: Some(record),
            kind: Kind::PRODUCT,
            issued_at: None,
            in_force: None,
            body: cbor::to_vec(&product),
        };
        let part = |name: &str| {
            once.clone().map(|once| Once {
                key: format!("{}/{name}", once.key),
                ..once
            })
        };
        self.publish(
            &thread.row.place,
            vec![Edit::Put(item)],
            Some(by),
            part("publish"),
        )
        .await?;
        let say = Say {
            record: Some(record),
            officer: Some(by.login.clone()),
            once: part("say"),
            ..Say::words(ReplyVerb::Published, checked.text)
        };
        self.say(id, &say).await?;
        Ok(record)
    }
}

fn product_name(product: &Product) -> String {
    product
        .texts
        .first()
        .map(|text| text.title.clone())
        .unwrap_or_default()
}

/// Whether this conversation has led to that record before.
fn published_here(thread: &ThreadView, record: RecordId) -> bool {
    thread.messages.iter().any(|said| {
        matches!(said, Message::Reply { reply, .. }
            if reply.verb == ReplyVerb::Published && reply.record == Some(record))
    })
}
