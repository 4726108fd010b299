//! Publishing a product that a household submitted and an officer checked.

use bantin_hub_store::{Once, Role};
use bantin_model::id::{Hash, Lang, RecordId};
use bantin_model::letter::{ReplyVerb, STORY_CHARS_MAX};
use bantin_model::record::{Certificate, Group, Method, Product, Text, TextLimits};
use bantin_model::time::Validity;
use bantin_wire::desk::conversation::{CertificateSeen, Submission, SubmissionPublish};
use bantin_wire::{Code, Failure};

use crate::conversation::{CheckedProduct, Submitted, day_of};
use crate::desk::caller::Caller;
use crate::desk::command::act;
use crate::desk::controllers::conversation::read::allowed;
use crate::desk::text;
use crate::failure::Result;

/// Publishes it with the letter's photos and tells the maker.
pub(in crate::desk) async fn publish(
    caller: Caller,
    command: SubmissionPublish,
) -> Result<RecordId> {
    let SubmissionPublish {
        id,
        product,
        certificate,
        password,
        once,
    } = command;
    let id = allowed(&caller, &id).await?;
    let hub = caller.hub();
    let thread = hub.thread(&id).await?;
    caller.may(&thread.row.place, &[Role::CheckProduct]).await?;
    let submitted = hub.submitted(&thread).await?;
    let submitted = submitted.ok_or_else(|| Failure::new(Code::WrongState))?;
    let key = act(caller.login(), "submission_publish", &once)?;
    let signer = caller.signer(&password).await?;
    // Done again under the same name it goes on; otherwise the state has to allow it.
    let begun = hub.store.once(&format!("{key}/publish")).await?.is_some();
    if !begun && !thread.can.contains(&ReplyVerb::Published) {
        return Err(Failure::new(Code::WrongState).into());
    }
    let today = day_of(hub.clock.now(), hub.rules.utc_offset_minutes);
    let checked = CheckedProduct {
        product: checked(&product, certificate.map(seen).transpose()?, today)?,
        photos: photos(&submitted),
        text: String::new(),
    };
    let once = Once {
        key,
        result: String::new(),
        at: hub.clock.now(),
    };
    hub.publish_product(&id, checked, &signer, Some(once)).await
}

/// The pictures of the letter, the main one first, as many as a record takes.
fn photos(submitted: &Submitted) -> Vec<Hash> {
    let pictures = submitted
        .photos
        .iter()
        .filter(|a| a.kind.media_type().starts_with("image/"));
    pictures
        .take(TextLimits::PICTURES_MAX)
        .map(|a| a.hash)
        .collect()
}

fn checked(form: &Submission, certificate: Option<Certificate>, today: String) -> Result<Product> {
    let field = |name: &'static str, value: &str, limit: usize| -> Result<String> {
        let value = text::line(value);
        match value.chars().count() {
            count if count > limit => {
                Err(Failure::at(Code::TooLong, name).with(limit as u64).into())
            }
            _ => Ok(value),
        }
    };
    let filled = |name: &'static str, value: &str| -> Result<String> {
        let value = field(name, value, TextLimits::FIELD_MAX)?;
        if value.is_empty() {
            Err(Failure::at(Code::Empty, name).into())
        } else {
            Ok(value)
        }
    };
    let story = text::lines(&form.story);
    if story.chars().count() > STORY_CHARS_MAX {
        return Err(Failure::at(Code::TooLong, "story")
            .with(STORY_CHARS_MAX as u64)
            .into());
    }
    let group = Group::from_name(&form.group);
    let season = &form.season;
    if !season.is_sorted_by(|a, b| a < b) || season.iter().any(|m| !(1..=12).contains(m)) {
        return Err(Failure::at(Code::NotAllowed, "season").into());
    }
    // Stars are what a certificate says, and only one an officer has seen counts.
    if form.stars.is_some() && certificate.is_none() {
        return Err(Failure::at(Code::Empty, "certificate").into());
    }
    let text = Text {
        lang: Lang::vietnamese(),
        title: filled("name", &form.name)?,
        summary: String::new(),
        body: story,
        who: String::new(),
        todo: String::new(),
        ask: field("how_to_buy", &form.how_to_buy, TextLimits::SUMMARY_MAX)?,
        method: Method::Human,
        made_by: None,
        reviewed_by: None,
    };
    Ok(Product {
        group: group.ok_or_else(|| Failure::at(Code::NotAllowed, "group"))?,
        texts: vec![text],
        maker: filled("maker", &form.maker)?,
        village: field("village", &form.village, TextLimits::FIELD_MAX)?,
        price: field("price", &form.price, TextLimits::FIELD_MAX)?,
        price_date: today,
        // All twelve months are kept as none: all year.
        season: if season.len() == 12 {
            Vec::new()
        } else {
            season.clone()
        },
        available: true,
        certificate,
        pictures: Vec::new(),
        sample: false,
    })
}

/// A certificate as the officer saw it.
fn seen(form: CertificateSeen) -> Result<Certificate> {
    let (number, issued_by) = (text::line(&form.number), text::line(&form.issued_by));
    for (name, value) in [
        ("certificate.number", &number),
        ("certificate.issued_by", &issued_by),
    ] {
        match value.chars().count() {
            0 => return Err(Failure::at(Code::Empty, name).into()),
            count if count > TextLimits::FIELD_MAX => {
                let limit = TextLimits::FIELD_MAX as u64;
                return Err(Failure::at(Code::TooLong, name).with(limit).into());
            }
            _ => {}
        }
    }
    if form.expires <= form.issued {
        return Err(Failure::at(Code::NotAllowed, "certificate.expires").into());
    }
    if !(1..=5).contains(&form.stars) {
        return Err(Failure::at(Code::NotAllowed, "certificate.stars").into());
    }
    let valid = Validity {
        from: form.issued,
        until: Some(form.expires),
    };
    Ok(Certificate {
        number,
        issued_by,
        valid,
        stars: form.stars,
    })
}
