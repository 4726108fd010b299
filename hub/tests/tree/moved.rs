//! A commune that phones know below another place: the centre's word that it was handed on comes with its heads.

use std::collections::BTreeMap;

use bantin_model::feed::{HeadsDocument, KeyRequest, Pin, TrustError, verify_below};
use bantin_model::id::PlaceId;

use crate::cast::{TINH, TOP, Tree, XA};

fn place(id: &str) -> PlaceId {
    PlaceId::new(id).unwrap()
}

/// What a phone says of the commune's heads that has known the commune below Bình Thuận.
async fn judged(tree: &Tree) -> (usize, Option<TrustError>) {
    let answer = tree.commune.get(&format!("/v1/heads/{XA}"), &[]).await;
    let document = HeadsDocument::from_bytes(&answer.body).unwrap();
    let pin = Pin {
        root: tree.centre.hub.fingerprint().await.unwrap(),
        root_version: 0,
    };
    let parents = BTreeMap::from([
        (place(XA), place("vn-60")),
        (place("vn-60"), place(TOP)),
        (place(TINH), place(TOP)),
    ]);
    let known = BTreeMap::new();
    let (far, broken) = verify_below(&document, &place(XA), pin, &known, &parents).unwrap();
    (far.heads.len(), broken)
}

#[tokio::test]
async fn a_commune_comes_below_another_province_by_the_word_of_the_centre() {
    let tree = Tree::new().await;
    let moved = Some(TrustError::Moved(place(XA)));
    assert_eq!(
        judged(&tree).await,
        (2, moved.clone()),
        "that the other province lets it speak is not enough"
    );
    let request = tree.commune.hub.key_request(&place(XA), false).await;
    let request = KeyRequest::open(&request.unwrap()).unwrap();
    let province = tree.province.hub.hand_over(&request, &place(TINH)).await;
    province.unwrap();
    tree.round().await;
    assert_eq!(
        judged(&tree).await,
        (2, moved),
        "nor is the word of the province itself"
    );
    let centre = tree.centre.hub.hand_over(&request, &place(TOP)).await;
    centre.unwrap();
    tree.round().await;
    assert_eq!(
        judged(&tree).await,
        (3, None),
        "the centre is above both, and its word comes down with the heads"
    );
    assert!(
        tree.province
            .hub
            .hand_over(&request, &place(TOP))
            .await
            .is_err(),
        "a hub speaks for its own places only"
    );
}
