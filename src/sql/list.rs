//! The views in the order in which they are made, and of every table of a report whether there is one.

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
    view!("coverage"),
    view!("sku_sales"),
    view!("sku_asins"),
    view!("sku_names"),
    view!("skus"),
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
];

/// How far SQL gives a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// By the view of its name, cell by cell.
    Whole,
    /// By a view, some columns.
    Part(&'static str, &'static str),
    /// Not at all: why.
    Not(&'static str),
}

/// A table of a report, and how far SQL gives it.
#[derive(Debug, Clone, Copy)]
pub struct TableGiven {
    /// The name of the table.
    pub table: &'static str,
    /// How far.
    pub given: Given,
}

const fn whole(table: &'static str) -> TableGiven {
    TableGiven {
        table,
        given: Given::Whole,
    }
}

const fn not(table: &'static str, why: &'static str) -> TableGiven {
    TableGiven {
        table,
        given: Given::Not(why),
    }
}

const OTHER_REPORTS: &str = "it needs reports that a lake does not hold";
const HISTORY: &str =
    "it follows each order through all snapshots and backlogs; not written in SQL yet";

/// Every table of a report.
pub const TABLES_GIVEN: &[TableGiven] = &[
    whole("fulfillment"),
    whole("status"),
    whole("channels"),
    whole("daily"),
    whole("weekly"),
    whole("monthly"),
    whole("hours"),
    whole("coverage"),
    not(
        "anomalies",
        "its medians and bounds run over series of weeks with exceptions; not written in SQL yet",
    ),
    not(
        "changes",
        "it compares the last complete periods of weekly and monthly; not written in SQL yet",
    ),
    not(
        "movers",
        "it compares the last complete weeks by SKU; not written in SQL yet",
    ),
    whole("skus"),
    whole("concentration"),
    whole("places"),
    whole("customers"),
    whole("service_levels"),
    whole("promotions"),
    whole("baskets"),
    whole("order_values"),
    not(
        "bought_together",
        "pairs of SKUs need a self-join of all orders, which is as large as the square of an order",
    ),
    TableGiven {
        table: "cancellations_and_returns",
        given: Given::Part(
            "cancellations",
            "the bounds of a rate need a square root to nine places, which engines compute in floating point; returns need reports \
             that a lake does not hold",
        ),
    },
    not(
        "bridge",
        "it needs replacement orders and the days of two zones at once; not written in SQL yet",
    ),
    not(
        "pending_estimate",
        "only asked for with an option of its own",
    ),
    whole("late"),
    whole("worklist"),
    not(
        "pick_list",
        "it is a sum over worklist by SKU; not written in SQL yet",
    ),
    not("health", HISTORY),
    not("late_rate", HISTORY),
    not("late_rate_by", HISTORY),
    not("late_orders", HISTORY),
    not("confirmations", OTHER_REPORTS),
    not(
        "pending",
        "it needs the newest moment of the all-orders reports alone; not written in SQL yet",
    ),
    not("returns", OTHER_REPORTS),
    not("returned_units", OTHER_REPORTS),
    not("merchant_orders", OTHER_REPORTS),
    not("fba_shipments", OTHER_REPORTS),
    not(
        "sources",
        "it is about files as one run names them; lake_files has what each holds",
    ),
    not("quality", "it counts damage that a lake no longer shows"),
    not(
        "rejects",
        "the folder `rejects` of the lake has them, a row for each line",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_has_a_view() {
        for table in TABLES_GIVEN {
            let view = match table.given {
                Given::Whole => table.table,
                Given::Part(view, _) => view,
                Given::Not(_) => continue,
            };
            assert!(VIEWS.iter().any(|known| known.name == view), "{view}");
        }
    }
}
