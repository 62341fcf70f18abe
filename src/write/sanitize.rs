//! Text that came from outside, made safe and measurable for a terminal.
//!
//! A product name or a file name may hold escape sequences, or turn the reading direction around (CWE-150). Whatever
//! goes to a terminal goes through here: screens, messages, file names.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text with every character that steers a terminal replaced by a visible one.
///
/// ```
/// use ordersift::write::sanitize::safe;
/// assert_eq!(safe("red \u{1b}[31m"), "red ␛[31m");
/// assert_eq!(safe("plain"), "plain");
/// ```
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| visible(c) == c) {
        text.into()
    } else {
        text.chars().map(visible).collect()
    }
}

/// How many columns a text takes on a terminal. For text that is [`safe`].
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to so many columns, with an ellipsis if anything was cut. For text that is [`safe`].
///
/// ```
/// use ordersift::write::sanitize::cut;
/// assert_eq!(cut("Teapot, blue", 8), "Teapot,…");
/// assert_eq!(cut("急須セット", 6), "急須…");
/// ```
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return text.into();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        kept.push(c);
    }
    // A sequence of characters can be wider than the characters: an emoji with its variation selector.
    while width(&kept) >= columns.max(1) {
        kept.pop();
    }
    if columns > 0 {
        kept.push('…');
    }
    kept.into()
}

/// The text cut to so many columns, then padded to them with blanks on its right.
pub fn pad(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let blanks = " ".repeat(columns.saturating_sub(width(&text)));
    format!("{text}{blanks}")
}

fn visible(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => {
            char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
        '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            char::REPLACEMENT_CHARACTER
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_and_no_turn_of_direction_remains() {
        let every: String = ('\0'..='\u{ffff}').collect();
        let shown = safe(&every);
        assert!(!shown.contains(char::is_control));
        for c in [
            '\u{9b}', '\u{2028}', '\u{2029}', '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}',
        ] {
            assert!(!shown.contains(c), "{c:?}");
        }
        assert_eq!(safe("a\tb\nc\u{7f}"), "a␉b␊c␡");
    }

    #[test]
    fn cutting_and_padding_count_columns() {
        assert_eq!(pad("日本", 6), "日本  ");
        assert_eq!(pad("日本語版", 6), "日本… ");
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("abcd", 1), "…");
        assert_eq!(cut("abcd", 0), "");
        for columns in 0..12 {
            for text in [
                "❤️❤️❤️❤️❤️❤️❤️",
                "👨‍👩‍👧‍👦 family and more",
                "e\u{301}e\u{301}e\u{301}e\u{301}",
                "한국어 이름",
            ] {
                assert!(width(&cut(text, columns)) <= columns, "{text} {columns}");
            }
        }
    }
}
