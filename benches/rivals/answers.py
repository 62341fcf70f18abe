"""What every rival must answer, and the last step that all of them share: from cells to tables.

A rival gives cells, one per (fulfillment, status, sales channel, local day, currency), and one row per (SKU, currency). The
tables are sums of cells, some thousand of them: that step is the same for all and takes a few hundredths of a second.
Money is a whole number of ten-thousandths throughout.
"""

import json
from collections import defaultdict
from pathlib import Path
from tempfile import NamedTemporaryFile

ROOT = Path(__file__).resolve().parents[2]

# The columns read of an all-orders report.
COLUMNS = [
    "amazon-order-id", "purchase-date", "last-updated-date", "order-status", "fulfillment-channel", "sales-channel", "sku",
    "asin", "product-name", "item-status", "quantity", "currency", "item-price", "item-tax", "shipping-price", "shipping-tax",
    "gift-wrap-price", "gift-wrap-tax", "item-promotion-discount", "ship-promotion-discount",
]

KEY = ["fulfillment", "status", "sales_channel", "day", "currency"]
LINE_SUMS = ["lines", "quantity", "units", "unpriced_units", "amount", "sales", "tax", "shipping", "gift_wrap", "discounts"]
ORDER_SUMS = ["orders_placed", "priced_orders"]

FULFILLMENT = {"amazon": "fba", "afn": "fba", "merchant": "merchant", "seller": "merchant", "mfn": "merchant"}

STATUS_GROUPS = {
    "pending": ["pending", "pendingavailability", "planning"],
    "unshipped": [
        "unshipped", "shipping", "invoiceunconfirmed", "pending - waiting for pick up", "pending - label cancelled",
    ],
    "partially_shipped": ["partiallyshipped"],
    "shipped": ["shipped", "complete", "shipped - picked up", "shipped - out for delivery"],
    "delivered": ["shipped - delivered to buyer"],
    "returned": ["shipped - returned to seller", "shipped - returning to seller", "shipped - rejected by buyer"],
    "failed": ["shipped - undeliverable", "shipped - lost in transit", "shipped - damaged"],
    "cancelled": ["cancelled", "canceled"],
    "on_hold": ["unfulfillable"],
}
GROUP_OF = {status: group for group, statuses in STATUS_GROUPS.items() for status in statuses}


def files_of(path):
    """A report, or the reports of a folder in the order of their names."""
    return sorted(str(file) for file in Path(path).glob("*.txt")) if Path(path).is_dir() else [path]


def as_utf8(files, encoding):
    """Files as UTF-8, for programs that read nothing else: decoded in blocks into temporary ones."""
    if not encoding:
        return files
    made = []
    for file in files:
        text = NamedTemporaryFile(mode="w", encoding="utf-8", newline="", suffix=".txt")
        with open(file, encoding=encoding, newline="") as source:
            while block := source.read(1 << 24):
                text.write(block)
        text.flush()
        made.append(text)
    as_utf8.kept = made
    return [text.name for text in made]


def zone_of(channel):
    """The IANA zone of a sales channel, from the table that ordersift has."""
    lines = (ROOT / "src/field/time/zones.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in lines if line]
    channel = channel.strip().lower()
    if channel.startswith("non-amazon "):
        country = channel[11:].strip()
        return next((zone for _, code, zone in rows if code.lower() == country), "UTC")
    return next((zone for name, _, zone in rows if name == channel), "UTC")


def offset_of(zone, moment):
    """Seconds that a zone is ahead of UTC at a moment in UTC."""
    return int(moment.astimezone(zone).utcoffset().total_seconds())


def decimal(value, least):
    """Ten-thousandths as text: at least so many decimals, then only those that say something."""
    sign, value = ("-", -value) if value < 0 else ("", value)
    decimals = f"{value % 10_000:04}"
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    return f"{sign}{value // 10_000}" + (f".{decimals}" if decimals else "")


def money(value, currency):
    if not currency:
        return None
    return decimal(value, 0 if currency in ("JPY", "KRW", "VND", "CLP") else 2)


def divided(value, by, scale):
    """value / by, rounded once, half away from zero."""
    return (value * scale * 2 + by) // (by * 2) if by else None


def average(value, by, currency):
    return money(divided(value, by, 1), currency) if by and currency else None


def share(value, total):
    quotient = divided(value, total, 1_000_000)
    return None if quotient is None else f"{quotient // 1_000_000}.{quotient % 1_000_000:06}"


def text(value):
    return value or None


def rolled_up(cells, key):
    sums = defaultdict(lambda: defaultdict(int))
    for cell in cells:
        row = sums[tuple(cell[name] for name in key)]
        for name, value in cell.items():
            if name not in KEY and name != "status_group":
                row[name] += value
        cancelled = cell["status_group"] == "cancelled"
        row["orders"] += 0 if cancelled else cell["orders_placed"]
        row["cancelled_orders"] += cell["orders_placed"] if cancelled else 0
        row["priced_units"] += cell["units"] - cell["unpriced_units"]
    return [(dict(zip(key, names)), row) for names, row in sorted(sums.items())]


def tables(cells, skus, names):
    """All tables from cells (dicts with KEY, LINE_SUMS, ORDER_SUMS), rows of SKUs and the SKUs' (asin, product name)."""
    for cell in cells:
        cell["status_group"] = GROUP_OF.get(cell["status"].strip().lower(), "unknown")
    answer = {}

    def put(name, key, columns, extra=None):
        rows = []
        for names, row in rolled_up(cells, key):
            currency = names["currency"]
            made = {column: text(names[column]) for column in key if column != "day"}
            for column in columns:
                if column in ("sales", "amount", "tax", "shipping", "gift_wrap", "discounts"):
                    made[column] = money(row[column], currency)
                elif column == "asp":
                    made[column] = average(row["sales"], row["priced_units"], currency)
                elif column == "aov":
                    made[column] = average(row["sales"], row["priced_orders"], currency)
                else:
                    made[column] = row[column]
            if extra:
                made.update(extra(names, row))
            rows.append(made)
        answer[name] = rows

    put(
        "fulfillment", ["fulfillment", "currency"],
        ["orders_placed", "orders", "cancelled_orders", "lines", "units", "unpriced_units", "sales", "tax", "shipping",
         "gift_wrap", "discounts", "asp", "aov"],
    )
    placed = defaultdict(int)
    for cell in cells:
        placed[cell["fulfillment"]] += cell["orders_placed"]
    put(
        "status", ["fulfillment", "status_group", "status", "currency"], ["orders_placed", "lines", "quantity", "amount"],
        lambda names, row: {"share_of_orders": share(row["orders_placed"], placed[names["fulfillment"]])},
    )
    units = sum(cell["units"] for cell in cells)
    put(
        "channels", ["sales_channel", "fulfillment", "currency"],
        ["orders_placed", "orders", "cancelled_orders", "units", "unpriced_units", "sales", "asp", "aov"],
        lambda names, row: {"share_of_units": share(row["units"], units)},
    )
    put(
        "daily", ["day", "sales_channel", "fulfillment", "currency"],
        ["orders_placed", "orders", "units", "unpriced_units", "sales"],
        lambda names, row: {
            "period": names["day"], "first_day": names["day"], "last_day": names["day"], "partial": False,
        },
    )
    answer["skus"] = sku_rows(skus, names)
    return answer


def sku_rows(skus, names):
    totals, before, rows = defaultdict(int), defaultdict(int), []
    for row in skus:
        totals[row["currency"]] += row["sales"]
    by_sales = sorted(skus, key=lambda row: (not row["currency"], -row["sales"], row["sku"].encode(), row["currency"]))
    for row in by_sales:
        currency, sales = row["currency"], row["sales"]
        total, so_far = totals[currency], before[currency] * 100
        before[currency] += sales
        if sales == 0:
            abc = "U"
        elif so_far < total * 80:
            abc = "A"
        else:
            abc = "B" if so_far < total * 95 else "C"
        asin, product_name = names.get(row["sku"], (None, None))
        rows.append({
            "sku": row["sku"], "currency": text(currency), "asin": text(asin), "product_name": text(product_name),
            "orders": row["orders"], "units": row["units"], "unpriced_units": row["unpriced_units"],
            "sales": money(sales, currency), "share_of_sales": share(sales, total) if currency else None, "abc": abc,
        })
    return rows


def newest_names(rows):
    """(sku, text, newest moment it was seen) to the newest text of every SKU; of several, the least."""
    best = {}
    for sku, name, moment in rows:
        name = name or ""
        known = best.get(sku)
        if known is None or (-known[0], known[1]) > (-moment, name.encode()):
            best[sku] = (moment, name.encode())
    return {sku: name.decode() for sku, (_, name) in best.items()}


def write(path, cells, skus, asins, product_names):
    asins, product_names = newest_names(asins), newest_names(product_names)
    names = {sku: (asins.get(sku), product_names.get(sku)) for sku in {*asins, *product_names}}
    Path(path).write_text(json.dumps(tables(cells, skus, names), ensure_ascii=False))
