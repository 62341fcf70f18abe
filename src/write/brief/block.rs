//! Rows of sales: totals by currency, and small rows joined.

use std::collections::BTreeMap;

use crate::overview::ChannelSales;

/// A total for each currency that several rows have; what Amazon only ships is outside.
pub(in super::super) fn totals(sold: &[ChannelSales], most: usize) -> Vec<ChannelSales> {
    let mut totals: BTreeMap<&str, (usize, ChannelSales)> = BTreeMap::new();
    for row in sold.iter().filter(|row| !row.outside()) {
        let Some(currency) = &row.currency else {
            continue;
        };
        if let Some((rows, total)) = totals.get_mut(currency.as_str()) {
            *rows += 1;
            total.add(row);
        } else {
            let total = ChannelSales {
                channel: "Amazon total".to_owned(),
                fulfillment: String::new(),
                ..row.clone()
            };
            totals.insert(currency, (1, total));
        }
    }
    let mut totals: Vec<ChannelSales> = totals
        .into_values()
        .filter(|(rows, _)| *rows > 1)
        .map(|(_, total)| total)
        .collect();
    totals.sort_by_key(|total| std::cmp::Reverse(total.now().orders));
    totals.truncate(most);
    totals
}

/// At most so many rows: those with the fewest orders become one.
pub(in super::super) fn fold(mut rows: Vec<ChannelSales>, most: usize) -> Vec<ChannelSales> {
    if rows.len() <= most {
        return rows;
    }
    let mut by_orders: Vec<usize> = (0..rows.len()).collect();
    by_orders.sort_by_key(|row| std::cmp::Reverse(rows[*row].now().orders));
    let small: Vec<usize> = by_orders.split_off(most - 1);
    let folded = small
        .iter()
        .map(|row| rows[*row].clone())
        .reduce(|mut all, row| {
            all.add(&row);
            if all.currency != row.currency {
                all.currency = None;
            }
            all
        });
    let mut kept = vec![true; rows.len()];
    for row in &small {
        kept[*row] = false;
    }
    let mut kept = kept.into_iter();
    rows.retain(|_| kept.next().unwrap_or(true));
    rows.extend(folded.map(|folded| ChannelSales {
        channel: format!("and {} more", small.len()),
        fulfillment: String::new(),
        ..folded
    }));
    rows
}
