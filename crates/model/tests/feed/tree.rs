//! Merkle trees: the published test vector of RFC 6962 and every proof of small trees.

use bantin_model::id::Hash;
use bantin_model::tree::{leaf_hash, path, proves, root};
use proptest::prelude::*;

#[test]
fn roots_are_those_of_rfc_6962() {
    // Certificate Transparency's reference vectors: the empty tree and seven leaves.
    let inputs: [&[u8]; 7] = [
        &[],
        &[0x00],
        &[0x10],
        &[0x20, 0x21],
        &[0x30, 0x31],
        &[0x40, 0x41, 0x42, 0x43],
        &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    ];
    let leaves: Vec<Hash> = inputs.iter().map(|input| leaf_hash(input)).collect();
    let expected = [
        (
            0,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            1,
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        ),
        (
            2,
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        ),
        (
            3,
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        ),
        (
            7,
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        ),
    ];
    for (count, hex) in expected {
        let got = root(&leaves[..count]).to_string();
        assert_eq!(
            got, hex,
            "another implementation must get the same root of {count} leaves"
        );
    }
}

proptest! {
    #[test]
    fn each_leaf_is_proven_at_its_own_index_only(count in 1usize..40, at in 0usize..40, other in 0usize..40) {
        prop_assume!(at < count && other < count);
        let leaves: Vec<Hash> = (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let way = path(&leaves, at).unwrap();
        let top = root(&leaves);
        let n = count as u64;
        prop_assert!(proves(&top, n, at as u64, leaves[at], &way), "a true proof holds");
        prop_assert_eq!(proves(&top, n, other as u64, leaves[at], &way), other == at, "an index cannot be forged");
        if other != at {
            prop_assert!(!proves(&top, n, at as u64, leaves[other], &way), "nor can a leaf");
        }
        prop_assert!(!proves(&top, n, n, leaves[at], &way), "nothing stands past the end");
        let mut longer = way.clone();
        longer.push(top);
        prop_assert!(!proves(&top, n, at as u64, leaves[at], &longer), "a proof has one length");
    }
}
