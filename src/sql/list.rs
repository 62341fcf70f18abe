//! The views in the order in which they are made.

/// A view.
#[derive(Debug)]
pub struct View {
    /// Its name.
    pub name: &'static str,
    /// A comment, and the query with marks.
    pub text: &'static str,
    /// Whether many others read it, so that it pays to store it.
    pub stored: bool,
}

macro_rules! view {
    ($name:literal) => {
        view!($name, false)
    };
    ($name:literal, $stored:literal) => {
        View {
            name: $name,
            text: include_str!(concat!("views/", $name, ".sql")),
            stored: $stored,
        }
    };
}

/// All views: each reads only those before it.
pub const VIEWS: &[View] = &[
    view!("lake_problems"),
    view!("files", true),
    view!("lines"),
    view!("snapshots"),
    view!("winners"),
    view!("kept", true),
    view!("orders", true),
    view!("order_sales"),
    view!("demand"),
    view!("fulfillment"),
    view!("status"),
    view!("channels"),
    view!("report_zones"),
    view!("offsets"),
    view!("spans"),
    view!("bounds"),
    view!("day_states", true),
    view!("days", true),
    view!("daily"),
    view!("weekly"),
    view!("monthly"),
    view!("hours"),
    view!("periods", true),
    view!("changes"),
    view!("coverage"),
    view!("sku_sales"),
    view!("sku_asins"),
    view!("sku_names"),
    view!("skus"),
    view!("movers"),
    view!("concentration"),
    view!("order_shapes"),
    view!("places"),
    view!("customers"),
    view!("service_levels"),
    view!("promotions"),
    view!("baskets"),
    view!("order_values"),
    view!("cancellations"),
    view!("backlog", true),
    view!("as_of", true),
    view!("open_lines", true),
    view!("late"),
    view!("worklist"),
    view!("pick_list"),
];
