//! A curve in a word.

/// A curve of blocks, as high as the highest; nothing known is a blank, nothing sold the lowest block.
pub(super) fn spark(values: impl Iterator<Item = Option<i128>> + Clone) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let highest = values.clone().flatten().max().unwrap_or(0).max(1);
    let block = |value: i128| {
        let height = value
            .checked_mul(14)
            .map_or(7, |doubled| (doubled + highest) / (2 * highest));
        let height = if value > 0 { height.clamp(1, 7) } else { 0 };
        BLOCKS[usize::try_from(height).unwrap_or(7)]
    };
    values.map(|value| value.map_or(' ', block)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_tells_nothing_from_little_and_from_unknown() {
        assert_eq!(
            spark([None, Some(0), Some(1), Some(50), Some(100)].into_iter()),
            " ▁▂▅█"
        );
        assert_eq!(spark([Some(0), Some(0)].into_iter()), "▁▁");
    }
}
