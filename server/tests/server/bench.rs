//! What the measurements reckon.

use server::bench::spearman;

#[test]
fn spearman_is_one_in_order_and_minus_one_backwards() {
    assert!((spearman(1..=100) - 1.0).abs() < 1e-12);
    assert!((spearman((1..=100).rev()) + 1.0).abs() < 1e-12);
    assert!(spearman([2, 1, 4, 3, 6, 5].into_iter()) > 0.8);
}
