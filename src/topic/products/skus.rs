//! The table `skus`: sales by SKU.

use polars::prelude::*;

use hashbrown::HashMap;

use crate::cube::Cube;
use crate::field::{Currency, LabelId, label};
use crate::table::shared_columns;

use crate::table::ColumnKind::Text;
use crate::table::sums::{MONEY, SHARE, count, decimals, divide, integers, millionths};
use crate::table::{ALL_ORDERS, Chart, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::demand::converted::of_sums;
use crate::topic::products::state::sku::SkuPeriod;

pub(crate) const SKUS: TableSpec = TableSpec {
    name: "skus",
    title: "By SKU",
    part: Part::Products,
    filled_by: ALL_ORDERS,
    definition: "Demand by SKU and currency, greatest sales first. orders holds orders with at least one live line of the SKU. \
                 asin and product_name are those of the newest line. share_of_sales is the part of all sales in the currency. \
                 abc: A while the SKUs before it make up less than 80 % of the currency's sales, B less than 95 %, C the rest, \
                 U without sales.",
    columns: &[
        shared_columns::SKU,
        shared_columns::CURRENCY,
        column(
            "asin",
            "ASIN",
            Text,
            "Amazon's product number, of the newest line of the SKU.",
        ),
        shared_columns::PRODUCT_NAME,
        shared_columns::ORDERS,
        shared_columns::UNITS,
        shared_columns::UNPRICED_UNITS,
        shared_columns::SALES,
        shared_columns::SHARE_OF_SALES,
        column(
            "abc",
            "ABC",
            Text,
            "A while the SKUs before it make up less than 80 % of the currency's sales, B less than 95 %, C the rest, U without sales.",
        ),
    ],
    charts: &[Chart::Pareto {
        title: "How few SKUs make how much of the sales",
        of: "sales",
    }],
    in_lake: LakeView::Whole,
};

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let state = context.state;
    let cells: Vec<_> = state
        .products
        .sales
        .iter()
        .filter(|(_, cell)| cell.lines > 0 || cell.orders > 0)
        .collect();
    let ranks = state.labels.skus.ranks();
    let shown = |name: &str, of: &dyn Fn(usize) -> Option<String>| {
        Column::new(
            name.into(),
            cells
                .iter()
                .map(|(key, _)| of(key.sku.0 as usize))
                .collect::<Vec<_>>(),
        )
    };
    let counts =
        |name: &str, of: &dyn Fn(&crate::topic::products::state::sku::SkuMeasures) -> u64| {
            Column::new(
                name.into(),
                cells
                    .iter()
                    .map(|(_, cell)| count(of(cell)))
                    .collect::<Vec<i64>>(),
            )
        };
    let sales = cells
        .iter()
        .map(|(key, cell)| key.currency.map(|_| cell.sales.0))
        .collect();
    let converted = converted(context);
    let mut frame = DataFrame::new_infer_height(vec![
        Column::new(
            "rank".into(),
            cells
                .iter()
                .map(|(key, _)| ranks[key.sku.0 as usize])
                .collect::<Vec<u32>>(),
        ),
        Column::new(
            "currency".into(),
            cells
                .iter()
                .map(|(key, _)| context.sales.currency_code(key.currency))
                .collect::<Vec<u32>>(),
        ),
        Column::new(
            "sku".into(),
            cells
                .iter()
                .map(|(key, _)| label::shown(state.labels.skus.get(key.sku)))
                .collect::<Vec<_>>(),
        ),
        shown("asin", &|sku| {
            state.products.names[sku].asin.text().map(label::shown)
        }),
        shown("product_name", &|sku| {
            state.products.names[sku]
                .product_name
                .text()
                .map(label::shown)
        }),
        counts("orders", &|cell| cell.orders),
        counts("units", &|cell| cell.units),
        counts("unpriced_units", &|cell| cell.unpriced_units),
        decimals("sales", sales, MONEY)?,
    ])?;
    if let Some(rates) = context.rates {
        let sums = cells.iter().map(|(key, _)| {
            key.currency?;
            converted.get(&(key.sku, key.currency)).copied().flatten()
        });
        for column in of_sums(sums.collect(), rates)? {
            frame.with_column(column)?;
        }
    }
    let down = SortMultipleOptions::default()
        .with_order_descending_multi([true, false, false])
        .with_nulls_last_multi([true, false, false]);
    let mut frame = frame.sort(["sales", "rank", "currency"], down)?;
    rank_by_sales(&mut frame)?;
    context.sales.decode(frame)
}

/// What a SKU sold in the other currency, day by day; `None` where a day has no rate.
fn converted(context: &ReportContext<'_>) -> HashMap<(LabelId, Option<Currency>), Option<i128>> {
    let mut sums = HashMap::new();
    let days = context.state.products.days.iter().flat_map(Cube::iter);
    let Some(rates) = context.rates else {
        return sums;
    };
    for (key, cell) in days {
        let sum = sums.entry((key.sku, key.currency)).or_insert(Some(0_i128));
        let day = match (key.currency, key.period) {
            (Some(currency), SkuPeriod::Day(day)) => rates.convert(cell.sales.0, currency, day),
            _ => None,
        };
        *sum = sum.zip(day).map(|(sum, day)| sum + day);
    }
    sums
}

/// Appends `share_of_sales` and `abc`: per currency, down the table.
fn rank_by_sales(frame: &mut DataFrame) -> PolarsResult<()> {
    let currencies: Vec<usize> = frame
        .column("currency")?
        .u32()?
        .iter()
        .flatten()
        .map(|code| code as usize)
        .collect();
    let sales = integers(frame.column("sales")?)?;
    let mut totals = vec![0_i128; currencies.iter().max().map_or(0, |most| most + 1)];
    for (currency, sales) in currencies.iter().zip(&sales) {
        totals[*currency] += sales.unwrap_or(0);
    }
    let mut before = vec![0_i128; totals.len()];
    let classes: Vec<&str> = currencies
        .iter()
        .zip(&sales)
        .map(|(currency, sales)| {
            let (sales, total) = (sales.unwrap_or(0), totals[*currency]);
            let so_far = before[*currency] * 100;
            before[*currency] += sales;
            match () {
                () if sales == 0 => "U",
                () if so_far < total * 80 => "A",
                () if so_far < total * 95 => "B",
                () => "C",
            }
        })
        .collect();
    let shares = sales
        .iter()
        .zip(&currencies)
        .map(|(sales, currency)| (millionths(*sales), Some(totals[*currency])));
    divide(frame, "share_of_sales", SHARE, shares)?;
    frame.with_column(Column::new("abc".into(), classes))?;
    Ok(())
}
