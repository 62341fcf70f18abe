//! The table `promotions`: sales at a discount, by promotion.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::field::{Currency, label};
use crate::merge::Merge;
use crate::table::shared_columns;
use crate::topic::products::state::promotion::PromotionMeasures;

use crate::table::ColumnKind::{Count, Share, Text};
use crate::table::rows::Rows;
use crate::table::sums::count;
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const PROMOTIONS: TableSpec = TableSpec {
    name: "promotions",
    title: "Promotions",
    part: Part::Products,
    filled_by: ALL_ORDERS,
    definition: "Live lines with a discount, and live lines by what their promotion-ids begin with, up to the first number or code in \
                 an id: US Core Free Shipping 2015/04/08 23-48 is of US Core Free Shipping. The first row of a currency is of all \
                 lines with a discount, whatever their ids. A line of several promotions is in the row of each, so rows do not \
                 add up. share_of_lines is the part of the currency's live lines; depth is discounts by the line amounts that \
                 they were taken off.",
    columns: &[
        shared_columns::CURRENCY,
        column(
            "promotion",
            "Promotion",
            Text,
            "What promotion ids begin with, up to the first number or code; any discount stands for all lines with one.",
        ),
        shared_columns::LINES,
        column(
            "share_of_lines",
            "Share of lines",
            Share,
            "The part of the live lines in the currency.",
        ),
        column(
            "discounted_lines",
            "Lines with a discount",
            Count,
            "Live lines with a discount on the item or its shipping.",
        ),
        shared_columns::UNITS,
        shared_columns::SALES,
        shared_columns::DISCOUNTS,
        column(
            "depth",
            "Depth",
            Share,
            "Discounts by the line amounts of the lines that they were taken off.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

type PromotionRow = ((Option<Currency>, String), PromotionMeasures);

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let state = context.state;
    let mut live: BTreeMap<Option<Currency>, u64> = BTreeMap::new();
    for (key, cell) in state.demand.sales.iter() {
        *live.entry(key.currency).or_default() += cell.live_lines;
    }
    let mut rows: BTreeMap<(Option<Currency>, String), PromotionMeasures> = BTreeMap::new();
    for (key, measures) in state.products.promotions.sales.iter() {
        let family = label::shown(state.products.promotions.families.get(key.family));
        rows.entry((key.currency, family))
            .or_default()
            .merge(*measures);
    }
    let money = |of: fn(&PromotionMeasures) -> i128| {
        move |((currency, _), row): &PromotionRow| currency.map(|_| of(row))
    };
    Rows::of(rows)
        .text("currency", |((currency, _), _): &PromotionRow| {
            currency.map(|known| known.as_str().to_owned())
        })
        .text("promotion", |((_, family), _)| {
            let all = family.is_empty();
            Some(if all {
                "any discount".to_owned()
            } else {
                family.clone()
            })
        })
        .count("lines", |(_, row)| Some(count(row.lines)))
        .share("share_of_lines", |((currency, _), row)| {
            Some((
                count(row.lines),
                count(live.get(currency).copied().unwrap_or_default()),
            ))
        })
        .count("discounted_lines", |(_, row)| {
            Some(count(row.discounted_lines))
        })
        .count("units", |(_, row)| Some(count(row.units)))
        .money("sales", money(|row| row.sales.0))
        .money("discounts", money(|row| row.discounts.0))
        .part("depth", |((currency, _), row)| {
            currency.map(|_| (row.discounts.0, row.sales.0))
        })
        .frame()
}
