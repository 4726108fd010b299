//! Signing in and out.

use bantin_model::id::PlaceId;
use bantin_model::time::Seconds;
use serde::{Deserialize, Serialize};

use crate::commands;

/// Who is signed in and what they may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// Sign-in name.
    pub login: String,
    /// Name as colleagues see it.
    pub name: String,
    /// Places with the agency's name and the roles (`publish`, `answer`, `check-product`, `admin`) held there now.
    pub places: Vec<OfficerPlace>,
    /// End of the session unless used.
    pub session_until: Seconds,
}

/// A place an officer works for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficerPlace {
    /// Which.
    pub place: PlaceId,
    /// Name of the place, Vietnamese.
    pub name: String,
    /// The agency that owns its feed.
    pub agency: String,
    /// Roles that count now.
    pub roles: Vec<String>,
}

commands! {
    /// Signs in; sets the cookie. 20 wrong tries make the name wait, whoever tries.
    SignIn "sign_in" {
        /// Sign-in name.
        login: String,
        /// Password.
        password: String,
    } -> Officer;
    /// Ends the session.
    SignOut "sign_out" {} -> ();
    /// Who is signed in.
    WhoAmI "who_am_i" {} -> Officer;
}
