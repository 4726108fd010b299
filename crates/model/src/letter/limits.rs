//! Every limit of letters, replies, receipts and mailboxes, with its unit in its name.

/// Version of every format in this folder.
pub const FORMAT: u8 = 1;

/// Suite 1: HPKE base mode, X25519 / HKDF-SHA256 / ChaCha20-Poly1305.
pub const SUITE_X25519_CHACHA: u8 = 1;

/// A sealed letter, from first to last byte.
pub const LETTER_BYTES_MAX: usize = 64 * 1024;

/// A reply as it lies in a mailbox: its envelope around a sealed part of [`LETTER_BYTES_MAX`].
pub const MAIL_ENTRY_BYTES_MAX: usize = LETTER_BYTES_MAX + 1024;

/// A signed receipt.
pub const RECEIPT_BYTES_MAX: usize = 1024;

/// Text of a letter or a reply.
pub const TEXT_CHARS_MAX: usize = 20_000;

/// Names, villages, offices and other one-line fields.
pub const LINE_CHARS_MAX: usize = 200;

/// How a person wants to be reached, or how to buy a product.
pub const CONTACT_CHARS_MAX: usize = 500;

/// The story of a product.
pub const STORY_CHARS_MAX: usize = 5_000;

/// Attachments of one letter or reply.
pub const ATTACHMENTS_MAX: usize = 24;

/// One attachment before encryption.
pub const ATTACHMENT_BYTES_MAX: u64 = 25 * 1024 * 1024;

/// Plaintext of one encrypted chunk of an attachment.
pub const CHUNK_BYTES: usize = 64 * 1024;

/// Mailboxes asked for in one poll.
pub const POLL_BOXES_MAX: usize = 256;

/// Entries of one mailbox in one answer to a poll.
pub const PAGE_ENTRIES_MAX: usize = 64;

/// A poll request.
pub const POLL_REQUEST_BYTES_MAX: usize = 16 * 1024;

/// An answer to a poll.
pub const POLL_RESPONSE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// A node's question for the mail of letters it carries.
pub const CARRIED_REQUEST_BYTES_MAX: usize = 20 * 1024;

/// The answer to it.
pub const CARRIED_ANSWER_BYTES_MAX: usize = POLL_RESPONSE_BYTES_MAX + 1024;

/// How far the clocks of two nodes may be apart for one to believe that a question was just asked.
pub const CARRIED_WINDOW_S: u64 = 15 * 60;

/// Agencies through which one conversation can be passed.
pub const HOPS_MAX: usize = 8;

/// Why a conversation is passed on.
pub const REASON_CHARS_MAX: usize = 1_000;

/// A node's question for what is to come down to it, with what it hands up.
pub const BELOW_REQUEST_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The answer to it.
pub const BELOW_ANSWER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Agencies that one node tells another about.
pub const AGENCIES_MAX: usize = 1_024;
