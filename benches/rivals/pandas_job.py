"""The job in pandas: pyarrow reads the columns that are needed on all threads, codes and whole numbers are grouped."""

import sys
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from answers import COLUMNS, FULFILLMENT, GROUP_OF, KEY, LINE_SUMS, files_of, offset_of, write, zone_of

path, out, encoding = sys.argv[1:]
files = files_of(path)
cancelled = {status for status, group in GROUP_OF.items() if group == "cancelled"}
LOW = ["order-status", "fulfillment-channel", "sales-channel", "item-status", "currency", "sku", "asin", "product-name"]
MONEY = [column for column in COLUMNS if column.endswith(("price", "tax", "discount"))]
types = {column: pa.string() for column in ("amazon-order-id", "purchase-date")}
types |= {column: pa.dictionary(pa.int32(), pa.string()) for column in LOW}
types |= {column: pa.decimal128(18, 4) for column in MONEY}
types["quantity"] = pa.int64()
types["last-updated-date"] = pa.string()


def read_file(file):
    return pa.csv.read_csv(
        file,
        read_options=pa.csv.ReadOptions(block_size=16 << 20, encoding=encoding or "utf8"),
        parse_options=pa.csv.ParseOptions(delimiter="\t", quote_char=False),
        convert_options=pa.csv.ConvertOptions(
            include_columns=COLUMNS, column_types=types, strings_can_be_null=False, null_values=[""],
            quoted_strings_can_be_null=False,
        ),
    )


def moments(column):
    text = pc.utf8_slice_codeunits(table[column], 0, 19)
    return pc.cast(pc.strptime(text, "%Y-%m-%dT%H:%M:%S", "s"), pa.int64()).to_numpy()


def order_ids():
    # S01-1234567-1234567 gets a digit more than any other id.
    ids = pc.replace_substring(pc.replace_substring(table["amazon-order-id"], "-", ""), "S", "10")
    return pc.cast(ids, pa.int64()).to_numpy()


tables = [read_file(file) for file in files]
table = pa.concat_tables(tables).unify_dictionaries()
if len(files) > 1:
    # The newest snapshot of every order; of equally new ones that of the newest file, then the longest, then the last by name.
    lines = pd.DataFrame({
        "order_id": order_ids(), "file": np.repeat(np.arange(len(files)), [len(part) for part in tables]),
        "updated": moments("last-updated-date"),
    })
    newest = lines.groupby("file")["updated"].max()
    best = lines.groupby(["order_id", "file"], sort=False)["updated"].agg(stamp="max", lines="size").reset_index()
    best["newest"] = best["file"].map(newest)
    best = best.sort_values(["stamp", "newest", "lines", "file"]).drop_duplicates("order_id", keep="last")
    kept = lines["order_id"].map(best.set_index("order_id")["file"]) == lines["file"]
    table = table.filter(pa.array(kept))
    del lines, best, kept
del tables


def codes(column):
    """A column of few texts: the texts, and every line's code."""
    encoded = table[column].combine_chunks()
    encoded = encoded.chunk(0) if isinstance(encoded, pa.ChunkedArray) else encoded
    return [text or "" for text in encoded.dictionary.to_pylist()], encoded.indices.to_numpy(zero_copy_only=False)


def whole(column):
    """An amount in ten-thousandths; empty is none."""
    return pc.cast(pc.multiply(pc.fill_null(table[column], pa.scalar(0, pa.decimal128(18, 4))), 10_000), pa.int64()).to_numpy()


texts, lines = {}, pd.DataFrame(index=pd.RangeIndex(len(table)))
for name, column in (("fulfillment", "fulfillment-channel"), ("status", "order-status"), ("sales_channel", "sales-channel"),
                     ("currency", "currency"), ("sku", "sku"), ("item_status", "item-status"), ("asin", "asin"),
                     ("product_name", "product-name")):
    names, place = codes(column)
    if name == "fulfillment":
        names = [FULFILLMENT.get(text.lower(), "unknown") for text in names]
    # Codes in the order of the texts, so that the least code is the least text.
    texts[name] = sorted(set(names), key=str.encode)
    rank = {text: code for code, text in enumerate(texts[name])}
    lines[name] = np.array([rank[text] for text in names], dtype=np.int32)[place]
bought = moments("purchase-date")
lines["order_id"] = order_ids()
lines["quantity"] = table["quantity"].to_numpy()
priced = pc.is_valid(table["item-price"]).to_numpy()
amount = {column: whole(column) for column in MONEY}
dead = {name: np.array([text.lower() in cancelled for text in texts[name]]) for name in ("status", "item_status")}
live = ~(dead["status"][lines["status"]] | dead["item_status"][lines["item_status"]])
del table

# The zone's rules are asked once a quarter of an hour of a channel, not once a line.
quarter = bought // 900
first = int(quarter.min())
spot = lines["sales_channel"].to_numpy().astype(np.int64) * (int(quarter.max()) - first + 1) + (quarter - first)
spots, where = np.unique(spot, return_inverse=True)
width = int(quarter.max()) - first + 1
zones = [ZoneInfo(zone_of(channel)) for channel in texts["sales_channel"]]
utc = ZoneInfo("UTC")
ahead = np.array([
    offset_of(zones[spot // width], pd.Timestamp((spot % width + first) * 900, unit="s", tz=utc).to_pydatetime())
    for spot in spots.tolist()
])
lines["day"] = (bought + ahead[where]) // 86_400
lines["lines"] = 1
lines["units"] = np.where(live, lines["quantity"], 0)
lines["unpriced_units"] = np.where(live & ~priced, lines["quantity"], 0)
lines["amount"] = amount["item-price"]
lines["sales"] = np.where(live, amount["item-price"], 0)
lines["tax"] = np.where(live, amount["item-tax"] + amount["shipping-tax"] + amount["gift-wrap-tax"], 0)
lines["shipping"] = np.where(live, amount["shipping-price"], 0)
lines["gift_wrap"] = np.where(live, amount["gift-wrap-price"], 0)
lines["discounts"] = np.where(live, abs(amount["item-promotion-discount"]) + abs(amount["ship-promotion-discount"]), 0)
lines["bought"] = bought

cells = lines.groupby(KEY, sort=False)[LINE_SUMS].sum()
none = texts["currency"].index("") if "" in texts["currency"] else -1
home = lines[["order_id", *KEY]].assign(
    currency=np.where(priced & (lines["currency"] != none), lines["currency"], len(texts["currency"])), priced=live & priced,
)
home = home.groupby("order_id", sort=False).agg({**dict.fromkeys(KEY, "min"), "priced": "max"})
home["currency"] = home["currency"].replace(len(texts["currency"]), none)
home = home.groupby(KEY, sort=False)["priced"].agg(orders_placed="size", priced_orders="sum")
cells = cells.join(home, how="outer").fillna(0).astype(np.int64).reset_index()
by_sku = lines.groupby(["sku", "currency"], sort=False)[["units", "unpriced_units", "sales"]].sum()
holders = lines.loc[live, ["sku", "order_id", "currency"]]
holders = holders.assign(currency=holders["currency"].where(holders["currency"] != none, len(texts["currency"])))
holders = holders.groupby(["sku", "order_id"], sort=False)["currency"].min().reset_index()
holders["currency"] = holders["currency"].replace(len(texts["currency"]), none)
by_sku["orders"] = holders.groupby(["sku", "currency"]).size()
by_sku = by_sku.fillna(0).astype(np.int64).reset_index()
names = []
for column, least in (("asin", 1), ("product_name", 2)):
    newest = lines.groupby(["sku", column], sort=False)["bought"].max().reset_index()
    rows = newest.itertuples(index=False)
    rows = ((texts["sku"][sku], texts[column][text], moment) for sku, text, moment in rows)
    names.append([row for row in rows if len(row[1]) >= least])


def read(frame):
    """Codes as texts, days as dates."""
    for name in ("fulfillment", "status", "sales_channel", "currency", "sku"):
        if name in frame:
            frame[name] = [texts[name][code] for code in frame[name]]
    if "day" in frame:
        frame["day"] = pd.to_datetime(frame["day"], unit="D").dt.strftime("%Y-%m-%d")
    return frame.to_dict("records")


write(out, read(cells), read(by_sku), *names)
