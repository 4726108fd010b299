//! Letters between a person and an agency: sealed on the way up, answered through a mailbox.
//!
//! A [`Letter`] is written with the [`ConversationKeys`] of one conversation, signed inside its
//! seal and sealed to an agency's [`SealPublic`]. Carriers see a [`SealedLetter`] and nothing more.
//! Hubs prove each step with a [`Receipt`]; the agency answers with a [`Reply`], sealed to the
//! conversation and appended to its mailbox. The written specification is `docs/formats/letters.md`.

mod attachment;
mod below;
mod body;
mod carried;
mod claim;
mod code;
mod draft;
mod forward;
mod hpke_suite;
mod keys;
mod limits;
mod mailbox;
mod original;
mod outer;
mod pad;
mod poll_seal;
mod receipt;
mod reply;
mod reply_seal;
mod seal;
mod secret;

pub use attachment::{
    AttachmentDecoder, AttachmentEncoder, AttachmentError, AttachmentKey, decrypt, encrypt,
    encrypted_len,
};
pub use below::{BelowAnswer, BelowError, BelowRequest, OpenedBelow};
pub use body::{Attachment, AttachmentKind, Letter, LetterError, Verb};
pub use carried::{
    CarriedAnswer, CarriedBox, CarriedError, CarriedRequest, OpenedCarried, OpenedCarriedAnswer,
};
pub use claim::ClaimError;
pub use draft::{CertificateDraft, ProductDraft};
pub use forward::{Forward, Hop, OpenedForward, open_forward, seal_forward};
pub use keys::{
    ConversationId, ConversationKeys, ConversationSeed, MailboxId, ReadKey, SealPublic, SealSecret,
};
pub use limits::*;
pub use mailbox::{BoxCursor, BoxPage, MailItem, PollRequest, PollResponse};
pub use original::Original;
pub use outer::{LetterId, OuterAttachment, SealError};
pub use poll_seal::{SEALED_POLL_BYTES_MAX, open_poll, seal_poll};
pub use receipt::{Receipt, ReceiptError, ReceiptKey, ReceiptStep, Signer, VerifiedReceipt};
pub use reply::{Reply, ReplyVerb};
pub use reply_seal::{MailEntry, OpenedReply, open_reply, seal_reply};
pub use seal::{OpenedLetter, SealedLetter, open, open_original, seal};
