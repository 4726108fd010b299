//! From a command's name and arguments to its use-case, for all of them.

use std::rc::Rc;

use bantin_wire::ipc::conversation as talk;
use bantin_wire::ipc::media::{BLOB_GET, BlobArgs, PHOTO_ADD, PHOTO_GET};
use bantin_wire::ipc::{data, device, notice, place, product, search};
use bantin_wire::{Code, Command, Failure};
use serde::Deserialize;

use super::Engine;
use crate::host::Host;

/// What goes back to the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The reply as JSON.
    Json(String),
    /// Raw bytes.
    Bytes(Vec<u8>),
}

#[derive(Deserialize)]
struct TokenArgs {
    token: String,
}

fn read<T: for<'a> Deserialize<'a>>(args: &str) -> Result<T, Failure> {
    serde_json::from_str(args).map_err(|_| Failure::new(Code::Malformed))
}

fn json<C: Command>(reply: Result<C::Reply, Failure>) -> Result<Answer, Failure> {
    let text = serde_json::to_string(&reply?).map_err(|_| Failure::new(Code::Internal))?;
    Ok(Answer::Json(text))
}

/// One arm per command: its type, and the method that does it.
macro_rules! dispatch {
    ($name:ident, $args:ident, { $($command:ty => |$c:pat_param| $run:expr,)+ } else $other:expr) => {
        match $name {
            $(<$command>::NAME => {
                let $c = read::<$command>($args)?;
                json::<$command>($run.await)
            })+
            _ => $other,
        }
    };
}

impl<H: Host> Engine<H> {
    /// Runs the command `name`. `args` is its JSON object; `bytes` its raw body, if it has one.
    pub async fn run(
        self: &Rc<Self>,
        name: &str,
        args: &str,
        bytes: Option<Vec<u8>>,
    ) -> Result<Answer, Failure> {
        self.fresh().await?;
        match name {
            PHOTO_ADD => {
                let photo = bytes.ok_or_else(|| Failure::new(Code::Malformed))?;
                let added = self.photo_add(&photo).await?;
                let text = serde_json::to_string(&added);
                text.map(Answer::Json)
                    .map_err(|_| Failure::new(Code::Internal))
            }
            PHOTO_GET => {
                let TokenArgs { token } = read(args)?;
                self.photo_get(&token).await.map(Answer::Bytes)
            }
            BLOB_GET => self
                .blob_get(read::<BlobArgs>(args)?)
                .await
                .map(Answer::Bytes),
            _ => self.run_typed(name, args).await,
        }
    }

    async fn run_typed(self: &Rc<Self>, name: &str, args: &str) -> Result<Answer, Failure> {
        dispatch!(name, args, {
            device::DeviceStatusGet => |_| self.device_status(),
            device::SettingsGet => |_| self.settings_get(),
            device::SettingsSet => |c| self.settings_set(c.settings),
            device::SyncNow => |_| self.sync(),
            device::StorageGet => |_| self.storage_get(),
            device::DeviceForget => |_| self.device_forget(),
            device::DraftSet => |c| self.draft_set(c.key, c.text),
            device::DraftGet => |c| self.draft_get(c.key),
            data::DataGet => |_| self.data_get(),
            data::DataSet => |c| self.data_set(c.limits),
            data::DataFetch => |_| self.data_fetch(),
            data::DataAround => |c| self.data_around(c.around),
            place::PairingDefault => |_| async { Ok(None) },
            place::PlacesOffered => |c| self.places_offered(c.link),
            place::PlaceFollow => |c| self.place_follow(c.link, c.place),
            notice::NoticeList => |c| self.notice_list(c),
            notice::NoticeRead => |c| self.notice_read(c.id, c.lang),
            notice::NoticeSave => |c| self.notice_save(c.id, c.saved),
            notice::BulletinList => |_| self.bulletin_list(),
            notice::BulletinHeard => |c| self.bulletin_heard(c.id),
            product::ProductList => |c| self.product_list(c),
            product::ProductRead => |c| self.product_read(c.id, c.lang),
            product::ProductSubmit => |c| self.product_submit(c.form, c.once),
            search::Search => |c| self.search(c.text, c.limit),
            talk::ConversationList => |_| self.conversation_list(),
            talk::ConversationRead => |c| self.conversation_read(c.id),
            talk::ConversationAsk => |c| self.conversation_ask(c.question, c.once),
            talk::ConversationClaim => |c| self.conversation_claim(c.code),
            talk::ConversationReply => |c| self.conversation_reply(c),
            talk::ConversationRate => |c| self.conversation_rate(c),
            talk::ConversationClose => |c| self.conversation_close(c),
            talk::ConversationReopen => |c| self.conversation_reopen(c),
        } else Err(Failure::new(Code::Malformed)))
    }
}
