#!/usr/bin/env python3
"""The matrix of LibreOffice: what it does to invented reports when they are opened and saved, and what ordersift makes of the result.

    tests/spreadsheets/libreoffice.py target/release/ordersift

It needs `soffice` and Python's standard library. It prints a table in Markdown and ends with 1 if any number is silently wrong:
if a saved file that is read gives other numbers than the original without the lines that were rejected by name, or if another
command gives other numbers of it.
"""

import concurrent.futures
import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LOCALES = ["en-US", "en-GB", "de-DE", "ja-JP", "en-IN"]
TAB, COMMA, SEMICOLON = 9, 44, 59
QUOTE, UTF_8 = 34, 76

# How a file is opened: as the import dialog does once "Detect special numbers" is ticked, and as it does without the tick.
OPENED = {"detect": "true", "plain": "false"}
# What it is saved as. A token string is separator, quotation mark, character set, first line, column formats, language, quote all
# text cells, numbers as such, cell content as shown: what the dialog proposes.
SAVED = {
    "CSV": ("csv", f"csv:Text - txt - csv (StarCalc):{COMMA},{QUOTE},{UTF_8},1,,0,false,true,true"),
    "CSV;": ("csv", f"csv:Text - txt - csv (StarCalc):{SEMICOLON},{QUOTE},{UTF_8},1,,0,false,true,true"),
    "TSV": ("csv", f"csv:Text - txt - csv (StarCalc):{TAB},{QUOTE},{UTF_8},1,,0,false,true,true"),
    "XLSX": ("xlsx", "xlsx:Calc MS Excel 2007 XML"),
}

# Tables that tell of the file rather than of the business, and columns that only name things.
ABOUT_FILES = {"sources", "quality", "rejects"}
NAMES = {"product_name"}


def cells(text, separator):
    """The rows of a text. Tab files have no quoting."""
    if separator == "\t":
        return [line.split("\t") for line in text.splitlines()]
    return list(csv.reader(io.StringIO(text), delimiter=separator))


class Original:
    """A report before anybody opened it."""

    def __init__(self, name, header, rows, separator="\t"):
        self.name, self.header, self.rows, self.separator = name, header, rows, separator
        self.file = name + (".csv" if separator == "," else ".txt")

    def text(self, without=()):
        """The report without the lines of these numbers; the header is line 1."""
        kept = [row for line, row in enumerate(self.rows, 2) if line not in without]
        if self.separator == "\t":
            return "".join("\t".join(row) + "\r\n" for row in [self.header, *kept])
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([self.header, *kept])
        return out.getvalue()


class Ordersift:
    """The program."""

    def __init__(self, path):
        self.path = str(Path(path).resolve())

    def run(self, *arguments):
        done = subprocess.run([self.path, *map(str, arguments)], capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout, done.stderr

    def sample(self, *arguments):
        code, out, err = self.run("sample", *arguments)
        if code:
            sys.exit(err)
        rows = cells(out, "\t")
        return [name.strip() for name in rows[0]], rows[1:]

    def others(self, path, original, folder):
        """What the other commands give that `report` does not give of the original; `None` if all is the same."""
        code, out, err = self.run("check", path, "--no-config")
        if code:
            return f"check: {out}{err}"
        code, out, err = self.run("compare", original, path, "--format", "json", "--no-config")
        if code == 0:
            for row in json.loads(out)["tables"]["comparison"]["rows"]:
                differs = [key for key in row if key.endswith("_then") and row[key] != row[key.removesuffix("_then")]]
                if differs:
                    return f"compare: {differs}"
        made = folder / f"made-{os.urandom(4).hex()}"
        wanted = numbers(self.report(original)[0])
        for command, result in [("split", made), ("convert", made.with_suffix(".parquet"))]:
            code, _, err = self.run(command, path, "--out", result, "--no-config")
            again, _ = self.report(result) if code == 0 else (None, err)
            for table in ("fulfillment", "daily", "skus"):
                if again and numbers(again)[table] != wanted[table]:
                    return f"{command}: {table}"
        lists = []
        for file in (original, path):
            code, out, _ = self.run("worklist", file, "--format", "json", "--no-config")
            lists.append(numbers(json.loads(out))["worklist"] if code == 0 else [])
        return None if lists[0] == lists[1] else "worklist"

    def report(self, path):
        """The document, or the first lines of the message that refuses the file."""
        code, out, err = self.run("report", path, "--format", "json", "--max-rejects", "100%", "--quiet", "--no-config")
        return (json.loads(out), None) if code == 0 else (None, err.strip())


def numbers(document):
    """Every number of a document by the names beside it."""
    tables = {
        name: [{key: cell for key, cell in row.items() if key not in NAMES} for row in table["rows"]]
        for name, table in document["tables"].items()
        if name not in ABOUT_FILES
    }
    return {"as_of": document.get("as_of"), **tables}


def rejected(document):
    """The rejects by code: how many, and all their lines."""
    rows = document["tables"]["rejects"]["rows"]
    codes = {}
    for row in rows:
        codes[row["code"]] = codes.get(row["code"], 0) + 1
    return codes, {row["line"] for row in rows}


# The names, every one of which breaks some careless reader. They replace those of the first lines.
HARD_NAMES = [
    'Board 12" x 18"',
    '"Best" board, big; flat',
    "プレミアム クッション 青",
    "Küchenbrett, Größe L",
    '12" board',
]


def originals(ordersift):
    """The five kinds of report, with days up to 12 only and with all days of a month."""
    header, rows = ordersift.sample("--lines", 40, "--seed", 7)
    backlog, open_rows = ordersift.sample("--kind", "unshipped", "--lines", 500, "--seed", 7)
    for names, lines in [(header, rows), (backlog, open_rows)]:
        for row, name in zip(lines, HARD_NAMES):
            row[names.index("product-name")] = name
    for days in ("days 1 to 12", "all days"):
        def dated(number):
            return number % 12 + 1 if days == "days 1 to 12" else number % 28 + 1

        def on(cell, day):
            return f"2026-07-{day:02}{cell[10:]}" if cell else cell

        at = [header.index(name) for name in ("purchase-date", "last-updated-date")]
        orders = {}
        for row in rows:
            orders.setdefault(row[0], dated(len(orders)))
        moved = [
            [on(cell, orders[row[0]]) if place in at else cell for place, cell in enumerate(row)] for row in rows
        ]
        yield Original(f"all-orders, {days}", header, moved)
        yield sale_report(f"sale report, {days}", header, moved)
        yield fba_returns(f"fba-returns, {days}", header, moved)
        yield merchant_returns(f"merchant-returns, {days}", header, moved)
        at = [backlog.index(name) for name in ("purchase-date", "payments-date", "reporting-date", "promise-date")]
        open_orders = {}
        for row in open_rows:
            open_orders.setdefault(row[0], dated(len(open_orders)))
        moved = [
            [on(cell, open_orders[row[0]]) if place in at else cell for place, cell in enumerate(row)] for row in open_rows
        ]
        yield Original(f"unshipped, {days}", backlog, moved)


def sale_report(name, header, rows):
    names = (
        "index,Order ID,Date,Status,Fulfilment,Sales Channel ,ship-service-level,Style,SKU,Category,Size,ASIN,Courier Status,"
        "Qty,currency,Amount,ship-city,ship-state,ship-postal-code,ship-country,promotion-ids,B2B,fulfilled-by,Unnamed: 22"
    ).split(",")
    made = []
    for index, row in enumerate(rows):
        of = dict(zip(header, row))
        day = of["purchase-date"]
        price = f"{index * 7 + 399}.{index % 10 * 11:02}".removesuffix("0") if of["currency"] else ""
        made.append([
            str(index), of["amazon-order-id"], f"{day[5:7]}-{day[8:10]}-{day[2:4]}", of["order-status"],
            of["fulfillment-channel"], "Amazon.in", of["ship-service-level"], "SET1", of["sku"], "Set", "S", of["asin"], "",
            of["quantity"], "INR" if price else "", price, "MUMBAI", "MAHARASHTRA", "400081.0", "IN",
            "Amazon PLCC 1,Amazon PLCC 2" if index % 3 == 0 else "", "True" if index % 5 == 0 else "False", "Easy Ship", "",
        ])
    return Original(name, names, made, ",")


def fba_returns(name, header, rows):
    names = (
        "return-date order-id sku asin fnsku product-name quantity fulfillment-center-id detailed-disposition reason status "
        "license-plate-number customer-comments"
    ).split()
    made = []
    for index, row in enumerate(rows):
        of = dict(zip(header, row))
        made.append([
            of["purchase-date"], of["amazon-order-id"], of["sku"], of["asin"], "X0001", of["product-name"], "1", "LEX1",
            ["SELLABLE", "DAMAGED"][index % 2], "UNWANTED_ITEM", "Unit returned to inventory", f"LPN{index}", "",
        ])
    return Original(name, names, made)


def merchant_returns(name, header, rows):
    names = [
        "Order ID", "Order date", "Return request date", "Return request status", "Amazon RMA ID", "Label cost", "Currency code",
        "A-to-Z Claim", "Is prime", "ASIN", "Merchant SKU", "Item Name", "Return quantity", "Return Reason", "In policy",
        "Resolution", "Order Amount", "Order quantity", "Refunded Amount",
    ]
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    made = []
    for index, row in enumerate(rows):
        of = dict(zip(header, row))
        day = of["purchase-date"]
        # Months whose names differ between languages, and months whose names do not.
        month = months[[4, 6, 11][index % 3]]
        made.append([
            of["amazon-order-id"], f"01-{month}-2026", f"{day[8:10]}-{month}-2026",
            ["Approved", "PendingApproval"][index % 2], f"D{index}RMA", "4.10", "USD", "N", "N", of["asin"], of["sku"],
            of["product-name"], "1", "CR-DEFECTIVE", "Y", "StandardRefund", "39.90", "1", ["", "39.90"][index % 2],
        ])
    return Original(name, names, made)


class Office:
    """LibreOffice in one locale."""

    def __init__(self, folder, locale):
        self.folder, self.locale = folder, locale
        self.profile = folder / f"profile-{locale}"
        (self.profile / "user").mkdir(parents=True)
        (self.profile / "user" / "registrymodifications.xcu").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
            '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">'
            f"<value>{locale}</value></prop></item></oor:items>\n",
            encoding="utf-8",
        )

    def save(self, files, separator, opened, saved):
        """Opens files and saves them; gives the folder of the results."""
        kind, token = SAVED[saved]
        out = self.folder / f"{self.locale} {opened} {saved.replace(';', ' semicolons')} {separator}"
        reader = f"Text - txt - csv (StarCalc):{separator},{QUOTE},{UTF_8},1,,0,false,{OPENED[opened]}"
        command = [
            "soffice", f"-env:UserInstallation=file://{self.profile}", "--headless", "--norestore", f"--infilter={reader}",
            "--convert-to", token, "--outdir", str(out), *map(str, files),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return {file.stem: out / f"{file.stem}.{kind}" for file in files}


def judged(ordersift, original, path, clean):
    """What the program makes of a saved file: `right`, `rejected`, `refused` or `SILENT`, and why."""
    document, refusal = ordersift.report(path)
    if document is None:
        return "refused", refusal.splitlines()[0].split(": ", 2)[-1]
    codes, lines = rejected(document)
    if sum(codes.values()) == len(original.rows):
        return "rejected", "all lines: " + ", ".join(sorted(codes))
    expected = clean(original, frozenset(lines))
    for table, rows in numbers(document).items():
        if rows != expected[table]:
            return "SILENT", first_difference(table, rows, expected[table])
    if codes:
        return "rejected", ", ".join(f"{count} of {len(original.rows)} lines: {code}" for code, count in sorted(codes.items()))
    return "right", ""


def first_difference(table, found, expected):
    if not isinstance(found, list):
        return f"{table}: {found}, expected {expected}"
    for one, other in zip(found, expected):
        if one != other:
            keys = [key for key in one if one[key] != other.get(key)]
            return f"{table}: " + ", ".join(f"{key} {one[key]!r}, expected {other.get(key)!r}" for key in keys[:3])
    return f"{table}: {len(found)} rows, expected {len(expected)}"


def main():
    if len(sys.argv) != 2 or not shutil.which("soffice"):
        sys.exit(__doc__)
    ordersift = Ordersift(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        reports = list(originals(ordersift))
        (folder / "in").mkdir()
        for report in reports:
            (folder / "in" / report.file).write_text(report.text(), encoding="utf-8", newline="")
        known = {}

        def clean(original, without):
            key = (original.name, without)
            if key not in known:
                path = folder / f"clean-{len(known)}-{os.urandom(4).hex()}.txt"
                path.write_text(original.text(without), encoding="utf-8", newline="")
                document, refusal = ordersift.report(path)
                if document is None:
                    sys.exit(f"{original.name}: {refusal}")
                known[key] = numbers(document)
            return known[key]

        def column(locale):
            office = Office(folder, locale)
            wanted = [("detect", saved) for saved in SAVED if saved != "CSV;" or locale == "de-DE"]
            wanted += [("plain", "CSV"), ("plain", "XLSX")] if locale in ("en-US", "de-DE") else []
            found = {}
            for opened, saved in wanted:
                for separator in (TAB, COMMA):
                    mine = [report for report in reports if ord(report.separator) == separator]
                    results = office.save([folder / "in" / report.file for report in mine], separator, opened, saved)
                    for report in mine:
                        path = results[Path(report.file).stem]
                        verdict = judged(ordersift, report, path, clean)
                        if verdict[0] == "right" and saved in ("CSV", "XLSX") and locale in ("de-DE", "ja-JP"):
                            differs = ordersift.others(path, folder / "in" / report.file, folder)
                            verdict = ("SILENT", differs) if differs else verdict
                        found[report.name, opened, saved] = verdict
            return found

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            columns = dict(zip(LOCALES, pool.map(column, LOCALES)))
    silent = 0
    print(f"| report | opened, saved as | {' | '.join(LOCALES)} |")
    print(f"|---|---|{'---|' * len(LOCALES)}")
    for report in reports:
        for opened in OPENED:
            for saved in SAVED:
                verdicts = [columns[locale].get((report.name, opened, saved)) for locale in LOCALES]
                if not any(verdicts):
                    continue
                silent += sum(1 for verdict in verdicts if verdict and verdict[0] == "SILENT")
                shown = [" · ".join(filter(None, verdict)) if verdict else "" for verdict in verdicts]
                print(f"| {report.name} | {opened}, {saved} | {' | '.join(shown)} |")
    if silent:
        sys.exit(f"{silent} silently wrong")


if __name__ == "__main__":
    main()
