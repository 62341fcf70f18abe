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
    ($folder:literal, $name:literal) => {
        view!($folder, $name, false)
    };
    ($folder:literal, $name:literal, $stored:literal) => {
        View {
            name: $name,
            text: include_str!(concat!("views/", $folder, "/", $name, ".sql")),
            stored: $stored,
        }
    };
}

/// All views: each reads only those before it.
pub const VIEWS: &[View] = &[
    view!("merge", "lake_problems"),
    view!("merge", "files", true),
    view!("merge", "lines"),
    view!("merge", "snapshots"),
    view!("merge", "winners"),
    view!("merge", "kept", true),
    view!("merge", "orders", true),
    view!("merge", "order_sales"),
    view!("demand", "demand"),
    view!("demand", "fulfillment"),
    view!("demand", "status"),
    view!("demand", "channels"),
    view!("days", "report_zones"),
    view!("days", "offsets"),
    view!("days", "spans"),
    view!("days", "bounds"),
    view!("days", "day_states", true),
    view!("days", "days", true),
    view!("demand", "daily"),
    view!("demand", "weekly"),
    view!("demand", "monthly"),
    view!("demand", "hours"),
    view!("days", "periods", true),
    view!("demand", "changes"),
    view!("days", "coverage"),
    view!("products", "sku_sales"),
    view!("products", "sku_asins"),
    view!("products", "sku_names"),
    view!("products", "skus"),
    view!("products", "movers"),
    view!("products", "concentration"),
    view!("orders", "order_shapes"),
    view!("orders", "places"),
    view!("orders", "customers"),
    view!("orders", "service_levels"),
    view!("products", "promotions"),
    view!("orders", "baskets"),
    view!("orders", "order_values"),
    view!("orders", "cancellations"),
    view!("shipping", "backlog", true),
    view!("shipping", "as_of", true),
    view!("shipping", "open_lines", true),
    view!("shipping", "late"),
    view!("shipping", "worklist"),
    view!("shipping", "pick_list"),
];
