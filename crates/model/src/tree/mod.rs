//! Merkle trees as in RFC 6962 §2.1: leaf hashes are prefixed with 0, node hashes with 1, and a tree
//! of n leaves splits at the largest power of two below n.

use crate::id::Hash;

/// The hash of a leaf with these bytes.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Hash::of_parts(&[&[0], leaf])
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash::of_parts(&[&[1], left.as_bytes(), right.as_bytes()])
}

/// The root over leaf hashes in order; the hash of nothing for an empty tree.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of(&[]),
        [only] => *only,
        many => {
            let (left, right) = many.split_at(split(many.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// The sibling hashes from leaf `index` up to the root, nearest first; `None` past the end.
pub fn path(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    let mut siblings = Vec::new();
    descend(leaves, index, &mut siblings);
    Some(siblings)
}

fn descend(leaves: &[Hash], index: usize, siblings: &mut Vec<Hash>) {
    if leaves.len() < 2 {
        return;
    }
    let middle = split(leaves.len());
    let (left, right) = leaves.split_at(middle);
    if index < middle {
        descend(left, index, siblings);
        siblings.push(root(right));
    } else {
        descend(right, index - middle, siblings);
        siblings.push(root(left));
    }
}

/// Whether `leaf` stands at `index` of the `count` leaves under `expected` (RFC 9162 §2.1.3.2).
pub fn proves(expected: &Hash, count: u64, index: u64, leaf: Hash, path: &[Hash]) -> bool {
    if index >= count {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, count - 1, leaf);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(sibling, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *expected
}

/// The largest power of two smaller than `n` (n ≥ 2).
fn split(n: usize) -> usize {
    let power = n.next_power_of_two();
    if power == n { n / 2 } else { power / 2 }
}
