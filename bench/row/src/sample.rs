//! What is said of something measured several times.

/// The middle value, of an even number the smaller of the two in the middle; 0 of nothing.
pub fn median(measured: &[f64]) -> f64 {
    percentile(measured, 50)
}

/// The value that `percent` of a hundred do not exceed; 0 of nothing.
pub fn percentile(measured: &[f64], percent: usize) -> f64 {
    let sorted = sorted(measured);
    let at = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(at).copied().unwrap_or(0.0)
}

/// The smallest and the largest.
pub(super) fn range(measured: &[f64]) -> Option<(f64, f64)> {
    let sorted = sorted(measured);
    sorted.first().copied().zip(sorted.last().copied())
}

fn sorted(measured: &[f64]) -> Vec<f64> {
    let mut sorted = measured.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_many() {
        assert_eq!(median(&[5.0, 1.0, 9.0]), 5.0);
        assert_eq!(range(&[5.0, 1.0, 9.0]), Some((1.0, 9.0)));
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(
            percentile(&hundred, 95),
            95.0,
            "five of a hundred are slower"
        );
        assert_eq!(percentile(&[], 95), 0.0, "nothing measured is no panic");
    }
}
