//! Keeping a draft.

use bantin_hub_store::{DraftRow, Role};
use bantin_model::id::Hash;
use bantin_model::record::TextLimits;
use bantin_wire::desk::publication::DraftSave;
use bantin_wire::{Code, Failure};

use crate::desk::caller::Caller;
use crate::desk::text;
use crate::failure::{HubError, Result};

/// The largest draft, in bytes of JSON.
const FORM_BYTES_MAX: usize = 4 << 20;

/// Keeps the form as it is; what is wrong with it is said when it is published.
pub(in crate::desk) async fn save(caller: Caller, command: DraftSave) -> Result<String> {
    let DraftSave { id, place, form } = command;
    caller.may(&place, &[Role::Publish]).await?;
    let id = match id {
        Some(id) => {
            let old = caller.hub().store.draft(&id).await?;
            let old = old.ok_or_else(|| Failure::at(Code::NotFound, "id"))?;
            caller.may(&old.place, &[Role::Publish]).await?;
            id
        }
        None => {
            let Hash(name) = Hash(crate::random_bytes());
            name.iter()
                .take(16)
                .map(|byte| format!("{byte:02x}"))
                .collect()
        }
    };
    let title = form.texts.iter().find(|text| text.lang == "vi");
    let title = title
        .map(|text| text::line(&text.title))
        .unwrap_or_default();
    let json = serde_json::to_string(&form).map_err(|e| HubError::Broken(e.to_string()))?;
    if json.len() > FORM_BYTES_MAX {
        return Err(Failure::at(Code::TooLong, "form")
            .with(FORM_BYTES_MAX as u64)
            .into());
    }
    let row = DraftRow {
        id: id.clone(),
        place,
        officer: caller.login().to_owned(),
        title: title.chars().take(TextLimits::TITLE_MAX).collect(),
        form: json,
        changed_at: caller.hub().clock.now(),
    };
    caller.hub().store.save_draft(&row).await?;
    Ok(id)
}
