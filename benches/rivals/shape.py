#!/usr/bin/env python3
"""The shape of demand by DuckDB, from the lines that `convert` wrote, against a report of the same files, cell by cell.

    ordersift convert reports/ --out lines.parquet
    ordersift report reports/ --format json > report.json
    benches/rivals/shape.py lines.parquet report.json

Fails at the first cell that differs: order_values, baskets, bought_together (the fifty pairs in the most orders), promotions (all
lines with a discount), service_levels, customers, and the cancelled lines of every SKU in cancellations_and_returns.
"""

import json
import sys

import duckdb

QUANTILES = (10, 25, 50, 75, 90, 99)
ORDERS = """
create table orders as select order_id, min(fulfillment) who, min(currency) filter (item_price is not null) cur,
    not lower(coalesce(min(sales_channel), '')) like 'non-amazon%' amazon, sum(item_price) filter (live) amount,
    count(item_price) filter (live) priced, count(*) filter (live) lines,
    coalesce(sum(quantity) filter (live), 0) units, count(distinct sku) filter (live) skus
from lines group by 1
"""
CUSTOMER = "case when bool_or(is_business) then 'business' when bool_and(not is_business) then 'consumer' else 'unknown' end"


def number(value):
    return None if value is None else float(value)


def same(found, expected, what):
    assert found == expected, f"{what}: DuckDB says {found}, the report {expected}"
    return len(expected)


def order_values(db, rows):
    for row in rows:
        columns = ", ".join(f"quantile_disc(amount, {percent / 100})" for percent in QUANTILES)
        found = db.execute(
            f"select count(*), sum(amount), {columns}, min(amount), max(amount) from orders where priced > 0 and who = ? and cur = ?",
            [row["fulfillment"], row["currency"]],
        ).fetchone()
        names = ["orders", "sales", *(f"p{percent}" for percent in QUANTILES), "least", "most"]
        yield same([number(cell) for cell in found], [number(row[name]) for name in names], row)


def baskets(db, rows):
    for row in rows:
        size, *more = row["size"].split()
        is_size = f"{row['counted_by']} {'>=' if more else '='} {size}"
        found = db.execute(f"select count(*) from orders where lines > 0 and amazon and who = ? and {is_size}", [row["fulfillment"]])
        yield same(list(found.fetchone()), [row["orders"]], row)


def bought_together(db, rows):
    db.execute(
        "create table held as select distinct lines.order_id, sku from lines join orders using (order_id) where live and amazon"
    )
    found = db.execute(
        "select a.sku, b.sku, count(*) found from held a join held b on a.order_id = b.order_id and a.sku < b.sku "
        "group by 1, 2 having found >= 2 order by found desc, 1, 2 limit 50"
    ).fetchall()
    yield same(found, [(row["sku"], row["other_sku"], row["orders"]) for row in rows[:50]], "pairs")


def promotions(db, rows):
    for row in rows:
        if row["promotion"] == "any discount" and row["currency"]:
            found = db.execute(
                "select count(*), sum(quantity), sum(item_price), sum(discounts) from lines where live and discounts > 0 and currency = ?",
                [row["currency"]],
            ).fetchone()
            names = ["lines", "units", "sales", "discounts"]
            yield same([number(cell) for cell in found], [number(row[name]) for name in names], row)


def terms(key, expression):
    def check(db, rows):
        found = db.execute(
            f"select term, who, cur, count(*), sum(units), sum(amount) from (select order_id, {expression} term from lines group by 1) "
            "join orders using (order_id) group by 1, 2, 3"
        ).fetchall()
        found = {tuple(row[:3]): row[3:] for row in found}
        for row in rows:
            orders, units, sales = found[row[key], row["fulfillment"], row["currency"]]
            sales = number(sales or 0) if row["currency"] else None
            yield same([orders, units, sales], [row["orders_placed"], row["units"], number(row["sales"])], row)

    return check


def cancelled(db, rows):
    found = db.execute("select sku, count(*), count(*) filter (not live) from lines group by 1").fetchall()
    found = {sku: list(counts) for sku, *counts in found}
    for row in rows:
        if row["by"] == "sku":
            yield same(found[row["name"]], [row["lines"], row["cancelled_lines"]], row)


CHECKS = {
    "order_values": order_values,
    "baskets": baskets,
    "bought_together": bought_together,
    "promotions": promotions,
    "service_levels": terms("ship_service_level", "min(ship_service_level)"),
    "customers": terms("customer", CUSTOMER),
    "cancellations_and_returns": cancelled,
}


def main():
    lines, report = sys.argv[1:]
    with open(report, encoding="utf-8") as file:
        tables = json.load(file)["tables"]
    db = duckdb.connect()
    db.execute(f"create view lines as select * from '{lines}' where kind = 'all-orders'")
    db.execute(ORDERS)
    for table, check in CHECKS.items():
        print(f"{table}: {sum(check(db, tables[table]['rows']))} cells agree")


main()
