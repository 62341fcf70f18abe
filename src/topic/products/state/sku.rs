//! Sales by SKU, and the names of SKUs.

use std::hash::{Hash, Hasher};

use crate::field::label::is_utf8;
use crate::field::{Currency, Day, LabelId, Moment, Money, Week};
use crate::line::OrderLine;

use crate::merge::Merge;
use crate::topic::demand::state::sales::currency_number;

/// The days that sales of a SKU are added up over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum SkuPeriod {
    /// All of them.
    #[default]
    All,
    /// A local week of purchase.
    Week(Week),
    /// A local day of purchase: only where days are asked for.
    Day(Day),
}

impl SkuPeriod {
    /// A number that no other period of the same kind has.
    #[inline]
    fn number(self) -> u32 {
        match self {
            Self::All => 0,
            Self::Week(week) => week.0.unsigned_abs(),
            Self::Day(day) => day.0.unsigned_abs(),
        }
    }
}

/// A SKU in one currency and period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkuKey {
    /// The SKU.
    pub sku: LabelId,
    /// The currency of the lines; `None` where they state none.
    pub currency: Option<Currency>,
    /// The days that are added up.
    pub period: SkuPeriod,
}

impl Hash for SkuKey {
    /// One word: this is hashed for every line.
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let rest = currency_number(self.currency) ^ self.period.number() << 16;
        state.write_u64(u64::from(self.sku.0) << 32 | u64::from(rest));
    }
}

/// What is added up for a SKU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SkuMeasures {
    /// Orders with at least one live line of it.
    pub orders: u64,
    /// Lines, any status.
    pub lines: u64,
    /// Lines that are not cancelled.
    pub live_lines: u64,
    /// Units of live lines.
    pub units: u64,
    /// Units of live lines without a price.
    pub unpriced_units: u64,
    /// Line amounts of live lines.
    pub sales: Money,
}

impl SkuMeasures {
    /// Adds a line.
    #[inline]
    pub fn add(&mut self, line: &OrderLine<'_>, live: bool) {
        self.lines += 1;
        if !live {
            return;
        }
        let quantity = u64::from(line.quantity);
        self.live_lines += 1;
        self.units += quantity;
        match line.line_amount {
            Some(amount) => self.sales += amount,
            None => self.unpriced_units += quantity,
        }
    }
}

impl Merge for SkuMeasures {
    fn merge(&mut self, other: Self) {
        self.orders += other.orders;
        self.lines += other.lines;
        self.live_lines += other.live_lines;
        self.units += other.units;
        self.unpriced_units += other.unpriced_units;
        self.sales += other.sales;
    }
}

/// The names of a SKU, each taken from the newest line that states it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SkuNames {
    /// `asin`.
    pub asin: Newest,
    /// `product-name`.
    pub product_name: Newest,
    name_is_text: bool,
}

impl SkuNames {
    /// Looks at a line; whether its product name is text. A name of a single character is none: Amazon writes one on
    /// multi-channel lines (docs/formats.md, All-orders report).
    #[inline]
    pub fn see(&mut self, line: &OrderLine<'_>) -> bool {
        if !line.asin.is_empty() {
            self.asin.see(line.purchase_date, line.asin);
        }
        if line.product_name.len() > 1 {
            let known = self.product_name.text() == Some(line.product_name);
            self.product_name.see(line.purchase_date, line.product_name);
            // Most lines say what the line before them said, and only what is new has to be looked at.
            if known {
                self.name_is_text
            } else {
                self.is_text(line.product_name)
            }
        } else {
            line.product_name.is_ascii()
        }
    }

    /// Whether a name is UTF-8; remembered if it is the one that is kept.
    #[inline(never)]
    fn is_text(&mut self, name: &[u8]) -> bool {
        let is_text = is_utf8(name);
        if self.product_name.text() == Some(name) {
            self.name_is_text = is_text;
        }
        is_text
    }
}

impl Merge for SkuNames {
    fn merge(&mut self, other: Self) {
        self.asin.merge(other.asin);
        self.product_name.merge(other.product_name);
        self.name_is_text = self.product_name.text().is_some_and(is_utf8);
    }
}

/// The text of the newest line; of several at one moment, the least in byte order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Newest(Option<(i64, Box<[u8]>)>);

impl Newest {
    /// The text, `None` if no line stated one.
    pub fn text(&self) -> Option<&[u8]> {
        self.0.as_ref().map(|(_, text)| text.as_ref())
    }

    #[inline]
    fn see(&mut self, moment: Moment, text: &[u8]) {
        match &mut self.0 {
            Some((newest, known)) if moment.utc > *newest && known.as_ref() == text => {
                *newest = moment.utc;
            }
            Some((newest, known))
                if moment.utc < *newest || (moment.utc == *newest && known.as_ref() <= text) => {}
            place => *place = Some((moment.utc, text.into())),
        }
    }
}

impl Merge for Newest {
    fn merge(&mut self, other: Self) {
        let newer = match (&self.0, &other.0) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some((mine, text)), Some((theirs, other))) => {
                theirs > mine || (theirs == mine && other < text)
            }
        };
        if newer {
            *self = other;
        }
    }
}
