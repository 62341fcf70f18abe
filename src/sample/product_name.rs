//! Invented product names, with everything in them that breaks careless readers.
//!
//! The words are in `words.tsv`. The Japanese store has half-width katakana, circled digits, letters of NEC and IBM, and
//! letters whose second byte in cp932 is a backslash or a vertical bar.

use super::market::rows;
use super::rng::Rng;

const WORDS: &str = include_str!("words.tsv");

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    brands: Vec<&'static str>,
    things: Vec<&'static str>,
    sizes: Vec<&'static str>,
    extras: Vec<&'static str>,
    colors: Vec<&'static str>,
    /// Stands before every extra.
    joint: &'static str,
}

impl Words {
    pub(super) fn of(language: &'static str) -> Self {
        let mut parts = rows(WORDS, language)
            .filter_map(|row| row.split('\t').nth(2))
            .map(|words| words.split('|').collect());
        let mut next = || parts.next().unwrap_or_default();
        Self {
            brands: next(),
            things: next(),
            sizes: next(),
            extras: next(),
            colors: next(),
            joint: if language.starts_with("japanese") {
                " "
            } else {
                ", "
            },
        }
    }

    /// Draws a product name of 40 to 150 characters.
    pub(super) fn draw_name(&self, rng: &mut Rng) -> String {
        let mut name = [rng.pick(&self.brands), " ", rng.pick(&self.things)].concat();
        if rng.chance(600) {
            name += " ";
            name += rng.pick(&self.sizes);
        }
        let least = rng.between(40, 105) as usize;
        let mut next = rng.below(97) as usize;
        while name.chars().count() < least {
            name += self.joint;
            name += self.extras[next % self.extras.len()];
            next += 1;
        }
        if rng.chance(400) {
            name += " (";
            name += rng.pick(&self.colors);
            name += ")";
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::rng::Subject;

    #[test]
    fn names_have_40_to_150_characters_and_no_separators() {
        for language in [
            "english",
            "german",
            "japanese",
            "japanese store",
            "french",
            "italian",
            "spanish",
        ] {
            let words = Words::of(language);
            for index in 0..3000 {
                let name = words.draw_name(&mut Rng::new(5, Subject::Catalog, index));
                assert!((40..=150).contains(&name.chars().count()), "{name}");
                assert!(!name.contains(['\t', '\r', '\n']));
            }
        }
    }
}
