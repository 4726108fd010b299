//! A reply made ready: sealed to the person for the mailbox, and sealed to the agency's own key for its
//! archive, so that the database holds no words.

use bantin_hub_store::{AnswerRow, ConversationRow, Mail};
use bantin_model::id::{Hash, KeyId, PlaceId};
use bantin_model::letter::{
    ConversationId, ConversationKeys, MAIL_ENTRY_BYTES_MAX, ReadKey, Reply, open_reply, seal_reply,
};
use bantin_model::record::{Agency, Body, Record};
use bantin_model::sign::Envelope;

use crate::Hub;
use crate::failure::{HubError, Result};
use crate::feed::agency_id;
use crate::keys::{AgencyKeys, PlaceKeys};

/// Both copies of a reply.
pub struct Outgoing {
    /// For the person.
    pub mail: Mail,
    /// For the agency.
    pub copy: Vec<u8>,
}

/// The agency's own copy is sealed like a reply, to a conversation whose secrets are the agency's.
fn own(agency: &AgencyKeys, id: &ConversationId) -> ConversationKeys {
    let Hash(read) = Hash::of_parts(&[b"bantin agency copy\0", id.as_bytes()]);
    ConversationKeys {
        sign: agency.sign.clone(),
        seal: agency.seal.clone(),
        read: ReadKey::from_bytes(read),
    }
}

/// The generation of keys that speaks in a conversation: the one its first letter was sealed to. Every
/// phone that holds the conversation knows that key, also one that has not synced since a rotation.
fn voice<'a>(keys: &'a PlaceKeys, began: &KeyId) -> &'a AgencyKeys {
    let mut all = keys.generations();
    all.find(|agency| agency.id() == *began)
        .unwrap_or(&keys.agency)
}

impl Hub {
    /// Seals a reply twice; `began` is the key that the conversation's first letter was sealed to.
    pub(crate) fn seal_out(
        &self,
        row: &ConversationRow,
        began: &KeyId,
        reply: &Reply,
    ) -> Result<Outgoing> {
        let keys = self.keys_of(&row.place)?;
        let (agency, voice) = (&keys.agency, voice(&keys, began));
        let rng = &mut crate::chance::rng();
        let bytes = seal_reply(reply, row.mailbox, &row.seal, &voice.sign, rng)?;
        let own = own(agency, &row.id);
        let copy = seal_reply(reply, own.mailbox(), &own.seal.public(), &agency.sign, rng)?;
        let envelope = Envelope::from_bytes(&bytes, MAIL_ENTRY_BYTES_MAX)
            .map_err(|e| HubError::Broken(e.to_string()))?;
        let id = Hash::of(&envelope.payload);
        let mail = Mail {
            mailbox: row.mailbox,
            id,
            bytes,
            at: reply.at,
        };
        Ok(Outgoing { mail, copy })
    }

    /// Opens the agency's own copy of a reply.
    pub(crate) fn open_copy(&self, place: &PlaceId, answer: &AnswerRow) -> Result<Reply> {
        let keys = self.keys_of(place)?;
        let signers = keys.signers();
        let open = |agency| open_reply(&answer.copy, &own(agency, &answer.conversation), &signers);
        // What was sealed before a rotation opens with the key of its time.
        let older = keys.retired.iter().map(open).find_map(|opened| opened.ok());
        let opened = open(&keys.agency).or_else(|error| older.ok_or(error))?;
        Ok(opened.reply)
    }

    /// The agency's Vietnamese name, which signs its replies.
    pub async fn office(&self, place: &PlaceId) -> Result<String> {
        let row = self.store.record(&agency_id(place)).await?;
        let agency: Option<Agency> =
            row.and_then(
                |row| match Record::from_bytes(&row.bytes).ok()?.body().ok()? {
                    Body::Agency(agency) => Some(agency),
                    _ => None,
                },
            );
        let vi = bantin_model::id::Lang::vietnamese();
        let name = agency.and_then(|agency| agency.names.get(&vi).cloned());
        Ok(name.unwrap_or_else(|| place.to_string()))
    }
}
