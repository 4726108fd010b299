//! The ways to the hub. A window that nobody signed in to holds an [`Anonymous`] and can only sign in;
//! everything else needs a [`SignedIn`], which nothing but signing in makes.

mod http;
mod picture;

use std::marker::PhantomData;

use bantin_model::id::Hash;
use bantin_wire::desk::publication::Uploaded;
use bantin_wire::desk::session::{Officer, SignIn, SignOut, WhoAmI};
use bantin_wire::desk::{ATTACHMENT, BLOB, UPLOAD};
use bantin_wire::{Code, Command, Failure};
use leptos::prelude::*;
use web_sys::File;

pub use picture::DeskEngine;

/// A file above this is not even sent: the hub refuses it, and the officer should not wait to hear so.
const FILE_BYTES_MAX: f64 = 25.0 * 1024.0 * 1024.0;

/// Nobody is signed in.
#[derive(Clone, Copy)]
pub struct Anonymous;

impl Anonymous {
    /// Signs in. The session itself is a cookie that no script can read.
    ///
    /// # Errors
    /// `sign-in-wrong`, `sign-in-wait` with the seconds, or no way to the hub.
    pub async fn sign_in(
        self,
        login: String,
        password: String,
    ) -> Result<(SignedIn, Officer), Failure> {
        let officer = http::run(&SignIn { login, password }).await?;
        Ok((SignedIn::new(), officer))
    }

    /// Goes on with the session of an earlier page, if there is one.
    ///
    /// # Errors
    /// `signed-out`, or no way to the hub.
    pub async fn resume(self) -> Result<(SignedIn, Officer), Failure> {
        let officer = http::run(&WhoAmI {}).await?;
        Ok((SignedIn::new(), officer))
    }
}

/// An officer's session.
#[derive(Clone, Copy)]
pub struct SignedIn {
    /// Set once the hub no longer knows the session: the officer must sign in again.
    pub lost: RwSignal<bool>,
    only_here: PhantomData<()>,
}

impl SignedIn {
    fn new() -> Self {
        Self {
            lost: RwSignal::new(false),
            only_here: PhantomData,
        }
    }

    /// Runs a command.
    ///
    /// # Errors
    /// What the hub refused, or why it was not reached.
    pub async fn run<C: Command>(self, command: &C) -> Result<C::Reply, Failure> {
        self.noticed(http::run(command).await)
    }

    /// Hands a picture or sound to the hub, which says what it really is.
    ///
    /// # Errors
    /// `media-…` with the limit, or why the hub was not reached.
    pub async fn upload(self, file: &File) -> Result<Uploaded, Failure> {
        if file.size() > FILE_BYTES_MAX {
            return Err(Failure::new(Code::MediaTooLarge).with(25));
        }
        let mime = match file.type_() {
            mime if mime.is_empty() => "application/octet-stream".into(),
            mime => mime,
        };
        self.noticed(http::post(UPLOAD, &mime, file).await)
    }

    /// Ends the session. The window is anonymous afterwards even if the hub could not be told.
    pub async fn sign_out(self) -> Anonymous {
        // The cookie ends by itself if the hub did not hear it.
        let _ = http::run(&SignOut {}).await;
        Anonymous
    }

    fn noticed<T>(self, answer: Result<T, Failure>) -> Result<T, Failure> {
        if matches!(&answer, Err(failure) if failure.code == Code::SignedOut) {
            self.lost.set(true);
        }
        answer
    }
}

/// Address of a picture or sound the hub holds, published or not.
pub fn blob_address(blob: &Hash) -> String {
    format!("{BLOB}/{blob}")
}

/// Address of an attachment of a letter, opened.
pub fn attachment_address(conversation: &str, hash: &Hash) -> String {
    format!("{ATTACHMENT}/{conversation}/{hash}")
}
