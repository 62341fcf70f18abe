"""The job in DuckDB: the columns that are needed go into one table, then group-bys over it."""

import sys

import duckdb

from answers import FULFILLMENT, GROUP_OF, as_utf8, files_of, write, zone_of

path, out, encoding = sys.argv[1:]
files = as_utf8(files_of(path), encoding)
db = duckdb.connect()
db.execute("SET preserve_insertion_order = false")
db.execute("SET TimeZone = 'UTC'")


def cents(column):
    return f'coalesce("{column}"::DECIMAL(18, 4), 0)'


fulfillment = " ".join(f"WHEN '{text}' THEN '{name}'" for text, name in FULFILLMENT.items())
cancelled = ", ".join(f"'{status}'" for status, group in GROUP_OF.items() if group == "cancelled")
db.execute(f"""
    CREATE TEMP TABLE raw AS
    SELECT
        -- S01-1234567-1234567 gets a digit more than any other id.
        replace(replace("amazon-order-id", '-', ''), 'S', '10')::BIGINT AS order_id,
        "purchase-date"[1:19]::TIMESTAMP AS bought,
        "last-updated-date"[1:19]::TIMESTAMP AS updated,
        filename,
        "order-status" AS status,
        CASE lower("fulfillment-channel") {fulfillment} ELSE 'unknown' END AS fulfillment,
        "sales-channel" AS sales_channel,
        coalesce(currency, '') AS currency,
        sku, asin, "product-name" AS product_name,
        quantity::INTEGER AS quantity,
        lower("order-status") NOT IN ({cancelled}) AND coalesce(lower("item-status"), '') NOT IN ({cancelled}) AS live,
        "item-price"::DECIMAL(18, 4) AS price,
        {cents('item-tax')} + {cents('shipping-tax')} + {cents('gift-wrap-tax')} AS tax,
        {cents('shipping-price')} AS shipping,
        {cents('gift-wrap-price')} AS gift_wrap,
        abs({cents('item-promotion-discount')}) + abs({cents('ship-promotion-discount')}) AS discounts
    FROM read_csv(
        {files}, filename = true, delim = '\t', quote = '', escape = '', header = true, all_varchar = true, nullstr = '',
        strict_mode = false, null_padding = false
    )
""")
if len(files) > 1:
    # The newest snapshot of every order; of equally new ones that of the newest file, then the longest, then the last by name.
    db.execute("""
        CREATE TEMP TABLE best AS
        SELECT order_id, arg_max(filename, {'stamp': stamp, 'newest': newest, 'lines': lines, 'name': filename}) AS filename
        FROM (SELECT order_id, filename, max(updated) AS stamp, count(*) AS lines FROM raw GROUP BY order_id, filename)
        JOIN (SELECT filename, max(updated) AS newest FROM raw GROUP BY filename) USING (filename)
        GROUP BY order_id
    """)
    db.execute("CREATE TEMP TABLE kept AS SELECT raw.* FROM raw JOIN best USING (order_id, filename)")
    db.execute("DROP TABLE raw")
    db.execute("ALTER TABLE kept RENAME TO raw")
channels = [channel for (channel,) in db.execute("SELECT DISTINCT sales_channel FROM raw").fetchall()]
db.execute("CREATE TEMP TABLE zones (sales_channel VARCHAR, zone VARCHAR)")
db.executemany("INSERT INTO zones VALUES (?, ?)", [(channel, zone_of(channel or "")) for channel in channels])
# The zone's rules are asked once an hour of a channel, not once a line.
db.execute("""
    CREATE TEMP TABLE hours AS
    SELECT sales_channel, hour, timezone(zone, hour::TIMESTAMPTZ) - hour AS ahead
    FROM (SELECT DISTINCT sales_channel, time_bucket(INTERVAL 15 MINUTES, bought) AS hour FROM raw) JOIN zones USING (sales_channel)
""")
db.execute("""
    CREATE TEMP TABLE lines AS
    SELECT raw.*, (bought + ahead)::DATE AS day
    FROM raw JOIN hours ON raw.sales_channel = hours.sales_channel AND time_bucket(INTERVAL 15 MINUTES, bought) = hour
""")
key = "fulfillment, status, sales_channel, day, currency"
cells = {}
rows = db.execute(f"""
    SELECT fulfillment, status, sales_channel, day::VARCHAR, currency,
        count(*) AS lines, sum(quantity)::BIGINT AS quantity,
        coalesce(sum(quantity) FILTER (live), 0)::BIGINT AS units,
        coalesce(sum(quantity) FILTER (live AND price IS NULL), 0)::BIGINT AS unpriced_units,
        (coalesce(sum(price), 0) * 10000)::BIGINT AS amount,
        (coalesce(sum(price) FILTER (live), 0) * 10000)::BIGINT AS sales,
        (coalesce(sum(tax) FILTER (live), 0) * 10000)::BIGINT AS tax,
        (coalesce(sum(shipping) FILTER (live), 0) * 10000)::BIGINT AS shipping,
        (coalesce(sum(gift_wrap) FILTER (live), 0) * 10000)::BIGINT AS gift_wrap,
        (coalesce(sum(discounts) FILTER (live), 0) * 10000)::BIGINT AS discounts
    FROM lines GROUP BY {key}
""")
columns = [column[0] for column in rows.description]
columns[3] = "day"
for row in rows.fetchall():
    cells[row[:5]] = dict(zip(columns, row), orders_placed=0, priced_orders=0)
rows = db.execute(f"""
    SELECT fulfillment, status, sales_channel, day::VARCHAR, currency, count(*), count(*) FILTER (priced)
    FROM (
        SELECT min(fulfillment) AS fulfillment, min(status) AS status, min(sales_channel) AS sales_channel, min(day) AS day,
            coalesce(min(currency) FILTER (price IS NOT NULL), '') AS currency,
            bool_or(live AND price IS NOT NULL) AS priced
        FROM lines GROUP BY order_id
    ) GROUP BY {key}
""")
for *names, placed, priced in rows.fetchall():
    empty = dict(zip(columns, [*names, *[0] * 10]))
    cell = cells.setdefault(tuple(names), dict(empty))
    cell.update(orders_placed=placed, priced_orders=priced)
rows = db.execute("""
    SELECT sku, currency, coalesce(sum(quantity) FILTER (live), 0)::BIGINT AS units,
        coalesce(sum(quantity) FILTER (live AND price IS NULL), 0)::BIGINT AS unpriced_units,
        (coalesce(sum(price) FILTER (live), 0) * 10000)::BIGINT AS sales
    FROM lines GROUP BY sku, currency
""").fetchall()
skus = {row[:2]: dict(zip(["sku", "currency", "units", "unpriced_units", "sales"], row), orders=0) for row in rows}
for sku, currency, orders in db.execute("""
    SELECT sku, currency, count(*) FROM (
        SELECT sku, coalesce(min(nullif(currency, '')), '') AS currency FROM lines WHERE live GROUP BY sku, order_id
    ) GROUP BY sku, currency
""").fetchall():
    skus[sku, currency]["orders"] = orders
names = [
    db.execute(f"""
        SELECT sku, {column}, max(epoch(bought))::BIGINT FROM lines WHERE {column} IS NOT NULL AND length({column}) >= {least}
        GROUP BY sku, {column}
    """).fetchall()
    for column, least in (("asin", 1), ("product_name", 2))
]
write(out, list(cells.values()), list(skus.values()), *names)
