//! The measures of the tiles: name, value and change, for every format.

use std::cmp::Ordering;

use crate::overview::{CurrencyTiles, TileSums};

use crate::write::number::{self, grouped, money, share};

/// A number of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Value {
    /// A whole number.
    Count(i64),
    /// Ten-thousandths of a currency, shown with so many decimals.
    Money(i128, usize),
    /// A part of a whole, which is not zero.
    Share(i64, i64),
}

/// What a tile measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Measure {
    Sales,
    Units,
    Orders,
    AverageOrder,
    CancelledShare,
    MerchantShare,
}

impl Measure {
    /// All measures, in the order of a report.
    pub(in super::super) const ALL: [Self; 6] = [
        Self::Sales,
        Self::Units,
        Self::Orders,
        Self::AverageOrder,
        Self::CancelledShare,
        Self::MerchantShare,
    ];

    /// The name that a reader sees.
    pub(in super::super) fn name(self) -> &'static str {
        match self {
            Self::Sales => "Sales",
            Self::Units => "Units",
            Self::Orders => "Orders",
            Self::AverageOrder => "Average order",
            Self::CancelledShare => "Cancelled",
            Self::MerchantShare => "Merchant share",
        }
    }

    /// Its value for a period; `None` if it is unknown.
    pub(in super::super) fn of(self, tiles: &CurrencyTiles, sums: &TileSums) -> Option<Value> {
        let priced = tiles.currency.is_some();
        let share = |part: i64, whole: i64| (whole > 0).then_some(Value::Share(part, whole));
        match self {
            Self::Sales => priced.then_some(Value::Money(sums.sales, tiles.decimals)),
            Self::Units => Some(Value::Count(sums.units)),
            Self::Orders => Some(Value::Count(sums.orders)),
            Self::AverageOrder => Some(Value::Money(sums.average_order()?, tiles.decimals)),
            Self::CancelledShare => share(sums.cancelled_orders()?, sums.orders_placed?),
            Self::MerchantShare => share(sums.merchant_orders, sums.orders),
        }
    }

    /// Its value for the shown period.
    pub(in super::super) fn now(self, tiles: &CurrencyTiles) -> Option<Value> {
        self.of(tiles, &tiles.now())
    }

    /// Its value for the period before; `None` if the files do not hold all of it.
    pub(in super::super) fn before(self, tiles: &CurrencyTiles) -> Option<Value> {
        self.of(tiles, &tiles.before()?)
    }

    /// Whether a change in a direction is good news; `None` if it is neither.
    pub(in super::super) fn is_good(self, direction: Ordering) -> Option<bool> {
        match (self, direction) {
            (_, Ordering::Equal) | (Self::MerchantShare, _) => None,
            (Self::CancelledShare, _) => Some(direction == Ordering::Less),
            _ => Some(direction == Ordering::Greater),
        }
    }

    /// Whether a table of currencies has a column for its change.
    pub(in super::super) fn has_change_column(self) -> bool {
        matches!(self, Self::Sales | Self::Units | Self::Orders)
    }

    /// How it changed. Nothing if that is unknown.
    pub(in super::super) fn change(self, tiles: &CurrencyTiles) -> Change {
        match (self.now(tiles), self.before(tiles)) {
            (Some(Value::Count(now)), Some(Value::Count(before))) => {
                let more = grouped(i128::from(now) - i128::from(before));
                changed(now.into(), before.into(), &more)
            }
            (Some(Value::Money(now, decimals)), Some(Value::Money(before, _))) => {
                changed(now, before, &money(now - before, decimals))
            }
            (Some(Value::Share(now, of)), Some(Value::Share(before, of_before))) => {
                // The difference of the shares as they are shown.
                let shares = [(now, of), (before, of_before)];
                let tenths = shares.map(|(part, whole)| {
                    number::tenths(part.into(), whole.into()).unwrap_or_default()
                });
                let difference = tenths[0] - tenths[1];
                let size = difference.abs();
                let sign = if difference < 0 { "-" } else { "" };
                let points = format!("{sign}{}.{} points", size / 10, size % 10);
                Change {
                    direction: difference.cmp(&0),
                    relative: signed(difference > 0, &points),
                    absolute: String::new(),
                }
            }
            _ => Change::NOTHING,
        }
    }
}

/// How a measure changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Change {
    pub(in super::super) direction: Ordering,
    /// In percent, `+4.1 %`, or `new` or `gone`; of a share in points, `+0.4 points`. Empty where a percentage has no meaning.
    pub(in super::super) relative: String,
    /// The difference itself, `+8,500.20`; empty if there is none, and of a share.
    pub(in super::super) absolute: String,
}

impl Change {
    const NOTHING: Self = Self {
        direction: Ordering::Equal,
        relative: String::new(),
        absolute: String::new(),
    };

    /// Both in a line: `+4.1 % (+8,500.20)`.
    pub(in super::super) fn text(&self) -> String {
        if self.relative.is_empty() || self.absolute.is_empty() {
            self.relative.clone()
        } else {
            format!("{} ({})", self.relative, self.absolute)
        }
    }
}

impl Value {
    /// The value as a reader sees it.
    pub(in super::super) fn text(self) -> String {
        match self {
            Self::Count(count) => grouped(count),
            Self::Money(value, decimals) => money(value, decimals),
            Self::Share(part, whole) => share(part, whole),
        }
    }

    /// A share in millionths.
    pub(in super::super) fn millionths(part: i64, whole: i64) -> i128 {
        let whole = i128::from(whole);
        (2_000_000 * i128::from(part) + whole) / (2 * whole).max(1)
    }
}

fn changed(now: i128, before: i128, more: &str) -> Change {
    let (direction, relative) = number::change(now, before);
    let absolute = if now == before {
        String::new()
    } else {
        signed(now > before, more)
    };
    Change {
        direction,
        relative,
        absolute,
    }
}

fn signed(plus: bool, text: &str) -> String {
    format!("{}{text}", if plus { "+" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiles(series: Vec<Option<TileSums>>) -> CurrencyTiles {
        CurrencyTiles {
            currency: Some("USD".to_owned()),
            decimals: 2,
            series,
        }
    }

    fn sums(orders_placed: i64, orders: i64, merchant_orders: i64, sales: i128) -> TileSums {
        TileSums {
            orders_placed: Some(orders_placed),
            orders,
            priced_orders: orders,
            merchant_orders,
            units: orders,
            sales,
        }
    }

    #[test]
    fn every_measure_has_its_value_and_its_change() {
        let tiles = tiles(vec![
            Some(sums(110, 100, 25, 10_000_000)),
            Some(sums(125, 120, 27, 12_500_000)),
        ]);
        let shown = Measure::ALL.map(|measure| {
            let now = measure.now(&tiles).map(Value::text).unwrap_or_default();
            format!(
                "{}: {now}, {}",
                measure.name(),
                measure.change(&tiles).text()
            )
        });
        assert_eq!(
            shown,
            [
                "Sales: 1,250.00, +25.0 % (+250.00)",
                "Units: 120, +20.0 % (+20)",
                "Orders: 120, +20.0 % (+20)",
                "Average order: 10.42, +4.2 % (+0.42)",
                "Cancelled: 4.0 %, -5.1 points",
                "Merchant share: 22.5 %, -2.5 points",
            ]
        );
    }

    #[test]
    fn more_cancelled_orders_are_no_good_news() {
        let good = Measure::ALL.map(|measure| measure.is_good(Ordering::Greater));
        let yes = Some(true);
        assert_eq!(good, [yes, yes, yes, yes, Some(false), None]);
        assert_eq!(Measure::Sales.is_good(Ordering::Equal), None);
    }

    #[test]
    fn what_is_unknown_has_no_value_and_nothing_compares_with_it() {
        let unknown = TileSums {
            orders: 5,
            ..TileSums::default()
        };
        let mut tiles = tiles(vec![None, Some(unknown)]);
        assert_eq!(Measure::AverageOrder.now(&tiles), None);
        assert_eq!(Measure::CancelledShare.now(&tiles), None);
        assert_eq!(Measure::Orders.change(&tiles).text(), "");
        tiles.currency = None;
        assert_eq!(Measure::Sales.now(&tiles), None);
        tiles.series[0] = tiles.series[1];
        assert_eq!(Measure::Orders.change(&tiles).text(), "0.0 %");
    }
}
