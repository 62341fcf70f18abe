//! Aligned columns: as wide as they need, narrower or gone where the screen is.

use super::screen::{Piece, Screen};

/// Between two columns.
pub(super) const GAP: usize = 2;

/// A column of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lane {
    /// Numbers stand on the right.
    pub(super) right: bool,
    /// How narrow it may be cut; `None` is not at all.
    pub(super) least: Option<usize>,
    /// The lane with the greatest number goes first if the screen is too narrow; zero stays.
    pub(super) goes: usize,
}

impl Lane {
    pub(super) const LEFT: Self = Self {
        right: false,
        least: None,
        goes: 0,
    };
    pub(super) const RIGHT: Self = Self {
        right: true,
        least: None,
        goes: 0,
    };

    pub(super) const fn cut_to(self, least: usize) -> Self {
        Self {
            least: Some(least),
            ..self
        }
    }

    pub(super) const fn goes(self, goes: usize) -> Self {
        Self { goes, ..self }
    }
}

/// Lanes with their widths; `None` for a lane that had to go.
#[derive(Debug)]
pub(super) struct Grid {
    lanes: Vec<Lane>,
    widths: Vec<Option<usize>>,
}

impl Grid {
    /// Lays lanes out that need these widths.
    pub(super) fn new(lanes: &[Lane], needed: &[usize], columns: usize) -> Self {
        let mut gone: Vec<bool> = needed.iter().map(|width| *width == 0).collect();
        loop {
            let mut widths: Vec<_> = needed
                .iter()
                .zip(&gone)
                .map(|(width, gone)| (!gone).then_some(*width))
                .collect();
            let fits = narrow(lanes, &mut widths, columns);
            let next = (0..lanes.len())
                .filter(|lane| !gone[*lane] && lanes[*lane].goes > 0)
                .max_by_key(|lane| lanes[*lane].goes);
            match next {
                Some(lane) if !fits => gone[lane] = true,
                _ => {
                    return Self {
                        lanes: lanes.to_vec(),
                        widths,
                    };
                }
            }
        }
    }

    /// Lays out rows that are all at hand.
    pub(super) fn around(lanes: &[Lane], rows: &[Vec<Piece>], columns: usize) -> Self {
        Self::new(lanes, &widths(rows, lanes.len()), columns)
    }

    /// One row as a line without its end.
    pub(super) fn line(&self, row: &[Piece], screen: &Screen) -> String {
        let mut line = String::new();
        let mut owed = 0;
        for ((lane, width), piece) in self.lanes.iter().zip(&self.widths).zip(row) {
            let Some(width) = *width else { continue };
            let piece = piece.cut(width);
            let rest = width - piece.width();
            let (before, after) = if lane.right { (rest, 0) } else { (0, rest) };
            // Blanks are owed, not written, so that no line ends in them.
            owed += before;
            let (piece, blanks) = piece.without_last_blanks();
            if piece.width() > 0 {
                line.push_str(&" ".repeat(owed));
                line.push_str(&piece.painted(screen));
                owed = 0;
            }
            owed += blanks + after + GAP;
        }
        line
    }

    /// The lanes that had to go although they hold something.
    pub(super) fn gone(&self, needed: &[usize]) -> usize {
        self.widths
            .iter()
            .zip(needed)
            .filter(|(width, needed)| width.is_none() && **needed > 0)
            .count()
    }
}

/// What every lane needs for these rows.
pub(super) fn widths(rows: &[Vec<Piece>], lanes: usize) -> Vec<usize> {
    let mut needed = vec![0; lanes];
    for row in rows {
        for (width, piece) in needed.iter_mut().zip(row) {
            *width = (*width).max(piece.width());
        }
    }
    needed
}

/// Takes columns from the widest lane that may be cut until all fits.
fn narrow(lanes: &[Lane], widths: &mut [Option<usize>], columns: usize) -> bool {
    loop {
        let shown = widths.iter().flatten().count();
        let total = widths.iter().flatten().sum::<usize>() + GAP * shown.saturating_sub(1);
        if total <= columns {
            return true;
        }
        let cuttable = widths.iter_mut().zip(lanes).filter_map(|(width, lane)| {
            let width = width.as_mut()?;
            (*width > lane.least?).then_some(width)
        });
        match cuttable.max_by_key(|width| **width) {
            Some(width) => *width -= 1,
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::screen::Period;
    use super::*;

    fn lines(columns: usize) -> Vec<String> {
        let screen = Screen {
            width: columns,
            color: false,
            by: Period::Week,
            took: None,
        };
        let rows = [["Teapot, blue", "1,204", "x"], ["Cup", "7", ""]].map(|row| {
            row.iter()
                .map(|text| Piece::plain(text))
                .collect::<Vec<_>>()
        });
        let lanes = [Lane::LEFT.cut_to(6), Lane::RIGHT, Lane::LEFT.goes(1)];
        let grid = Grid::around(&lanes, &rows, columns);
        rows.iter().map(|row| grid.line(row, &screen)).collect()
    }

    #[test]
    fn is_as_wide_as_it_needs_then_cut_then_without_what_may_go() {
        assert_eq!(lines(40), ["Teapot, blue  1,204  x", "Cup               7"]);
        assert_eq!(lines(20), ["Teapot, b…  1,204  x", "Cup             7"]);
        assert_eq!(lines(15), ["Teapot,…  1,204", "Cup           7"]);
    }
}
