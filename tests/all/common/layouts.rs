//! Header lines of the layouts that have been seen, and of some reports of other kinds.

/// Kind, name and header, `|` for a tab; the name of a foreign one is what a refusal calls it.
const LAYOUTS: &str = include_str!("layouts.txt");

/// The layouts of a kind, by name, with their tabs.
pub(crate) fn layouts(kind: &str) -> Vec<(&'static str, String)> {
    let lines = LAYOUTS.lines().filter_map(|line| line.split_once(": "));
    let ours = lines.filter(|(of, _)| *of == kind);
    ours.filter_map(|(_, rest)| rest.split_once(": "))
        .map(|(name, header)| (name, header.replace('|', "\t")))
        .collect()
}
