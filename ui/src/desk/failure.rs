//! Failures that mean something else to an officer than to a villager.

use bantin_wire::{Code, Failure};

use crate::t;

/// The desk's own words, where it has some.
pub fn words(failure: &Failure) -> Option<String> {
    Some(match failure.code {
        Code::Offline => t!("desk-error-offline"),
        Code::NotAHub => t!("desk-error-not-a-hub"),
        Code::HubResting => t!("desk-error-resting"),
        Code::MediaKind => t!("desk-error-media-kind"),
        Code::Empty => t!("desk-error-empty"),
        Code::NoGrant => t!("desk-error-no-grant"),
        Code::Internal => t!("desk-error-internal"),
        _ => return None,
    })
}
