//! A screen: its width and colors, and styled pieces of text to fill it with.

use anstyle::{AnsiColor, Style};

pub use crate::overview::Period;
use crate::write::sanitize;

/// The screen to write for. The library asks no terminal: who calls it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// Columns. Below sixty it is written for sixty.
    pub width: usize,
    /// Whether to color; `false` writes no escape at all.
    pub color: bool,
    /// The period that the summary compares.
    pub by: Period,
    /// How long the run took, ready to show (`0.21 s`), or `None` not to say: the library has no clock.
    pub took: Option<String>,
}

impl Screen {
    /// The columns there are, or sixty: on less, lines are left to the terminal to break.
    pub(super) fn columns(&self) -> usize {
        self.width.max(60)
    }

    /// A piece in its style, if there is color.
    pub(super) fn paint(&self, style: Style, text: &str) -> String {
        if self.color && !text.is_empty() && style != PLAIN {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

pub(super) const PLAIN: Style = Style::new();
pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const RED: Style = AnsiColor::Red.on_default();
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default();
pub(super) const GREEN: Style = AnsiColor::Green.on_default();

/// A text that is safe, in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    text: String,
    style: Style,
}

impl Piece {
    pub(super) fn new(style: Style, text: &str) -> Self {
        Self {
            text: sanitize::safe(text).into_owned(),
            style,
        }
    }

    pub(super) fn plain(text: &str) -> Self {
        Self::new(PLAIN, text)
    }

    pub(super) fn dim(text: &str) -> Self {
        Self::new(DIM, text)
    }

    pub(super) fn none() -> Self {
        Self::plain("")
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What its style says, in a word; `None` if it is plain.
    pub(super) fn tone(&self) -> Option<&'static str> {
        match self.style {
            BOLD => Some("bold"),
            DIM => Some("dim"),
            RED => Some("bad"),
            YELLOW => Some("warn"),
            GREEN => Some("up"),
            _ => None,
        }
    }

    pub(super) fn width(&self) -> usize {
        sanitize::width(&self.text)
    }

    pub(super) fn painted(&self, screen: &Screen) -> String {
        screen.paint(self.style, &self.text)
    }

    /// The piece up to its last letter, and how many blanks followed.
    pub(super) fn without_last_blanks(mut self) -> (Self, usize) {
        let letters = self.text.trim_end_matches(' ').len();
        let blanks = self.text.len() - letters;
        self.text.truncate(letters);
        (self, blanks)
    }

    /// Cut to so many columns.
    pub(super) fn cut(&self, columns: usize) -> Self {
        Self {
            text: sanitize::cut(&self.text, columns).into_owned(),
            style: self.style,
        }
    }
}
