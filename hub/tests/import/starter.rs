//! The starter folder is what a new hub begins with, so it has to pass.

use std::collections::BTreeSet;
use std::path::Path;

use bantin_hub::import::Content;
use bantin_model::id::Lang;
use bantin_model::record::{Kind, Method, Record};

use super::folder::read;

#[test]
fn the_starter_content_is_in_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/starter");
    let folder = match read(&root, &[]) {
        Ok(folder) => folder,
        Err(problems) => {
            let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!(
                "the starter folder must pass its own rules:\n{}",
                said.join("\n")
            );
        }
    };
    assert!(
        folder.warnings.is_empty(),
        "nor is anything left to look at: {:#?}",
        folder.warnings
    );
    assert!(
        folder.places.len() >= 4,
        "the country, its province and two communes speak"
    );
    let names: BTreeSet<_> = folder.drafts.iter().map(|draft| &draft.name).collect();
    assert_eq!(
        names.len(),
        folder.drafts.len(),
        "every publication has a name of its own"
    );
    for kind in [Kind::NOTICE, Kind::PRODUCT, Kind::HERITAGE] {
        let some = folder.drafts.iter().any(|draft| draft.kind == kind);
        assert!(some, "a newcomer sees one of each kind: {kind:?}");
    }
    let english = Lang::new("en").unwrap();
    for draft in &folder.drafts {
        let (texts, pictures, sample) = match &draft.content {
            Content::Article(article) => (&article.texts, &article.pictures, article.sample),
            Content::Product(product) => (&product.texts, &product.pictures, product.sample),
        };
        let file = &draft.file;
        assert!(
            sample,
            "{file}: no agency issued it, and the app must be able to say so"
        );
        let translated = texts.iter().find(|text| text.lang == english);
        let method = translated.map(|text| text.method);
        assert_eq!(
            method,
            Some(Method::Machine),
            "{file}: its English is a machine's and says so"
        );
        for picture in pictures {
            assert_eq!(
                picture.alt.len(),
                texts.len(),
                "{file}: who cannot see is told in each language"
            );
        }
        let record = match &draft.content {
            Content::Article(article) => Record::new(
                draft.id.unwrap_or_default(),
                draft.kind,
                draft.place.clone(),
                draft.issued_at,
                article,
            ),
            Content::Product(product) => Record::new(
                draft.id.unwrap_or_default(),
                draft.kind,
                draft.place.clone(),
                draft.issued_at,
                product,
            ),
        };
        let again = Record::from_bytes(&record.to_bytes()).unwrap();
        for blob in again.blobs() {
            let kept = folder
                .blobs
                .get(&blob.hash)
                .expect("every file a record names is brought along");
            assert_eq!(
                kept.bytes.len() as u64,
                blob.bytes,
                "{file}: with the size it names"
            );
            assert_eq!(kept.mime, blob.mime, "{file}: and of the kind it names");
        }
    }
}
