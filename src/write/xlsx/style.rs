//! Styles of cells.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign};

/// The colors of series, the same as on the page.
pub(super) const COLORS: [u32; 6] = [
    0x0025_63EB,
    0x00D9_7706,
    0x0005_9669,
    0x0093_33EA,
    0x00DB_2777,
    0x0064_748B,
];

/// The formats of a workbook.
#[derive(Debug)]
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) head: Format,
    pub(super) head_right: Format,
    pub(super) bold: Format,
    pub(super) dim: Format,
    pub(super) wrapped: Format,
    pub(super) text: Format,
    pub(super) count: Format,
    pub(super) share: Format,
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
        let dim = Color::RGB(0x005B_6675);
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
            // Text stays text when it is edited: order ids, postcodes and SKUs of digits.
            text: Format::new().set_num_format("@"),
            count: Format::new().set_num_format("#,##0"),
            share: Format::new().set_num_format("0.0%"),
            up: Format::new()
                .set_num_format("+0.0%;-0.0%;0.0%")
                .set_font_color(Color::RGB(0x0012_703F)),
            down: Format::new()
                .set_num_format("+0.0%;-0.0%;0.0%")
                .set_font_color(Color::RGB(0x00B3_261E)),
            after: Format::new().set_bold().set_font_color(dim).set_indent(1),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            money: RefCell::default(),
        }
    }

    /// The format of a currency. Only a code of three letters gets into it.
    pub(super) fn money(&self, currency: &str, decimals: usize) -> Format {
        let code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        let number = match decimals {
            0 => "#,##0".to_owned(),
            _ => format!("#,##0.{}", "0".repeat(decimals)),
        };
        let pattern = if code {
            format!("[${currency}] {number}")
        } else {
            number
        };
        self.money
            .borrow_mut()
            .entry(pattern)
            .or_insert_with_key(|pattern| Format::new().set_num_format(pattern))
            .clone()
    }
}
