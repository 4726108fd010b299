//! Every command of `bantin_wire::ipc` by name, for callers that speak JSON: the window and the command line.

use bantin_wire::ipc::conversation as c;
use bantin_wire::ipc::data as b;
use bantin_wire::ipc::device as d;
use bantin_wire::ipc::notice as n;
use bantin_wire::ipc::pack as k;
use bantin_wire::ipc::place as p;
use bantin_wire::ipc::product as o;
use bantin_wire::ipc::search as s;
use bantin_wire::{Code, Command, Failure};
use serde_json::Value;

use crate::{Engine, Error};

type Answer = core::result::Result<Value, Failure>;

impl Engine {
    /// Answers one command: its arguments and its reply as JSON.
    ///
    /// # Errors
    /// [`Code::Malformed`] for an unknown name or arguments of another shape; else what the command
    /// refuses with.
    pub async fn run(&self, name: &str, args: Value) -> Answer {
        match name.split_once('_').map_or(name, |(noun, _)| noun) {
            "device" | "settings" | "sync" | "storage" | "draft" => {
                self.run_device(name, args).await
            }
            "data" => self.run_data(name, args).await,
            "pack" => self.run_pack(name).await,
            "pairing" | "places" | "place" => self.run_place(name, args).await,
            "notice" | "bulletin" => self.run_notice(name, args).await,
            "product" | "search" => self.run_product(name, args).await,
            "conversation" => self.run_conversation(name, args).await,
            _ => Err(Failure::new(Code::Malformed)),
        }
    }

    async fn run_device(&self, name: &str, args: Value) -> Answer {
        match name {
            d::DeviceStatusGet::NAME => reply::<d::DeviceStatusGet>(self.status().await),
            d::SettingsGet::NAME => reply::<d::SettingsGet>(self.settings().await),
            d::SettingsSet::NAME => {
                let command: d::SettingsSet = read(args)?;
                reply::<d::SettingsSet>(self.set_settings(&command.settings).await)
            }
            d::SyncNow::NAME => reply::<d::SyncNow>(self.sync().await),
            d::StorageGet::NAME => reply::<d::StorageGet>(self.storage().await),
            d::DeviceForget::NAME => reply::<d::DeviceForget>(self.forget().await),
            d::DraftSet::NAME => {
                let command: d::DraftSet = read(args)?;
                reply::<d::DraftSet>(self.set_draft(&command.key, &command.text).await)
            }
            d::DraftGet::NAME => {
                let command: d::DraftGet = read(args)?;
                reply::<d::DraftGet>(self.draft(&command.key).await)
            }
            _ => Err(Failure::new(Code::Malformed)),
        }
    }

    async fn run_data(&self, name: &str, args: Value) -> Answer {
        match name {
            b::DataGet::NAME => reply::<b::DataGet>(self.data_use().await),
            b::DataSet::NAME => {
                let command: b::DataSet = read(args)?;
                reply::<b::DataSet>(self.set_limits(&command.limits).await)
            }
            b::DataFetch::NAME => reply::<b::DataFetch>(self.fetch_waiting().await),
            b::DataAround::NAME => {
                let command: b::DataAround = read(args)?;
                reply::<b::DataAround>(self.tell_surroundings(command.around).await)
            }
            _ => Err(Failure::new(Code::Malformed)),
        }
    }

    /// Exporting needs a folder, which the shell knows and a command does not name.
    async fn run_pack(&self, name: &str) -> Answer {
        match name {
            k::PackStage::NAME => reply::<k::PackStage>(self.stage_pack().await),
            k::PackImport::NAME => reply::<k::PackImport>(self.import_staged_pack().await),
            _ => Err(Failure::new(Code::Malformed)),
        }
    }

    async fn run_place(&self, name: &str, args: Value) -> Answer {
        match name {
            p::PairingDefault::NAME => reply::<p::PairingDefault>(Ok(self.pairing_default())),
            p::PlacesOffered::NAME => {
                let command: p::PlacesOffered = read(args)?;
                reply::<p::PlacesOffered>(self.places_offered(&command.link).await)
            }
            p::PlaceFollow::NAME => {
                let command: p::PlaceFollow = read(args)?;
                reply::<p::PlaceFollow>(self.follow(&command.link, &command.place).await)
            }
            _ => Err(Failure::new(Code::Malformed)),
        }
    }

    async fn run_notice(&self, name: &str, args: Value) -> Answer {
        match name {
            n::NoticeList::NAME => {
                let command: n::NoticeList = read(args)?;
                reply::<n::NoticeList>(self.notices(&command).await)
            }
            n::NoticeRead::NAME => {
                let command: n::NoticeRead = read(args)?;
                reply::<n::NoticeRead>(self.notice(command.id, command.lang.as_deref()).await)
            }
            n::NoticeSave::NAME => {
                let command: n::NoticeSave = read(args)?;
                reply::<n::NoticeSave>(self.save_notice(command.id, command.saved).await)
            }
            n::BulletinList::NAME => reply::<n::BulletinList>(self.bulletin().await),
            n::BulletinHeard::NAME => {
                let command: n::BulletinHeard = read(args)?;
                reply::<n::BulletinHeard>(self.heard(command.id).await)
            }
            _ => Err(Failure::new(Code::Malformed)),
        }
    }

    async fn run_product(&self, name: &str, args: Value) -> Answer {
        match name {
            o::ProductList::NAME => {
                let command: o::ProductList = read(args)?;
                reply::<o::ProductList>(self.products(&command).await)
            }
            o::ProductRead::NAME => {
                let command: o::ProductRead = read(args)?;
                reply::<o::ProductRead>(self.product(command.id, command.lang.as_deref()).await)
            }
            o::ProductSubmit::NAME => {
                let command: o::ProductSubmit = read(args)?;
                let done = self.submit_product(&command.form, &command.once).await;
                reply::<o::ProductSubmit>(done)
            }
            s::Search::NAME => {
                let command: s::Search = read(args)?;
                reply::<s::Search>(self.search(&command.text, command.limit).await)
            }
            _ => Err(Failure::new(Code::Malformed)),
        }
    }

    async fn run_conversation(&self, name: &str, args: Value) -> Answer {
        match name {
            c::ConversationList::NAME => reply::<c::ConversationList>(self.conversations().await),
            c::ConversationRead::NAME => {
                let command: c::ConversationRead = read(args)?;
                reply::<c::ConversationRead>(self.conversation(&command.id).await)
            }
            c::ConversationAsk::NAME => {
                let command: c::ConversationAsk = read(args)?;
                let done = self.ask(&command.question, &command.once).await;
                reply::<c::ConversationAsk>(done)
            }
            c::ConversationClaim::NAME => {
                let command: c::ConversationClaim = read(args)?;
                reply::<c::ConversationClaim>(self.claim(&command.code).await)
            }
            c::ConversationReply::NAME => {
                let c::ConversationReply {
                    id,
                    text,
                    photos,
                    once,
                } = read(args)?;
                reply::<c::ConversationReply>(self.reply(&id, &text, &photos, &once).await)
            }
            c::ConversationRate::NAME => {
                let c::ConversationRate {
                    id,
                    rating,
                    text,
                    once,
                } = read(args)?;
                reply::<c::ConversationRate>(self.rate(&id, rating, &text, &once).await)
            }
            c::ConversationClose::NAME => {
                let c::ConversationClose { id, once } = read(args)?;
                reply::<c::ConversationClose>(self.close(&id, &once).await)
            }
            c::ConversationReopen::NAME => {
                let c::ConversationReopen { id, text, once } = read(args)?;
                reply::<c::ConversationReopen>(self.reopen(&id, &text, &once).await)
            }
            _ => Err(Failure::new(Code::Malformed)),
        }
    }
}

fn read<C: Command>(args: Value) -> core::result::Result<C, Failure> {
    serde_json::from_value(args).map_err(|_| Failure::new(Code::Malformed))
}

/// The reply must be the one that the command promises.
fn reply<C: Command>(done: core::result::Result<C::Reply, Error>) -> Answer {
    let reply = done.map_err(Failure::from)?;
    serde_json::to_value(reply).map_err(|_| Failure::new(Code::Internal))
}
