//! A draw that nobody can steer and anybody can check. Pure; SM3 (GB/T 32905-2016) throughout.
//!
//! 1. With the announcement stand the commitment `SM3(seed)` and the source of a public value that will be known only later.
//! 2. When joining closes, the list of entrants (26-character receipts, sorted) and its Merkle root are published.
//! 3. After that the public value becomes known. The seed is revealed; `SM3(seed)` must be the commitment.
//! 4. The ticket of a receipt is `SM3(0x02 ‖ SM3(seed ‖ value in UTF-8 ‖ root) ‖ receipt)`. Places go by ticket, the smallest first.
//!
//! Whoever knows the seed cannot choose the value, whoever could choose the value does not know the seed, and neither can change the list.

use sm3::{Digest as _, Sm3};

/// A digest of SM3.
pub type Hash = [u8; 32];

fn sm3(parts: &[&[u8]]) -> Hash {
    parts.iter().fold(Sm3::new(), |digest, part| digest.chain_update(part)).finalize().into()
}

/// What is published before anybody joins.
pub fn commitment(seed: &[u8]) -> Hash {
    sm3(&[seed])
}

/// The leaf of a receipt. Leaves and nodes begin with different bytes, so that none passes for the other.
pub fn leaf(receipt: &[u8]) -> Hash {
    sm3(&[&[0], receipt])
}

fn node(left: &Hash, right: &Hash) -> Hash {
    sm3(&[&[1], left, right])
}

/// The Merkle tree over a list of receipts in their order. A node without a neighbour moves up as it is.
#[derive(Debug, Clone)]
pub struct Tree {
    /// From the leaves to the root.
    levels: Vec<Vec<Hash>>,
}

/// On which side a neighbour stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before.
    Left,
    /// After.
    Right,
}

impl Tree {
    /// Over these receipts.
    pub fn new<R: AsRef<[u8]>>(receipts: impl IntoIterator<Item = R>) -> Self {
        let mut levels = vec![receipts.into_iter().map(|receipt| leaf(receipt.as_ref())).collect::<Vec<_>>()];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let above = below.chunks(2).map(|pair| if let [left, right] = pair { node(left, right) } else { pair[0] }).collect();
            levels.push(above);
        }
        Self { levels }
    }

    /// The root; that of nobody is the digest of nothing.
    pub fn root(&self) -> Hash {
        self.levels.last().and_then(|level| level.first()).copied().unwrap_or_else(|| sm3(&[]))
    }

    /// The neighbours of a leaf on the way to the root.
    pub fn path(&self, leaf: usize) -> Vec<(Side, Hash)> {
        let mut at = leaf;
        let mut path = Vec::new();
        for level in &self.levels {
            let (neighbour, side) = if at.is_multiple_of(2) { (at + 1, Side::Right) } else { (at - 1, Side::Left) };
            if let Some(hash) = level.get(neighbour) {
                path.push((side, *hash));
            }
            at /= 2;
        }
        path
    }
}

/// Whether a receipt is on the list with this root.
pub fn included(receipt: &[u8], path: &[(Side, Hash)], root: &[u8]) -> bool {
    let top = path.iter().fold(leaf(receipt), |below, (side, neighbour)| match side {
        Side::Left => node(neighbour, &below),
        Side::Right => node(&below, neighbour),
    });
    top.as_slice() == root
}

/// The receipts in the order of their places, as indexes into the list.
pub fn order<R: AsRef<[u8]>>(seed: &[u8], value: &str, root: &[u8], receipts: &[R]) -> Vec<usize> {
    let key = sm3(&[seed, value.as_bytes(), root]);
    let mut tickets: Vec<(Hash, usize)> = receipts.iter().enumerate().map(|(n, receipt)| (sm3(&[&[2], &key, receipt.as_ref()]), n)).collect();
    tickets.sort_unstable();
    tickets.into_iter().map(|(_, n)| n).collect()
}

/// What is wrong with a draw that was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The seed is not the one that was committed to.
    Seed,
    /// The list is not the one whose root was published.
    List,
}

/// The order that a published draw must have, checked from the commitment on.
///
/// # Errors
/// The flaw.
pub fn verify<R: AsRef<[u8]>>(promised: &[u8], seed: &[u8], value: &str, root: &[u8], receipts: &[R]) -> Result<Vec<usize>, Flaw> {
    if commitment(seed).as_slice() != promised {
        return Err(Flaw::Seed);
    }
    if Tree::new(receipts).root().as_slice() != root {
        return Err(Flaw::List);
    }
    Ok(order(seed, value, root, receipts))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(n: usize) -> Vec<String> {
        (0..n).map(|n| format!("{n:026}")).collect()
    }

    #[test]
    fn nobody_is_on_an_empty_list() {
        let tree = Tree::new(list(0));
        assert_eq!(tree.root(), sm3(&[]));
        assert!(tree.path(0).is_empty());
        assert!(order(&[1; 32], "5", &tree.root(), &list(0)).is_empty());
    }

    #[test]
    fn p9_5_a_seed_does_not_favour_anybody() {
        // the first of the list among 20, over 2,000 seeds: 100 first places are expected, five standard deviations are 49
        let receipts = list(20);
        let root = Tree::new(&receipts).root();
        let firsts = (0..2000_u32).filter(|n| order(&n.to_be_bytes(), "0312", &root, &receipts)[0] == 0).count();
        assert!((51..=149).contains(&firsts), "{firsts}");
    }

    proptest! {
        #[test]
        fn p9_5_the_order_is_a_permutation_that_anybody_finds_again(seed in any::<[u8; 32]>(), value in "\\PC{0,20}", n in 0usize..200) {
            let receipts = list(n);
            let root = Tree::new(&receipts).root();
            let order = verify(&commitment(&seed), &seed, &value, &root, &receipts).expect("an honest draw");
            let mut all = order.clone();
            all.sort_unstable();
            prop_assert_eq!(all, (0..n).collect::<Vec<_>>());
            prop_assert_eq!(super::order(&seed, &value, &root, &receipts), order);
        }

        #[test]
        fn p9_5_every_entrant_proves_that_he_is_on_the_list(n in 1usize..200, pick in any::<prop::sample::Index>()) {
            let receipts = list(n);
            let tree = Tree::new(&receipts);
            let leaf = pick.index(n);
            let path = tree.path(leaf);
            prop_assert!(included(receipts[leaf].as_bytes(), &path, &tree.root()));
            prop_assert!(!included(b"somebody else", &path, &tree.root()));
        }

        #[test]
        fn p9_5_an_altered_list_and_another_seed_fail(seed in any::<[u8; 32]>(), n in 2usize..60, pick in any::<prop::sample::Index>(), way in 0u8..4) {
            let receipts = list(n);
            let (promised, root) = (commitment(&seed), Tree::new(&receipts).root());
            let mut altered = receipts.clone();
            match way {
                0 => { altered.remove(pick.index(n)); }
                1 => altered.push("x".repeat(26)),
                2 => altered[pick.index(n)].replace_range(0..1, "z"),
                _ => altered.swap(0, n - 1),
            }
            prop_assert_eq!(verify(&promised, &seed, "7", &root, &altered), Err(Flaw::List));
            let mut other = seed;
            other[pick.index(32)] ^= 1;
            prop_assert_eq!(verify(&promised, &other, "7", &root, &receipts), Err(Flaw::Seed));
        }

        #[test]
        fn p9_5_without_both_seed_and_value_the_order_is_unknown(seed in any::<[u8; 32]>(), other in any::<[u8; 32]>(), n in 20usize..60) {
            prop_assume!(seed != other);
            let receipts = list(n);
            let root = Tree::new(&receipts).root();
            let drawn = order(&seed, "0312", &root, &receipts);
            prop_assert_ne!(&order(&seed, "0313", &root, &receipts), &drawn);
            prop_assert_ne!(&order(&other, "0312", &root, &receipts), &drawn);
            prop_assert_ne!(&order(&seed, "0312", &Tree::new(list(n + 1)).root(), &receipts), &drawn);
        }
    }
}
