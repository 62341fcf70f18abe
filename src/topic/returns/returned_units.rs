//! The table `returned_units`: returned units by reason and condition.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::table::ColumnKind::Text;
use crate::table::rows::Rows;
use crate::table::shared_columns;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const RETURNED_UNITS: TableSpec = TableSpec {
    name: "returned_units",
    title: "Returned units",
    part: Part::Products,
    filled_by: &["fba-returns"],
    definition: "Units of FBA returns reports (they came back) and of merchant returns reports (the buyer asked), by SKU and reason, \
                 most units first. disposition: in what state Amazon found an FBA unit. A unit that several reports list counts \
                 once; two equal lines of one report are two units.",
    columns: &[
        shared_columns::FULFILLMENT,
        shared_columns::SKU,
        shared_columns::RETURN_REASON,
        column(
            "disposition",
            "Disposition",
            Text,
            "In what state Amazon found the unit.",
        ),
        shared_columns::RETURN_STATUS,
        shared_columns::LINES,
        shared_columns::UNITS,
    ],
    charts: &[],
    in_lake: LakeView::None(LakeView::OTHER_REPORTS),
};

/// Names and what adds up under them.
type UnitGroup<'g> = ((&'g str, [String; 4]), (i64, i64));

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let supplementary = &context.state.supplementary.lines;
    let fba = supplementary.fba_returns.iter().map(|line| {
        let texts = [line.sku, line.reason, line.disposition, line.status];
        (("fba", texts.map(|text| context.text(text))), line.quantity)
    });
    let merchant = supplementary.merchant_returns.iter().map(|line| {
        let [sku, reason, status] =
            [line.sku, line.reason, line.status].map(|text| context.text(text));
        (
            ("merchant", [sku, reason, String::new(), status]),
            line.quantity,
        )
    });
    let mut groups: BTreeMap<(&str, [String; 4]), (i64, i64)> = BTreeMap::new();
    for (key, quantity) in fba.chain(merchant) {
        let (lines, units) = groups.entry(key).or_default();
        *lines += 1;
        *units += i64::from(quantity);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    // Stable, so that groups of as many units stay in the order of their names.
    groups.sort_by_key(|(_, (_, units))| std::cmp::Reverse(*units));
    let text = |place: usize| move |((_, texts), _): &UnitGroup<'_>| Some(texts[place].clone());
    Rows::of(groups)
        .text("fulfillment", |((who, _), _)| Some((*who).to_owned()))
        .text("sku", text(0))
        .text("return_reason", text(1))
        .text("disposition", text(2))
        .text("return_status", text(3))
        .count("lines", |(_, (lines, _))| Some(*lines))
        .count("units", |(_, (_, units))| Some(*units))
        .frame()
}
