"""The job in Polars: one lazy scan of the columns that are needed, collected by the streaming engine, then group-bys over it."""

import sys
from zoneinfo import ZoneInfo

import polars as pl

from answers import COLUMNS, FULFILLMENT, GROUP_OF, KEY, as_utf8, files_of, offset_of, write, zone_of

path, out, encoding = sys.argv[1:]
files = as_utf8(files_of(path), encoding)
cancelled = [status for status, group in GROUP_OF.items() if group == "cancelled"]
MONEY = pl.Decimal(38, 4)


def money(column):
    return pl.col(column).cast(MONEY)


def paid(column):
    return money(column).fill_null(0)


low = ["order-status", "fulfillment-channel", "sales-channel", "item-status", "currency"]
lines = (
    pl.concat([
        pl.scan_csv(file, separator="\t", quote_char=None, infer_schema=False, low_memory=False)
        .select(*COLUMNS, pl.lit(number, pl.UInt16).alias("file"))
        for number, file in enumerate(files)
    ])
    .with_columns(pl.col(low).cast(pl.Categorical))
    .select(
        # S01-1234567-1234567 gets a digit more than any other id.
        pl.col("amazon-order-id").str.replace_all("-", "", literal=True).str.replace("S", "10", literal=True)
        .cast(pl.UInt64).alias("order_id"),
        pl.col("purchase-date").str.slice(0, 19).str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="ms").alias("bought"),
        pl.col("last-updated-date").str.slice(0, 19).str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="ms").alias("updated"),
        "file",
        pl.col("order-status").alias("status"),
        pl.col("fulfillment-channel").cast(pl.String).str.to_lowercase()
        .replace_strict(FULFILLMENT, default="unknown", return_dtype=pl.String).cast(pl.Categorical).alias("fulfillment"),
        pl.col("sales-channel").alias("sales_channel"),
        pl.col("currency").cast(pl.String).fill_null("").cast(pl.Categorical).alias("currency"),
        "sku", "asin", pl.col("product-name").alias("product_name"),
        pl.col("quantity").cast(pl.Int64),
        ~(pl.col("order-status").cast(pl.String).str.to_lowercase().is_in(cancelled)
          | pl.col("item-status").cast(pl.String).str.to_lowercase().is_in(cancelled).fill_null(False)).alias("live"),
        money("item-price").alias("price"),
        (paid("item-tax") + paid("shipping-tax") + paid("gift-wrap-tax")).alias("tax"),
        paid("shipping-price").alias("shipping"),
        paid("gift-wrap-price").alias("gift_wrap"),
        (paid("item-promotion-discount").abs() + paid("ship-promotion-discount").abs()).alias("discounts"),
    )
    .collect(engine="streaming")
)
if len(files) > 1:
    # The newest snapshot of every order; of equally new ones that of the newest file, then the longest, then the last by name.
    best = (
        lines.lazy().group_by("order_id", "file").agg(pl.col("updated").max().alias("stamp"), pl.len().alias("lines"))
        .join(lines.lazy().group_by("file").agg(pl.col("updated").max().alias("newest")), on="file")
        .sort("stamp", "newest", "lines", "file").unique("order_id", keep="last", maintain_order=True)
        .select("order_id", "file")
    )
    lines = lines.lazy().join(best, on=["order_id", "file"], how="semi").collect()
# The zone's rules are asked once a quarter of an hour of a channel, not once a line.
lines = lines.with_columns(pl.col("bought").dt.truncate("15m").alias("quarter"))
quarters = lines.select("sales_channel", "quarter").unique()
zones = {channel: ZoneInfo(zone_of(channel or "")) for channel in quarters["sales_channel"].unique().to_list()}
ahead = [
    offset_of(zones[channel], quarter.replace(tzinfo=ZoneInfo("UTC"))) for channel, quarter in quarters.rows()
]
quarters = quarters.with_columns(pl.Series("ahead", ahead, pl.Int64))
lines = lines.join(quarters, on=["sales_channel", "quarter"], how="left", nulls_equal=True).with_columns(
    (pl.col("bought") + pl.duration(seconds="ahead")).dt.date().alias("day")
)
live, unpriced = pl.col("live"), pl.col("price").is_null()
sums = {
    "units": pl.col("quantity").filter(live).sum(),
    "unpriced_units": pl.col("quantity").filter(live & unpriced).sum(),
    "sales": pl.col("price").filter(live).sum(),
}
by_cell = lines.lazy().group_by(KEY).agg(
    pl.len().alias("lines"), pl.col("quantity").sum(), pl.col("price").sum().alias("amount"),
    *(pl.col(name).filter(live).sum() for name in ("tax", "shipping", "gift_wrap", "discounts")),
    **sums,
)
homes = (
    lines.lazy().group_by("order_id").agg(
        *(pl.col(name).cast(pl.String).min() for name in ("fulfillment", "status", "sales_channel")),
        pl.col("day").min(),
        pl.col("currency").cast(pl.String).filter(~unpriced).min().fill_null(""),
        (live & ~unpriced).any().alias("priced"),
    )
    .group_by(KEY).agg(pl.len().alias("orders_placed"), pl.col("priced").sum().alias("priced_orders"))
)
by_sku = lines.lazy().group_by("sku", "currency").agg(**sums)
holders = (
    lines.lazy().filter(live).group_by("sku", "order_id")
    .agg(pl.col("currency").cast(pl.String).filter(pl.col("currency").cast(pl.String) != "").min().fill_null(""))
    .group_by("sku", "currency").agg(pl.len().alias("orders"))
)
names = [
    lines.lazy().filter(pl.col(column).str.len_chars() >= least).group_by("sku", column)
    .agg(pl.col("bought").max().dt.epoch("s"))
    for column, least in (("asin", 1), ("product_name", 2))
]
by_cell, homes, by_sku, holders, *names = pl.collect_all([by_cell, homes, by_sku, holders, *names])


def whole(frame):
    """Decimals as ten-thousandths, days and categories as text."""
    return frame.with_columns(
        (pl.selectors.decimal() * 10_000).cast(pl.Int64), pl.selectors.categorical().cast(pl.String),
        pl.selectors.date().dt.to_string("%Y-%m-%d"),
    )


cells = {}
for frame in (by_cell, homes):
    for row in whole(frame).rows(named=True):
        row["sales_channel"] = row["sales_channel"] or ""
        cells.setdefault(tuple(row[name] for name in KEY), {}).update(row)
everything = set().union(*cells.values())
cells = [{**dict.fromkeys(everything, 0), **cell} for cell in cells.values()]
skus = {(row["sku"], row["currency"]): {**row, "orders": 0} for row in whole(by_sku).rows(named=True)}
for row in holders.rows(named=True):
    skus[row["sku"], row["currency"]]["orders"] = row["orders"]
write(out, cells, list(skus.values()), *(frame.rows() for frame in names))
