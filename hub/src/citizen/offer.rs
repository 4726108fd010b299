//! `GET /v1/offer`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bantin_model::record::{Body, Record};
use bantin_wire::http::{Offer, OfferedPlace};

use crate::Hub;
use crate::feed::place_id;
use crate::http::Problem;

/// The places this hub carries.
pub async fn read(State(hub): State<Arc<Hub>>) -> Result<Json<Offer>, Problem> {
    let mut places = Vec::new();
    for feed in hub.store.feeds().await? {
        let row = hub.store.record(&place_id(&feed.place)).await?;
        let body = row.and_then(|row| Record::from_bytes(&row.bytes).ok()?.body().ok());
        if let Some(Body::Place(info)) = body {
            let names = info
                .names
                .into_iter()
                .map(|(lang, name)| (lang.to_string(), name));
            places.push(OfferedPlace {
                id: info.id,
                names: names.collect(),
                parent: info.parent,
            });
        }
    }
    Ok(Json(Offer {
        root: hub.fingerprint().await?.to_string(),
        places,
    }))
}
