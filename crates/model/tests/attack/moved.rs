//! A place below another one: any place of the tree can write a delegation of any other into its feed. Who has
//! seen a place below one does not follow it below another, unless a place above both says so.

use bantin_model::feed::{HeadsDocument, HeadsNode, LeafProof, TrustError, verify_below};
use bantin_model::id::{Lang, PlaceId, RecordId};
use bantin_model::record::{Kind, PlaceInfo, Record};
use bantin_model::sync::Trouble;

use crate::country::{Country, NOW, Node, for_ever, notice, place};
use crate::phone::{COMMUNE, Phone};

/// Beside Lâm Đồng there is Khánh Hoà, which the centre lets speak as well, and which lets keys of its own speak
/// for Đông Giang.
struct Neighbour {
    country: Country,
    khanh_hoa: Node,
    village: Node,
}

const OTHER: &str = "vn-56";

impl Neighbour {
    fn new() -> Self {
        let mut country = Country::new();
        let mut khanh_hoa = Node::new(OTHER, 40);
        let grant = country.nodes[0].delegation_of(&khanh_hoa, 1, 0);
        country.nodes[0].put(&grant);
        let mut village = Node::new(COMMUNE, 50);
        // A life of its own, and a version above all that was seen: nothing else would stand in the way.
        village.author.epoch = 2;
        village.author.version = 100;
        let grant = khanh_hoa.delegation_of(&village, 2, 100);
        khanh_hoa.put(&grant);
        let lie = notice(&place(COMMUNE), 66, "Xã này nay thuộc về chúng tôi.");
        village.put(&lie);
        Self {
            country,
            khanh_hoa,
            village,
        }
    }

    /// The way down by Khánh Hoà.
    fn document(&self) -> HeadsDocument {
        let grant = |child: &str| RecordId::derived(NOW, child.as_bytes());
        let node = |node: &Node, delegation: Option<LeafProof>| HeadsNode {
            head: node.head.clone().into(),
            delegation,
            handed: None,
        };
        let centre = &self.country.nodes[0];
        HeadsDocument {
            nodes: vec![
                node(centre, None),
                node(&self.khanh_hoa, Some(centre.proof(grant(OTHER)))),
                node(&self.village, Some(self.khanh_hoa.proof(grant(COMMUNE)))),
            ],
            ..self.country.document()
        }
    }

    fn file(&self, hash: &bantin_model::id::Hash) -> Option<Vec<u8>> {
        let own = self
            .village
            .files
            .get(hash)
            .or_else(|| self.khanh_hoa.files.get(hash));
        own.cloned().or_else(|| self.country.segment(hash))
    }
}

/// What some place says: Đông Giang is below `parent`.
fn says(by: &str, parent: &str) -> Record {
    let info = PlaceInfo {
        id: place(COMMUNE),
        names: [(Lang::vietnamese(), "Đông Giang".to_owned())].into(),
        official_code: None,
        kind_text: "nơi (mẫu)".into(),
        parent: Some(place(parent)),
        valid: for_ever(),
        successors: vec![],
    };
    let id = RecordId::derived(NOW, format!("handed {by} {parent}").as_bytes());
    Record::new(id, Kind::PLACE, place(by), NOW, &info)
}

fn judge(mai: &Phone, document: &HeadsDocument) -> Result<(), TrustError> {
    let asked = place(COMMUNE);
    let (_, broken) = verify_below(document, &asked, mai.pin, &mai.known, &mai.parents)?;
    broken.map_or(Ok(()), Err)
}

fn moved() -> Result<(), TrustError> {
    Err(TrustError::Moved(place(COMMUNE)))
}

#[test]
fn a_place_beside_cannot_take_a_commune_that_a_phone_knows() {
    let neighbour = Neighbour::new();
    let mut mai = Phone::paired(&neighbour.country);
    assert_eq!(
        judge(&mai, &neighbour.document()),
        Ok(()),
        "all signatures hold: a phone that knows nothing yet has to believe it"
    );
    let honest = mai.sync_with(&neighbour.country);
    assert!(honest.troubles.is_empty(), "Mai has her commune's news");
    let held = mai.holds();
    let files = |hash: &_| neighbour.file(hash);
    let summary = mai.sync(neighbour.document().to_bytes(), &files);
    assert!(
        summary.troubles.contains(&Trouble::NotGenuine),
        "what comes by Khánh Hoà is not Đông Giang's"
    );
    assert_eq!(mai.holds(), held, "and nothing of it is kept");
    let honest = mai.sync_with(&neighbour.country);
    assert!(honest.troubles.is_empty(), "the way by Lâm Đồng stays open");
}

#[test]
fn a_move_counts_once_a_place_above_both_says_so() {
    let mut neighbour = Neighbour::new();
    let mut mai = Phone::paired(&neighbour.country);
    mai.sync_with(&neighbour.country);
    // Khánh Hoà says it itself; the commune's new keys say it; the centre says something else.
    let own = says(OTHER, OTHER);
    neighbour.khanh_hoa.put(&own);
    let mut document = neighbour.document();
    document.nodes[2].handed = Some(neighbour.khanh_hoa.proof(own.id));
    assert_eq!(
        judge(&mai, &document),
        moved(),
        "nobody is a witness for himself"
    );
    let elsewhere = says("vn", "vn-48");
    neighbour.country.nodes[0].put(&elsewhere);
    let mut document = neighbour.document();
    document.nodes[2].handed = Some(neighbour.country.nodes[0].proof(elsewhere.id));
    assert_eq!(judge(&mai, &document), moved(), "it names another place");
    let handed = says("vn", OTHER);
    neighbour.country.nodes[0].put(&handed);
    let mut document = neighbour.document();
    let proof = neighbour.country.nodes[0].proof(handed.id);
    document.nodes[2].handed = Some(LeafProof {
        path: vec![],
        ..proof.clone()
    });
    assert_eq!(
        judge(&mai, &document),
        moved(),
        "a word that is not in the centre's feed"
    );
    document.nodes[2].handed = Some(proof);
    assert_eq!(judge(&mai, &document), Ok(()), "the centre is above both");
    let files = |hash: &_| neighbour.file(hash);
    let summary = mai.sync(document.to_bytes(), &files);
    assert!(summary.troubles.is_empty(), "Mai's phone goes along");
    assert_eq!(
        mai.parents[&place(COMMUNE)],
        place(OTHER),
        "and remembers it"
    );
    let old = neighbour.country.document();
    assert!(
        judge(&mai, &old).is_err(),
        "now Lâm Đồng is the place beside"
    );
}

#[test]
fn the_place_above_the_old_one_may_take_a_commune_over_itself() {
    let mut country = Country::new();
    let mut mai = Phone::paired(&country);
    mai.sync_with(&country);
    let grant = country.nodes[0].delegation_of(&country.nodes[2], 1, 0);
    country.nodes[0].put(&grant);
    let mut document = country.document();
    document.nodes.remove(1);
    document.nodes[1].delegation = Some(country.nodes[0].proof(grant.id));
    assert_eq!(
        judge(&mai, &document),
        Ok(()),
        "what is above Lâm Đồng could take its right to speak away anyway"
    );
    mai.sync_with(&country);
    let parents: Vec<&PlaceId> = mai.parents.values().collect();
    assert_eq!(parents.len(), 2, "the top has no place above: {parents:?}");
}
