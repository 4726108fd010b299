//! A conversation as the store holds it, put together for the views.

use bantin_model::cbor;
use bantin_model::letter::{LETTER_BYTES_MAX, Letter, OpenedReply};
use bantin_store::Private;
use bantin_store::private::{ConversationRow, LetterRow, LetterState, ReplyRow};
use bantin_view::{SentLetter, Thread};
use bantin_wire::ipc::conversation::PhotoView;

use crate::{Engine, Error, Result};

impl Engine {
    pub(crate) async fn thread(&self, private: &Private, row: ConversationRow) -> Result<Thread> {
        let replies = private.replies(row.id).await?;
        let mut letters = Vec::new();
        for letter in private.letters(row.id).await? {
            letters.push(sent(private, letter, &replies).await?);
        }
        let read = replies
            .iter()
            .position(|reply| reply.unread)
            .unwrap_or(replies.len());
        Ok(Thread {
            id: row.id,
            agency: row.place,
            claim_code: row.seed.claim_code(),
            claimed_at: row.claimed_at,
            letters,
            receipts: private.receipts(row.id).await?,
            replies_read: u32::try_from(read).unwrap_or(u32::MAX),
            replies: replies
                .into_iter()
                .map(|reply| reply.opened)
                .collect::<Vec<OpenedReply>>(),
        })
    }
}

async fn sent(private: &Private, row: LetterRow, replies: &[ReplyRow]) -> Result<SentLetter> {
    let letter: Letter = cbor::from_slice(&row.plain, LETTER_BYTES_MAX)
        .map_err(|_| Error::Broken("a stored letter"))?;
    let mut photos = Vec::new();
    for token in private.letter_photos(row.position).await? {
        let photo = private.photo(&token).await?;
        photos.extend(photo.map(|photo| PhotoView {
            token,
            width: photo.width,
            height: photo.height,
        }));
    }
    let before = replies
        .iter()
        .filter(|reply| reply.position < row.position)
        .count();
    Ok(SentLetter {
        id: row.id,
        letter,
        saved_at: row.saved_at,
        replies_before: u32::try_from(before).unwrap_or(u32::MAX),
        refused: row.state == LetterState::Refused,
        photos,
    })
}
