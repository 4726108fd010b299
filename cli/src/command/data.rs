//! Where the bytes went, and how much the news may take.

use anyhow::Result;
use bantin_engine::Engine;
use bantin_wire::Failure;

use super::said;
use crate::args::{Answer, Data, Language, Megabytes};
use crate::exit::Said;
use crate::text;

pub(super) async fn data(engine: &Engine, data: &Data, language: Language) -> Result<Said> {
    let mut limits = engine.data_use().await.map_err(Failure::from)?.limits;
    let before = limits;
    let set = |field: &mut Option<u64>, named: Option<Megabytes>| {
        if let Some(Megabytes(bytes)) = named {
            *field = bytes;
        }
    };
    set(&mut limits.day_bytes, data.day);
    set(&mut limits.month_bytes, data.month);
    set(&mut limits.media_bytes, data.media);
    if let Some(answer) = data.only_wifi {
        limits.only_wifi = answer == Answer::Yes;
    }
    if limits != before {
        engine.set_limits(&limits).await.map_err(Failure::from)?;
    }
    if data.fetch {
        engine.fetch_waiting().await.map_err(Failure::from)?;
    }
    let used = engine.data_use().await.map_err(Failure::from)?;
    said(&used, text::data(&used, language))
}
