//! The table `concentration`: the share of sales of the best-selling SKUs.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::field::Currency;
use crate::table::shared_columns;

use crate::table::ColumnKind::{Count, Share};
use crate::table::rows::Rows;
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const CONCENTRATION: TableSpec = TableSpec {
    name: "concentration",
    title: "Concentration",
    part: Part::Products,
    filled_by: ALL_ORDERS,
    definition: "The part of a currency's sales that the best-selling SKU, and the best-selling 1, 10 and 20 % of its SKUs with sales \
                 make (a part of a SKU counts as one), and how many SKUs make the first 80 % of them.",
    columns: &[
        shared_columns::CURRENCY,
        column("skus_sold", "SKUs with sales", Count, "SKUs with sales."),
        shared_columns::SALES,
        column(
            "share_of_top_sku",
            "Best SKU",
            Share,
            "The part of sales that the best-selling SKU makes.",
        ),
        column(
            "share_of_top_1",
            "Best 1 %",
            Share,
            "The part of sales that the best-selling 1 % of SKUs make.",
        ),
        column(
            "share_of_top_10",
            "Best 10 %",
            Share,
            "The part of sales that the best-selling 10 % of SKUs make.",
        ),
        column(
            "share_of_top_20",
            "Best 20 %",
            Share,
            "The part of sales that the best-selling 20 % of SKUs make.",
        ),
        column(
            "skus_for_80",
            "SKUs for 80 %",
            Count,
            "How many SKUs, best first, make 80 % of sales.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

/// A currency and the sales of its SKUs, greatest first.
type ConcentrationRow = (Currency, Vec<i128>);

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let mut currencies: BTreeMap<Currency, Vec<i128>> = BTreeMap::new();
    for (key, cell) in context.state.products.sales.iter() {
        if let Some(currency) = key.currency.filter(|_| cell.sales.0 > 0) {
            currencies.entry(currency).or_default().push(cell.sales.0);
        }
    }
    for sales in currencies.values_mut() {
        sales.sort_unstable_by(|a, b| b.cmp(a));
    }

    let total = |(_, sales): &ConcentrationRow| sales.iter().sum::<i128>();
    let top = |percent: usize| {
        move |row: &ConcentrationRow| {
            let count = (row.1.len() * percent).div_ceil(100);
            Some((row.1[..count].iter().sum(), total(row)))
        }
    };
    Rows::of(currencies)
        .text("currency", |(currency, _)| {
            Some(currency.as_str().to_owned())
        })
        .count("skus_sold", |(_, sales)| i64::try_from(sales.len()).ok())
        .money("sales", |row| Some(total(row)))
        .part("share_of_top_sku", |row| Some((row.1[0], total(row))))
        .part("share_of_top_1", top(1))
        .part("share_of_top_10", top(10))
        .part("share_of_top_20", top(20))
        .count("skus_for_80", |row| {
            let (mut sum, all) = (0, total(row));
            let needed = row.1.iter().take_while(|sales| {
                let more = sum * 100 < all * 80;
                sum += **sales;
                more
            });
            i64::try_from(needed.count()).ok()
        })
        .frame()
}
