//! Texts and queries in the scripts of the villages.

use bantin_search::golden::golden;

/// Texts of every script, all in one.
pub fn library() -> Vec<String> {
    let documents = golden().map(|golden| golden.documents).unwrap_or_default();
    documents
        .into_iter()
        .map(|document| document.text)
        .collect()
}

/// Input of the query target: the query, a zero byte, the text.
pub fn queries() -> Vec<Vec<u8>> {
    let golden = golden().unwrap_or_default();
    let texts: Vec<&String> = golden.documents.iter().map(|d| &d.text).collect();
    // Those that find something; what finds nothing comes of itself.
    let finds = |case: &&bantin_search::golden::Case| !case.expected.is_empty();
    let cases = golden.cases.iter().filter(finds).enumerate();
    cases
        .filter_map(|(at, case)| {
            let text = texts.get(at % texts.len().max(1))?;
            Some(format!("{}\0{text}", case.query).into_bytes())
        })
        .collect()
}

/// Claim codes, links and ids as people type them.
pub fn codes() -> Vec<Vec<u8>> {
    let claim = super::letter::vector("conversation.claim_code.ascii");
    let lower = claim.to_ascii_lowercase();
    vec![
        claim,
        lower,
        b"vn-68-23008".to_vec(),
        b"cjm-Latn".to_vec(),
        vec![b'a'; 64],
    ]
}
