//! Styles of cells.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::table::Part;

/// The colors of series, the same as on the page.
pub(super) const COLORS: [u32; 6] = [
    0x0025_63EB,
    0x00D9_7706,
    0x0005_9669,
    0x0093_33EA,
    0x00DB_2777,
    0x0064_748B,
];

const DIM: u32 = 0x005B_6675;
const UP: u32 = 0x0012_703F;
const DOWN: u32 = 0x00B3_261E;
const WARNING: u32 = 0x008A_5300;

/// The color of a part: of its sheet, and of the sheets of its tables.
pub(super) fn part_color(part: Part) -> Color {
    Color::RGB(match part {
        Part::Demand => COLORS[0],
        Part::Products => COLORS[1],
        Part::Shipping => COLORS[2],
        Part::Data => COLORS[5],
    })
}

/// The formats of a tile, from its top.
#[derive(Debug)]
pub(super) struct Tile {
    pub(super) name: Format,
    pub(super) value: Format,
    pub(super) up: Format,
    pub(super) down: Format,
    pub(super) curve: Format,
}

impl Tile {
    fn new() -> Self {
        // White lines stand between tiles.
        let cell = || {
            Format::new()
                .set_background_color(Color::RGB(0x00EE_F2F7))
                .set_border_left(FormatBorder::Thick)
                .set_border_right(FormatBorder::Thick)
                .set_border_left_color(Color::White)
                .set_border_right_color(Color::White)
                .set_align(FormatAlign::Left)
                .set_indent(1)
        };
        Self {
            name: cell()
                .set_font_color(Color::RGB(DIM))
                .set_align(FormatAlign::VerticalCenter),
            value: cell().set_bold().set_font_size(18).set_shrink(),
            up: cell().set_font_color(Color::RGB(UP)).set_shrink(),
            down: cell().set_font_color(Color::RGB(DOWN)).set_shrink(),
            curve: cell(),
        }
    }
}

/// The formats of a workbook.
#[derive(Debug)]
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) head: Format,
    pub(super) head_right: Format,
    pub(super) bold: Format,
    pub(super) dim: Format,
    pub(super) wrapped: Format,
    pub(super) told: Format,
    pub(super) told_line: Format,
    pub(super) told_head: Format,
    pub(super) link: Format,
    pub(super) label: Format,
    pub(super) now: Format,
    pub(super) check: Format,
    pub(super) heat: Format,
    pub(super) heat_head: Format,
    pub(super) part: Format,
    pub(super) rows: Format,
    pub(super) tile: Tile,
    pub(super) text: Format,
    pub(super) count: Format,
    pub(super) share: Format,
    pub(super) flag: Format,
    pub(super) up: Format,
    pub(super) down: Format,
    pub(super) after: Format,
    pub(super) date: Format,
    pub(super) moment: Format,
    money: RefCell<BTreeMap<String, Format>>,
}

impl Styles {
    pub(super) fn new() -> Self {
        let plain = || Format::new().set_align(FormatAlign::Top);
        let dim = Color::RGB(DIM);
        Self {
            title: Format::new().set_bold().set_font_size(18),
            head: Format::new().set_bold().set_font_color(dim),
            head_right: Format::new()
                .set_bold()
                .set_font_color(dim)
                .set_align(FormatAlign::Right),
            bold: Format::new().set_bold(),
            dim: Format::new().set_font_color(dim),
            wrapped: plain().set_text_wrap(),
            told: plain()
                .set_text_wrap()
                .set_align(FormatAlign::Left)
                .set_indent(1),
            told_line: plain().set_align(FormatAlign::Left).set_indent(1),
            told_head: Format::new().set_bold().set_font_color(dim).set_indent(1),
            link: plain()
                .set_font_color(Color::RGB(COLORS[0]))
                .set_underline(FormatUnderline::Single),
            label: plain().set_bold().set_font_color(dim),
            now: plain().set_bold().set_font_color(Color::RGB(DOWN)),
            check: plain().set_bold().set_font_color(Color::RGB(WARNING)),
            heat: Format::new().set_num_format("#,##0").set_shrink(),
            heat_head: Format::new()
                .set_bold()
                .set_font_color(dim)
                .set_align(FormatAlign::Right)
                .set_shrink(),
            part: Format::new().set_bold().set_font_size(13),
            rows: plain().set_num_format("#,##0"),
            tile: Tile::new(),
            // Text stays text when it is edited: order ids, postcodes and SKUs of digits.
            text: Format::new().set_num_format("@"),
            count: Format::new().set_num_format("#,##0"),
            share: Format::new().set_num_format("0.0%"),
            // Programs to which yes is a number show these words, too.
            flag: Format::new()
                .set_num_format("\"TRUE\";\"TRUE\";\"FALSE\"")
                .set_align(FormatAlign::Center),
            up: Format::new()
                .set_num_format("+0.0%;-0.0%;0.0%")
                .set_font_color(Color::RGB(UP)),
            down: Format::new()
                .set_num_format("+0.0%;-0.0%;0.0%")
                .set_font_color(Color::RGB(DOWN)),
            after: Format::new().set_bold().set_font_color(dim).set_indent(1),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            money: RefCell::default(),
        }
    }

    /// The pattern of a currency. Only a code of three letters gets into it.
    pub(super) fn money_pattern(currency: &str, decimals: usize) -> String {
        let code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        let number = match decimals {
            0 => "#,##0".to_owned(),
            _ => format!("#,##0.{}", "0".repeat(decimals)),
        };
        if code {
            format!("[${currency}] {number}")
        } else {
            number
        }
    }

    /// The format of a currency.
    pub(super) fn money(&self, currency: &str, decimals: usize) -> Format {
        self.money
            .borrow_mut()
            .entry(Self::money_pattern(currency, decimals))
            .or_insert_with_key(|pattern| Format::new().set_num_format(pattern))
            .clone()
    }
}
