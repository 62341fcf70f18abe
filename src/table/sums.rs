//! The arithmetic of frames: sums, exact decimals, quotients rounded once.

use polars::prelude::*;

use crate::field::money;

/// The decimals of money and of shares.
pub(crate) const MONEY: usize = money::SCALE;
pub(crate) const SHARE: usize = 6;
const MOST_DIGITS: usize = 38;

/// A count as polars keeps it: far below its limit, since a line adds at most 10^9 units.
pub(crate) fn count(value: u64) -> i64 {
    i64::try_from(value).expect("fewer than 10^9 lines of 10^9 units")
}

/// Sums the measures by the keys.
#[expect(
    deprecated,
    reason = "polars would rather have this asked of its lazy engine, which costs nine minutes of build time"
)]
pub(crate) fn sum(frame: &DataFrame, keys: &[&str], measures: &[&str]) -> PolarsResult<DataFrame> {
    let mut sums = frame
        .group_by(keys)?
        .select(measures.iter().copied())
        .sum()?;
    for measure in measures {
        sums.rename(&format!("{measure}_sum"), (*measure).into())?;
    }
    Ok(sums)
}

/// A column of exact decimals.
pub(crate) fn decimals(
    name: &str,
    values: Vec<Option<i128>>,
    scale: usize,
) -> PolarsResult<Column> {
    let values: Int128Chunked = values.into_iter().collect();
    Ok(values
        .with_name(name.into())
        .into_decimal(MOST_DIGITS, scale)?
        .into_column())
}

/// The integers of a column of exact decimals.
pub(crate) fn integers(column: &Column) -> PolarsResult<Vec<Option<i128>>> {
    Ok(column.decimal()?.physical().iter().collect())
}

/// A column of decimals with absent values wherever `known` is false.
pub(crate) fn blank(column: &Column, known: &BooleanChunked) -> PolarsResult<Column> {
    let values = integers(column)?.into_iter().zip(known.iter());
    decimals(
        column.name(),
        values
            .map(|(value, known)| value.filter(|_| known == Some(true)))
            .collect(),
        MONEY,
    )
}

/// Appends a column of quotients, rounded half away from zero; absent where the divisor is zero or a part is absent.
pub(crate) fn divide(
    frame: &mut DataFrame,
    name: &str,
    scale: usize,
    parts: impl Iterator<Item = (Option<i128>, Option<i128>)>,
) -> PolarsResult<()> {
    let quotients = parts.map(|(part, whole)| quotient(part?, whole?)).collect();
    frame.with_column(decimals(name, quotients, scale)?)?;
    Ok(())
}

/// The counts of a column as integers to divide.
pub(crate) fn counts(column: &Column) -> PolarsResult<Vec<Option<i128>>> {
    Ok(column
        .i64()?
        .iter()
        .map(|value| value.map(i128::from))
        .collect())
}

/// `sales / priced units` and `sales / orders with a priced live line`.
pub(crate) fn averages(frame: &mut DataFrame) -> PolarsResult<()> {
    let sales = integers(frame.column("sales")?)?;
    for (name, divisor) in [("asp", "priced_units"), ("aov", "priced_orders")] {
        let divisors = counts(frame.column(divisor)?)?;
        divide(frame, name, MONEY, sales.iter().copied().zip(divisors))?;
    }
    Ok(())
}

/// A part of a whole in millionths, before rounding.
pub(crate) fn millionths(part: Option<i128>) -> Option<i128> {
    part.map(|part| part * 1_000_000)
}

/// A quotient rounded half away from zero; `None` if the divisor is zero.
pub(crate) fn quotient(part: i128, whole: i128) -> Option<i128> {
    (whole != 0).then(|| rounded(part, whole))
}

fn rounded(part: i128, whole: i128) -> i128 {
    let (sign, part, whole) = (part.signum() * whole.signum(), part.abs(), whole.abs());
    sign * ((2 * part + whole) / (2 * whole))
}
