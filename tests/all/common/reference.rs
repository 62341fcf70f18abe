//! The naive engine: METRICS.md read aloud. A fact is names and numbers to add up; `contract` reads.
use super::contract::{Fact, Row, Sums, TABLES, Table, grouped, hour, hours, read};
use serde_json::{Map, Value};
use std::{cmp::Reverse, collections::BTreeMap, collections::BTreeSet};
pub type Tables = BTreeMap<String, Vec<Map<String, Value>>>;

pub fn tables(files: &[(String, Vec<u8>)]) -> Tables {
    let orders = merge(files).0;
    let lines: Vec<&Fact> = orders.values().flatten().collect();
    let mut context: Vec<Fact> = orders.values().flat_map(|lines| context(lines)).collect();
    let gap_days = super::gaps::gap_days(files, &context);
    context.extend(hours().filter(|_| !orders.is_empty()));
    let mut tables = Tables::new();
    for (name, key, columns) in TABLES {
        let keys: Vec<&str> = key.split(' ').collect();
        let mut sums = BTreeMap::<Vec<String>, Sums>::new();
        for (names, numbers) in &context {
            // A fact that lacks a name of the key stays out: an order at its home has no SKU.
            let key = keys.iter().map(|name| names.get(name).cloned());
            let Some(key) = key.collect() else { continue };
            let row = sums.entry(key).or_default();
            for (name, number) in numbers {
                *row.entry(name).or_default() += number;
            }
        }
        let mut rows: Vec<Row> = sums.into_iter().collect();
        if name == "skus" {
            rows.sort_by_key(|(key, sums)| (key[1].is_empty(), Reverse(sums["sales"])));
        }
        let table = Table::new(keys, &rows, &lines, &gap_days);
        let row = |at| table.row(at, columns);
        tables.insert(name.to_owned(), (0..rows.len()).map(row).collect());
    }
    tables
}

/// The days that lack.
pub fn gap_days(files: &[(String, Vec<u8>)]) -> BTreeSet<String> {
    let orders = merge(files).0;
    let context: Vec<Fact> = orders.values().flat_map(|lines| context(lines)).collect();
    super::gaps::gap_days(files, &context)
}

/// Lines read, kept, superseded, repeated, rejected.
pub fn control(files: &[(String, Vec<u8>)]) -> (usize, usize, usize, usize, usize) {
    let (orders, [read, accepted, repeated]) = merge(files);
    let kept = orders.values().map(Vec::len).sum();
    let (superseded, rejected) = (accepted - kept, read - accepted - repeated);
    (read, kept, superseded, repeated, rejected)
}

/// The kept lines of each order; how many lines were read, accepted, in repeated files.
fn merge(files: &[(String, Vec<u8>)]) -> (BTreeMap<String, Vec<Fact>>, [usize; 3]) {
    let (mut snapshots, mut seen) = (BTreeMap::<_, BTreeMap<_, _>>::new(), BTreeSet::new());
    let [mut total, mut accepted, mut repeated] = [0; 3];
    for (name, bytes) in files.iter().collect::<BTreeSet<_>>() {
        let lines = read(bytes);
        total += lines.len();
        if !seen.insert(bytes) {
            repeated += lines.len();
            continue;
        }
        let lines: Vec<Fact> = lines.into_iter().flatten().collect();
        accepted += lines.len();
        let updated = |line: &Fact| line.0["updated"].clone();
        let newest = lines.iter().map(updated).max();
        let mut orders = BTreeMap::<_, Vec<Fact>>::new();
        for line in lines {
            let order = line.0["order"].clone();
            orders.entry(order).or_default().push(line);
        }
        for (order, lines) in orders {
            let stamp = lines.iter().map(updated).max();
            let rank = (stamp, newest.clone(), lines.len(), name);
            snapshots.entry(order).or_default().insert(rank, lines);
        }
    }
    let best = |(order, mut ranked): (_, BTreeMap<_, _>)| (order, ranked.pop_last().unwrap().1);
    let orders = snapshots.into_iter().map(best).collect();
    (orders, [total, accepted, repeated])
}

/// The facts of one order: its lines, itself at its home, and itself for each SKU it holds alive.
fn context(lines: &[Fact]) -> Vec<Fact> {
    let least = |name: &'static str, of: &dyn Fn(&Fact) -> bool| {
        let lines = lines.iter().filter(|line| of(line));
        let texts = lines.map(|line| &line.0[name]);
        (name, texts.min().cloned().unwrap_or_default())
    };
    let is = |line: &Fact, quality| line.1[quality] == 1;
    let home = ["fulfillment", "status", "sales_channel", "day"].map(|name| least(name, &|_| true));
    let currency = least("currency", &|line| is(line, "priced") && is(line, "named"));
    let home = grouped(home.into_iter().chain([currency]).collect());
    let cancelled = i128::from(home["status_group"] == "cancelled");
    let sold = i128::from(lines.iter().any(|line| is(line, "sold")));
    let mut sums = Sums::from([("orders_placed", 1), ("orders", 1 - cancelled)]);
    sums.extend([("cancelled_orders", cancelled), ("priced_orders", sold)]);
    let mut context = [lines, &[(home, sums), hour(lines)]].concat();
    let skus = lines.iter().filter(|line| is(line, "live"));
    let skus: BTreeSet<&String> = skus.map(|line| &line.0["sku"]).collect();
    for sku in skus {
        let of_sku = |line: &Fact| line.0["sku"] == *sku && is(line, "live") && is(line, "named");
        let names = [("sku", sku.clone()), least("currency", &of_sku)];
        context.push((names.into(), [("orders", 1)].into()));
    }
    context
}
