//! Who is signed in.

use bantin_wire::desk::session::{Officer, WhoAmI};

use crate::desk::caller::Caller;
use crate::failure::Result;

/// The officer with what they may do now.
pub(in crate::desk) async fn who_am_i(caller: Caller, _: WhoAmI) -> Result<Officer> {
    caller.describe().await
}
