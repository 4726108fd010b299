//! The root of trust: too few keys, an old document, a skipped one, a root of one's own.

use bantin_model::cbor;
use bantin_model::feed::{ProposalError, Root, RootProposal, TrustError};
use bantin_model::sign::{Envelope, PayloadType, SecretKey};

use crate::country::Country;
use crate::phone::Phone;

fn seal(root: &Root, keys: &[&SecretKey]) -> Vec<u8> {
    Envelope::seal(PayloadType::Root, cbor::to_vec(root), keys).to_bytes()
}

fn next(root: &Root, fresh: &[SecretKey]) -> Root {
    let mut keys: Vec<_> = fresh.iter().map(SecretKey::public).collect();
    keys.sort_unstable();
    Root {
        version: root.version + 1,
        keys,
        ..root.clone()
    }
}

fn fresh(from: u8) -> Vec<SecretKey> {
    (from..from + 3)
        .map(|seed| SecretKey::from_seed([seed; 32]))
        .collect()
}

#[test]
fn fewer_root_keys_than_the_threshold_can_do_nothing() {
    let country = Country::new();
    let mai = Phone::paired(&country);
    let [a, b, _] = [0, 1, 2].map(|at| &country.root_keys[at]);
    let new = fresh(200);
    let second = next(&country.root, &new);
    let with = |keys: &[&SecretKey]| {
        let mut document = country.document();
        document.roots.push(seal(&second, keys).into());
        mai.judge(&document)
    };
    assert!(
        with(&[a, b, &new[0], &new[1]]).is_ok(),
        "two old and two new keys: the honest way is open"
    );
    for (keys, why) in [
        (
            vec![a, &new[0], &new[1]],
            "one old key is stolen: not enough",
        ),
        (vec![a, a, &new[0], &new[1]], "one key twice is one key"),
        (
            vec![a, b, &new[0]],
            "the new keys must show that they exist",
        ),
        (vec![&new[0], &new[1]], "nobody appoints himself"),
    ] {
        assert!(
            matches!(with(&keys), Err(TrustError::Signature { .. })),
            "{why}"
        );
    }
}

#[test]
fn an_old_root_is_not_accepted_again() {
    let country = Country::new();
    let mut mai = Phone::paired(&country);
    let [a, b] = [0, 1].map(|at| &country.root_keys[at]);
    let new = fresh(200);
    let second = next(&country.root, &new);
    let mut document = country.document();
    document
        .roots
        .push(seal(&second, &[a, b, &new[0], &new[1]]).into());
    let files = |hash: &_| country.segment(hash);
    assert!(mai.sync(document.to_bytes(), &files).troubles.is_empty());
    assert_eq!(
        mai.pin.root_version, 2,
        "the phone remembers the newest root"
    );
    assert_eq!(
        mai.judge(&country.document()),
        Err(TrustError::RootRolledBack),
        "the keys that were rotated away do not come back"
    );
}

#[test]
fn no_step_of_the_chain_can_be_left_out() {
    let country = Country::new();
    let mai = Phone::paired(&country);
    let [a, b] = [0, 1].map(|at| &country.root_keys[at]);
    let (second_keys, third_keys) = (fresh(200), fresh(210));
    let second = next(&country.root, &second_keys);
    let third = next(&second, &third_keys);
    let second_sealed = seal(&second, &[a, b, &second_keys[0], &second_keys[1]]);
    let signers = [
        a,
        b,
        &second_keys[0],
        &second_keys[1],
        &third_keys[0],
        &third_keys[1],
    ];
    let third_sealed = seal(&third, &signers);
    let mut whole = country.document();
    whole.roots.push(second_sealed.into());
    whole.roots.push(third_sealed.into());
    assert!(mai.judge(&whole).is_ok(), "one after the other they hold");
    let mut skipped = whole.clone();
    skipped.roots.remove(1);
    assert!(
        matches!(mai.judge(&skipped), Err(TrustError::Shape(_))),
        "version 3 does not follow version 1, even with the signatures of 1"
    );
    let mut beheaded = whole.clone();
    beheaded.roots.remove(0);
    assert_eq!(
        mai.judge(&beheaded),
        Err(TrustError::OtherRoot),
        "the first is the pinned one"
    );
}

#[test]
fn a_root_of_ones_own_is_another_root() {
    let country = Country::new();
    let mut mai = Phone::paired(&country);
    mai.sync_with(&country);
    let own = fresh(220);
    let mut keys: Vec<_> = own.iter().map(SecretKey::public).collect();
    keys.sort_unstable();
    let forged = Root {
        keys,
        ..country.root.clone()
    };
    let mut document = country.document();
    document.roots = vec![seal(&forged, &[&own[0], &own[1]]).into()];
    let files = |hash: &_| country.segment(hash);
    let held = mai.holds();
    let summary = mai.sync(document.to_bytes(), &files);
    assert!(
        summary
            .troubles
            .contains(&bantin_model::sync::Trouble::OtherRoot),
        "also after the root was lost: no phone follows a new root by itself"
    );
    assert_eq!(mai.holds(), held, "what is held stays readable");
}

#[test]
fn a_proposal_gathers_signatures_and_tells_a_stranger_off() {
    let country = Country::new();
    let [a, b, c] = [0, 1, 2].map(|at| &country.root_keys[at]);
    let new = SecretKey::from_seed([200; 32]);
    let mut keys = vec![a.public(), b.public(), new.public()];
    keys.sort_unstable();
    let wanted = Root {
        version: 2,
        keys,
        ..country.root.clone()
    };
    let mut file = RootProposal::new(vec![country.root_envelope(2)], &wanted).unwrap();
    assert!(
        !file.change().unwrap().is_complete(),
        "nobody has signed yet"
    );
    let stranger = SecretKey::from_seed([250; 32]);
    assert_eq!(file.sign(&stranger), Err(ProposalError::Stranger));
    file.sign(c).unwrap();
    file.sign(c).unwrap();
    let change = file.change().unwrap();
    assert_eq!(
        (change.by_old(), change.by_new()),
        ((1, 2), (0, 2)),
        "the key that goes counts for the old document alone, and once"
    );
    let mut copy = RootProposal::from_bytes(&file.to_bytes()).unwrap();
    copy.sign(a).unwrap();
    file.sign(&new).unwrap();
    file.merge(&copy).unwrap();
    assert!(
        file.change().unwrap().is_complete(),
        "signed apart, put together: two of each"
    );
    let mut document = country.document();
    document.roots.push(file.envelope().to_vec().into());
    assert!(
        Phone::paired(&country).judge(&document).is_ok(),
        "what the ceremony makes is what phones believe"
    );
}

#[test]
fn a_proposal_that_goes_back_is_refused() {
    let country = Country::new();
    let roots = || vec![country.root_envelope(2)];
    let skips = Root {
        version: 3,
        ..country.root.clone()
    };
    assert_eq!(
        RootProposal::new(roots(), &skips).unwrap_err(),
        ProposalError::NotNext
    );
    let unreachable = Root {
        version: 2,
        threshold: 4,
        ..country.root.clone()
    };
    assert_eq!(
        RootProposal::new(roots(), &unreachable).unwrap_err(),
        ProposalError::NotNext,
        "four of three could never sign again"
    );
}
