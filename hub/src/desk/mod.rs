//! The officers' desk: its commands, sessions and pages' data, on an origin of its own.

use std::sync::Arc;

use axum::Router;

use crate::Hub;

/// The desk's routes.
pub fn router(_hub: &Arc<Hub>) -> Router {
    Router::new()
}
