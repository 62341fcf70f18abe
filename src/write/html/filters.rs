//! The filters: menus whose choices the page's script keeps in the hash. Without the script they stay hidden.

use maud::{Markup, html};

use crate::overview::{Overview, Period};

use super::data::{PageData, shown_name};

/// The menus of the filters.
pub(super) fn filters(data: &PageData<'_>, overview: &Overview, by: Period) -> Markup {
    let complete = overview
        .demand
        .sales
        .as_ref()
        .is_some_and(|sales| sales.complete);
    let shown = shown_name(by, complete);
    let mut channels: Vec<&str> = Vec::new();
    let mut ships: Vec<&str> = Vec::new();
    for group in &data.groups {
        if !channels.contains(&&*group.channel) {
            channels.push(&group.channel);
        }
        if !ships.contains(&&*group.fulfillment) {
            ships.push(&group.fulfillment);
        }
    }
    let currencies = data.currencies();
    let few = |count: usize, what: &str| (count < 2).then(|| format!("There is only one {what}."));
    html! {
        div #filters role="group" aria-label="Filters" {
            label { span { "Marketplace" } select name="market" disabled[channels.len() < 2] title=[few(channels.len(), "marketplace")] {
                option value="" { "All of Amazon" }
                @for channel in channels { option value=(channel) { (channel) } }
            } }
            label { span { "Fulfillment" } select name="ship" disabled[ships.len() < 2] title=[few(ships.len(), "fulfillment")] {
                option value="" { "FBA and merchant" }
                @for ship in ships { option value=(ship) { (if ship == "fba" { "FBA" } else { ship }) } }
            } }
            @let one = currencies.len() < 2 && data.converts_to().is_none();
            label { span { "Currency" } select name="currency" disabled[one] title=[few(if one { 1 } else { 2 }, "currency")] {
                option value="" { "Each by itself" }
                @for currency in currencies { option value=(currency) { (currency) } }
                @if let Some(currency) = data.converts_to() { option value="converted" { "Converted to " (currency) } }
            } }
            label { span { "Days" } select name="days" {
                option value="shown" { (shown) }
                option value="week" { "This week so far" }
                option value="7" { "Last 7 whole days" }
                option value="28" { "Last 28 whole days" }
                option value="month" { "This month so far" }
                @if complete { option value="all" { "All days" } }
                option value="two" { "Two dates …" }
            } }
            label { span { "from" } input #from type="date"; }
            label { span { "to" } input #to type="date"; }
            label { span { "Compare with" } select name="against" {
                option value="before" { "Period before" }
                option value="year" { "Same days last year" }
                option value="none" { "Nothing" }
            } }
            button #reset type="button" hidden { "Reset" }
        }
    }
}

/// The menus of the trend.
pub(super) fn trend_choices() -> Markup {
    let menu = |name: &str, label: &str, options: &[(&str, &str)]| {
        html! {
            label { span { (label) } select name=(name) { @for (value, text) in options { option value=(value) { (text) } } } }
        }
    };
    html! {
        div #trend-choices role="group" aria-label="What the trend shows" hidden {
            (menu("show", "Show", &[("sales", "Sales"), ("units", "Units"), ("orders", "Orders")]))
            (menu("by", "by", &[("day", "Day"), ("week", "Week"), ("month", "Month")]))
            (menu("split", "split by", &[("channel", "Marketplace"), ("fulfillment", "Fulfillment")]))
        }
    }
}
