//! Officers and what they may do.

use bantin_hub_store::{GrantRow, OfficerRow, Role, StoreError};
use bantin_model::id::PlaceId;
use bantin_model::sign::SecretKey;
use bantin_model::time::Validity;
use bantin_wire::{Code, Failure};

use crate::auth;
use crate::failure::{HubError, Result};
use crate::feed::Signer;
use crate::{Hub, chance};

/// The longest sign-in name or name, in characters.
const NAME_CHARS_MAX: usize = 100;

impl Hub {
    /// Adds an officer with a signing key of their own.
    pub async fn add_officer(&self, login: &str, name: &str, password: &str) -> Result<()> {
        check_name("login", login)?;
        check_name("name", name)?;
        let cost = self.config.password;
        let password = password.to_owned();
        let work = tokio::task::spawn_blocking(move || {
            let hash = auth::hash(&password, cost)?;
            let key = SecretKey::generate(&mut chance::rng());
            Some((hash, key.public(), auth::wrap(&key, &password, cost).ok()?))
        });
        let made = work.await.map_err(|e| HubError::Broken(e.to_string()))?;
        let short = || {
            let failure = Failure::at(Code::NotAllowed, "password");
            failure.with(auth::PASSWORD_CHARS_MIN as u64)
        };
        let (password_hash, sign_key, wrapped_key) = made.ok_or_else(short)?;
        let row = OfficerRow {
            login: login.into(),
            name: name.into(),
            password_hash,
            sign_key,
            wrapped_key,
            created_at: self.clock.now(),
            disabled_at: None,
        };
        match self.store.add_officer(&row).await {
            Err(StoreError::Taken(_)) => Err(Failure::at(Code::Conflict, "login").into()),
            other => Ok(other?),
        }
    }

    /// Lets an officer do something at a place.
    pub async fn grant(
        &self,
        login: &str,
        place: &PlaceId,
        role: Role,
        granted_by: &str,
        legal_basis: &str,
        valid: Validity,
    ) -> Result<()> {
        if self.store.officer(login).await?.is_none() {
            return Err(Failure::at(Code::NotFound, "login").into());
        }
        if self.store.feed(place).await?.is_none() {
            return Err(Failure::at(Code::PlaceUnknown, "place").into());
        }
        let row = GrantRow {
            officer: login.into(),
            place: place.clone(),
            role,
            granted_by: granted_by.into(),
            legal_basis: legal_basis.into(),
            valid,
        };
        Ok(self.store.grant(&row).await?)
    }

    /// `no-grant` unless a grant lets this officer do this here and now. Asked at every act.
    pub async fn check_grant(&self, login: &str, place: &PlaceId, role: Role) -> Result<()> {
        let now = self.clock.now();
        let counts = |grant: &GrantRow| {
            grant.place == *place && grant.role == role && grant.valid.covers(now)
        };
        let granted = self.store.grants_of(login).await?.iter().any(counts);
        let officer = self.store.officer(login).await?;
        if granted && officer.is_some_and(|officer| officer.disabled_at.is_none()) {
            return Ok(());
        }
        Err(HubError::code(Code::NoGrant))
    }

    /// The officer if the password is right; `sign-in-wrong` for an unknown name too, after as long.
    pub async fn check_password(&self, login: &str, password: &str) -> Result<OfficerRow> {
        let officer = self.store.officer(login).await?;
        let officer = officer.filter(|officer| officer.disabled_at.is_none());
        let cost = self.config.password;
        let password = password.to_owned();
        let work = tokio::task::spawn_blocking(move || match officer {
            Some(officer) => {
                auth::verify(&password, &officer.password_hash, cost).then_some(officer)
            }
            None => {
                // The same work, so that the time does not tell which names exist.
                let _ = auth::hash("a password of nobody", cost);
                None
            }
        });
        let officer = work.await.map_err(|e| HubError::Broken(e.to_string()))?;
        officer.ok_or_else(|| HubError::code(Code::SignInWrong))
    }

    /// The officer's signing key for one act, unwrapped by the password, which is checked again.
    pub async fn signer(&self, login: &str, password: &str) -> Result<Signer> {
        let officer = self.check_password(login, password).await?;
        let password = password.to_owned();
        let login = officer.login.clone();
        let work =
            tokio::task::spawn_blocking(move || auth::unwrap(&officer.wrapped_key, &password));
        let key = work.await.map_err(|e| HubError::Broken(e.to_string()))?;
        let key = key.map_err(|_| HubError::code(Code::SignInWrong))?;
        Ok(Signer { login, key })
    }
}

fn check_name(field: &'static str, name: &str) -> Result<()> {
    match name.chars().count() {
        0 => Err(Failure::at(Code::Empty, field).into()),
        got if got > NAME_CHARS_MAX => Err(Failure::at(Code::TooLong, field)
            .with(NAME_CHARS_MAX as u64)
            .into()),
        _ if name.chars().any(char::is_control) => Err(Failure::at(Code::NotAllowed, field).into()),
        _ => Ok(()),
    }
}
