//! A label and what there is to say under it, broken where the screen ends.

use crate::write::screen::{Piece, Screen};

/// The width of the label.
pub(super) const LABEL: usize = 11;

/// Pieces with what stands before each, unless it begins a line.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pieces: Vec<(&'static str, Piece, bool)>,
}

impl Flow {
    /// Whether there is nothing to say.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Adds a piece after a separator.
    pub(super) fn add(&mut self, separator: &'static str, piece: Piece) {
        self.pieces.push((separator, piece, true));
    }

    /// Adds a piece that is left out where it would begin a line of its own.
    pub(super) fn maybe(&mut self, separator: &'static str, piece: Piece) {
        self.pieces.push((separator, piece, false));
    }

    /// Adds a piece after a dot.
    pub(super) fn dot(&mut self, piece: Piece) {
        self.add(" · ", piece);
    }

    /// Adds a piece after a dot, or as the first one.
    pub(super) fn item(&mut self, piece: Piece) {
        let separator = if self.is_empty() { "" } else { " · " };
        self.add(separator, piece);
    }

    /// The same and the table that has more; `None` if there is nothing to say.
    pub(super) fn with_table(mut self, table: &str) -> Option<Self> {
        if self.is_empty() {
            return None;
        }
        self.maybe(" · ", Piece::dim(&format!("--table {table}")));
        Some(self)
    }

    /// Every piece with what stands before it.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&'static str, &Piece)> {
        self.pieces
            .iter()
            .map(|(separator, piece, _)| (*separator, piece))
    }

    /// All of it as one line of plain text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (place, (separator, piece)) in self.pieces().enumerate() {
            text.push_str(if place == 0 { "" } else { separator });
            text.push_str(piece.text());
        }
        text
    }

    /// The lines, without their ends.
    pub(super) fn lines(&self, label: &str, screen: &Screen) -> Vec<String> {
        let indent = if label.is_empty() { 0 } else { LABEL };
        let columns = screen.columns();
        let mut lines = Vec::new();
        let mut line =
            Piece::dim(label).painted(screen) + &" ".repeat(indent.saturating_sub(label.len()));
        let mut used = indent;
        let mut fresh = true;
        for (separator, piece, must) in &self.pieces {
            let width = piece.width();
            if std::mem::take(&mut fresh) {
                // Nothing stands before the first piece.
            } else if used + separator.chars().count() + width > columns {
                if !must {
                    continue;
                }
                lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
                used = indent;
                // A dot ends with its line; a plus or an equals sign belongs to what follows.
                let sign = separator.trim().trim_matches('·');
                if !sign.is_empty() {
                    line.push_str(&Piece::dim(sign).painted(screen));
                    line.push(' ');
                    used += sign.chars().count() + 1;
                }
            } else {
                line.push_str(&Piece::dim(separator).painted(screen));
                used += separator.chars().count();
            }
            let piece = piece.cut(columns.saturating_sub(used));
            used += piece.width();
            line.push_str(&piece.painted(screen));
        }
        lines.push(line);
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::screen::Period;

    #[test]
    fn breaks_between_pieces_under_the_label() {
        let screen = Screen {
            width: 60,
            color: false,
            by: Period::Week,
            took: None,
        };
        let mut flow = Flow::default();
        flow.add("", Piece::plain("1,204,331 lines read"));
        flow.add(" = ", Piece::plain("988,120 kept"));
        flow.add(" + ", Piece::plain("216,211 rejected"));
        flow.add(" + ", Piece::plain("1 more"));
        flow.maybe(" · ", Piece::plain("not said where it does not fit"));
        let expected = [
            "Data       1,204,331 lines read = 988,120 kept",
            "           + 216,211 rejected + 1 more",
        ];
        assert_eq!(flow.lines("Data", &screen), expected);
    }
}
