//! Country and state of an order, normalized: buyers write them in many ways.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Country, code, names: a line each.
const TABLE: &str = include_str!("regions.tsv");

/// The code of a state by country and name.
static CODES: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let entries = TABLE.lines().filter(|line| !line.starts_with('#'));
    let cells = entries.filter_map(|line| {
        let (country, rest) = line.split_once('\t')?;
        let (code, names) = rest.split_once('\t')?;
        Some((country, code, names))
    });
    let names = cells.flat_map(|(country, code, names)| {
        let names = names.split('|').chain([code]);
        names.map(move |name| ((country, name), code))
    });
    names.collect()
});

/// A country's code in upper case, and the state: in the United States, Canada and India its code, whatever the buyer
/// called it; elsewhere, and where the name is not known, the text in upper case with single blanks.
///
/// ```
/// use ordersift::field::region::normalise;
/// assert_eq!(normalise(b"US", b" ca., USA "), ("US".into(), "CA".into()));
/// assert_eq!(normalise(b"ca", "Qu\u{e9}bec".as_bytes()), ("CA".into(), "QC".into()));
/// assert_eq!(normalise(b"GB", b"west  sussex"), ("GB".into(), "WEST SUSSEX".into()));
/// assert_eq!(normalise(b"US", b"Elsewhere"), ("US".into(), "ELSEWHERE".into()));
/// ```
pub fn normalise(country: &[u8], state: &[u8]) -> (String, String) {
    let country = String::from_utf8_lossy(country).trim().to_uppercase();
    let text = String::from_utf8_lossy(state).to_uppercase();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let code = code(&country, &text).map(str::to_owned);
    (country, code.unwrap_or(text))
}

fn code(country: &str, state: &str) -> Option<&'static str> {
    if !matches!(country, "US" | "CA" | "IN") {
        return None;
    }
    let bare = bare(state);
    let known = |name: &str| CODES.get(&(country, name)).copied();
    // A country behind the state: `CA, USA`. Dots alone part nothing: `N.Y.`
    let ends = [" USA", " US", " CANADA", " INDIA"];
    let before = |end: &&str| known(bare.strip_suffix(end)?.trim_end());
    known(&bare)
        .or_else(|| ends.iter().find_map(before))
        .or_else(|| known(&bare.replace(' ', "")))
}

/// Without marks and accents, `&` as a word.
fn bare(state: &str) -> String {
    let plain = state.chars().map(|letter| match letter {
        '\u{c0}'..='\u{c5}' => 'A',
        '\u{c8}'..='\u{cb}' => 'E',
        '\u{cc}'..='\u{cf}' => 'I',
        '\u{d2}'..='\u{d6}' => 'O',
        '\u{d9}'..='\u{dc}' => 'U',
        letter => letter,
    });
    let mut text = String::new();
    for letter in plain {
        match letter {
            '&' => text.push_str(" AND "),
            letter if letter.is_alphanumeric() => text.push(letter),
            _ => text.push(' '),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_one_however_it_is_written() {
        let cases: &[(&str, &[&str], &str)] = &[
            (
                "US",
                &["California", "CALIFORNIA", "CA", "CA.", "ca", " Calif. "],
                "CA",
            ),
            (
                "US",
                &[
                    "N.Y.",
                    "NY",
                    "New York",
                    "new  york",
                    "NEW-YORK",
                    "New York, USA",
                ],
                "NY",
            ),
            ("US", &["D.C.", "DC", "Washington, D.C."], "DC"),
            ("CA", &["Qu\u{e9}bec", "QUEBEC", "qc", "P.Q."], "QC"),
            ("IN", &["ORISSA", "Odisha", "OD"], "OD"),
            ("IN", &["DELHI", "New Delhi", "Delhi"], "DL"),
            ("IN", &["JAMMU & KASHMIR", "Jammu and Kashmir"], "JK"),
            ("IN", &["ANDAMAN & NICOBAR "], "AN"),
        ];
        for (country, names, code) in cases {
            for name in *names {
                let (_, state) = normalise(country.as_bytes(), name.as_bytes());
                assert_eq!(state, *code, "{name}");
            }
        }
    }

    #[test]
    fn what_is_not_known_is_kept() {
        for (country, text, kept) in [
            ("US", "--", "--"),
            ("", "Bavaria", "BAVARIA"),
            ("DE", "BY", "BY"),
            ("US", "", ""),
        ] {
            let (_, state) = normalise(country.as_bytes(), text.as_bytes());
            assert_eq!(state, kept);
        }
    }

    #[test]
    fn every_code_is_of_two_letters_and_every_name_is_met_bare() {
        assert!(CODES.len() > 150);
        for ((_, name), code) in CODES.iter() {
            assert_eq!(code.len(), 2);
            assert_eq!(bare(name), *name, "{name}");
        }
        // No name stands for two states.
        let names = TABLE.lines().filter(|line| !line.starts_with('#'));
        let names = names.map(|line| line.split('\t').nth(2).unwrap().split('|').count() + 1);
        assert_eq!(CODES.len(), names.sum::<usize>());
    }
}
