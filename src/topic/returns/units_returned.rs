//! Returned units of all reports, each once, with its order where the files hold it.

use std::collections::BTreeSet;

use crate::field::{Day, Fulfillment, LabelId, zone};

use crate::topic::context::ReportContext;

/// Units that came back, or that a buyer asked to return.
#[derive(Debug)]
pub(crate) struct Returned<'c> {
    pub(crate) sku: &'c [u8],
    pub(crate) fulfillment: Fulfillment,
    pub(crate) units: u64,
    /// The channel of the order, if an all-orders file holds it.
    pub(crate) channel: Option<LabelId>,
    /// Days from purchase to return, as far as both are known.
    pub(crate) days: Option<i32>,
    /// Empty where nothing says it.
    pub(crate) reason: String,
}

/// Those of returns reports; then those of which only the order's status tells.
pub(crate) fn returned<'c>(context: &ReportContext<'c>) -> Vec<Returned<'c>> {
    let state = context.state;
    let home = |order| state.orders.homes.get(&order).copied();
    let days = |bought: Option<Day>, back: Day| {
        let days = back.0.checked_sub(bought?.0)?;
        (days >= 0).then_some(days)
    };
    let fba = state.supplementary.lines.fba_returns.iter().map(|line| {
        let home = home(line.order_id);
        let channel = home.map_or(&b""[..], |home| state.labels.channels.get(home.channel));
        let zone = context.time.zones.of_channel(channel);
        let back = line.return_date.day(zone::offset(zone, line.return_date));
        Returned {
            sku: state.supplementary.texts.get(line.sku),
            fulfillment: Fulfillment::Amazon,
            units: u64::from(line.quantity),
            channel: home.map(|home| home.channel),
            days: days(home.map(|home| home.day), back),
            reason: context.text(line.reason),
        }
    });
    let merchant = state
        .supplementary
        .lines
        .merchant_returns
        .iter()
        .map(|line| {
            let home = home(line.order_id);
            let bought = line.extra.order_day.or(home.map(|home| home.day));
            Returned {
                sku: state.supplementary.texts.get(line.sku),
                fulfillment: Fulfillment::Merchant,
                units: u64::from(line.quantity),
                channel: home.map(|home| home.channel),
                days: days(bought, line.extra.request_day),
                reason: context.text(line.reason),
            }
        });
    let fba_named =
        (state.supplementary.lines.fba_returns.iter()).map(|line| (line.order_id, line.sku));
    let merchant_named =
        (state.supplementary.lines.merchant_returns.iter()).map(|line| (line.order_id, line.sku));
    let named: BTreeSet<_> = fba_named
        .chain(merchant_named)
        .map(|(order, sku)| (order, state.supplementary.texts.get(sku)))
        .collect();
    let told = state.returns.lines.iter().filter_map(|line| {
        let sku = state.labels.skus.get(line.sku);
        (!named.contains(&(line.order, sku))).then(|| Returned {
            sku,
            fulfillment: line.fulfillment,
            units: u64::from(line.units),
            channel: Some(line.channel),
            days: None,
            reason: String::new(),
        })
    });
    fba.chain(merchant).chain(told).collect()
}
