//! The officer who asks, and what they may do where.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use axum::http::HeaderMap;
use bantin_hub_store::{ConversationKind, ConversationRow, OfficerRow, Role};
use bantin_model::id::{Lang, PlaceId};
use bantin_model::record::{Body, Record};
use bantin_wire::desk::session::{Officer, OfficerPlace};
use bantin_wire::{Code, Failure};

use super::sessions::Session;
use super::{Desk, cookie};
use crate::Hub;
use crate::desk::origin::Ours;
use crate::failure::{HubError, Result};
use crate::feed::{Signer, place_id};

/// A signed-in officer.
#[derive(Clone)]
pub(super) struct Caller {
    /// The desk they sit at.
    pub(super) desk: Arc<Desk>,
    /// The officer.
    pub(super) officer: OfficerRow,
    session: Session,
}

impl Caller {
    /// Whose cookie the request brings, or `signed-out`.
    pub(super) async fn of(desk: &Arc<Desk>, headers: &HeaderMap) -> Result<Self> {
        let signed_out = || HubError::code(Code::SignedOut);
        let token = cookie::token(headers, &Ours::of(desk, headers)).ok_or_else(signed_out)?;
        let session = desk
            .sessions
            .of(&token, desk.hub.clock.now())
            .ok_or_else(signed_out)?;
        let officer = desk.hub.store.officer(&session.login).await?;
        match officer.filter(|officer| session.is_of(officer)) {
            Some(officer) => Ok(Self::new(desk, officer, session)),
            None => {
                desk.sessions.end(&token);
                Err(signed_out())
            }
        }
    }

    /// An officer whose session is known.
    pub(super) fn new(desk: &Arc<Desk>, officer: OfficerRow, session: Session) -> Self {
        Self {
            desk: Arc::clone(desk),
            officer,
            session,
        }
    }

    /// The hub.
    pub(super) fn hub(&self) -> &Hub {
        &self.desk.hub
    }

    /// The sign-in name.
    pub(super) fn login(&self) -> &str {
        &self.officer.login
    }

    /// `no-grant` unless one of these roles is held at the place now.
    pub(super) async fn may(&self, place: &PlaceId, roles: &[Role]) -> Result<()> {
        for role in roles {
            match self.hub().check_grant(self.login(), place, *role).await {
                Err(HubError::Refused(failure)) if failure.code == Code::NoGrant => {}
                other => return other,
            }
        }
        Err(HubError::code(Code::NoGrant))
    }

    /// What is held now, by place.
    pub(super) async fn roles(&self) -> Result<BTreeMap<PlaceId, BTreeSet<Role>>> {
        let now = self.hub().clock.now();
        let mut out: BTreeMap<PlaceId, BTreeSet<Role>> = BTreeMap::new();
        for grant in self.hub().store.grants_of(self.login()).await? {
            if grant.valid.covers(now) {
                out.entry(grant.place).or_default().insert(grant.role);
            }
        }
        Ok(out)
    }

    /// Places at which one of these roles is held now.
    pub(super) async fn places(&self, roles: &[Role]) -> Result<Vec<PlaceId>> {
        let held = self.roles().await?.into_iter();
        let some = held.filter(|(_, held)| roles.iter().any(|role| held.contains(role)));
        Ok(some.map(|(place, _)| place).collect())
    }

    /// The officer's signing key, once the password is given again. Wrong ones count as at sign-in.
    pub(super) async fn signer(&self, password: &str) -> Result<Signer> {
        let _turn = self.desk.checking(self.login(), None).await?;
        let signer = self.hub().signer(self.login(), password).await?;
        self.desk.tries.right(self.login(), None);
        Ok(signer)
    }

    /// What the desk shows of the officer.
    pub(super) async fn describe(&self) -> Result<Officer> {
        let mut places = Vec::new();
        for (place, roles) in self.roles().await? {
            places.push(OfficerPlace {
                name: name_of(self.hub(), &place).await?,
                agency: self.hub().office(&place).await?,
                roles: roles
                    .into_iter()
                    .map(|role| role.as_str().to_owned())
                    .collect(),
                place,
            });
        }
        Ok(Officer {
            login: self.officer.login.clone(),
            name: self.officer.name.clone(),
            places,
            session_until: self.session.until(),
        })
    }
}

impl Desk {
    /// A turn at checking a password of this name; `sign-in-wait` with seconds after too many wrong.
    pub(super) async fn checking(
        &self,
        login: &str,
        address: Option<IpAddr>,
    ) -> Result<tokio::sync::SemaphorePermit<'_>> {
        self.tries
            .begin(login, address, self.hub.clock.now())
            .map_err(|seconds| HubError::from(Failure::new(Code::SignInWait).with(seconds)))?;
        let turn = self.hashing.acquire().await;
        turn.map_err(|_| HubError::code(Code::Busy))
    }
}

/// Roles with which a conversation may be read and answered.
pub(super) fn roles_for(row: &ConversationRow) -> &'static [Role] {
    match row.kind {
        ConversationKind::Question => &[Role::Answer],
        ConversationKind::Product => &[Role::Answer, Role::CheckProduct],
    }
}

/// A place's Vietnamese name.
async fn name_of(hub: &Hub, place: &PlaceId) -> Result<String> {
    let row = hub.store.record(&place_id(place)).await?;
    let name = row.and_then(
        |row| match Record::from_bytes(&row.bytes).ok()?.body().ok()? {
            Body::Place(info) => info.names.get(&Lang::vietnamese()).cloned(),
            _ => None,
        },
    );
    Ok(name.unwrap_or_else(|| place.to_string()))
}
