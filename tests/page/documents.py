"""The pages that the browser test opens: the program makes them, from fixtures and from invented reports."""

import concurrent.futures
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
UTF_8 = "utf-8"

# Texts that would do harm if a page took them for anything but text. Each stands in a column of its own line.
HOSTILE = [
    "<script>window.xss=1</script>",
    '"><img src=x onerror=window.xss=2>',
    "</script><script>window.xss=3</script>",
    "</style><svg onload=window.xss=4>",
    "'-window.xss=5-'",
    "javascript:window.xss=6",
    "]]><!--<b>bold</b>",
    "&lt;i&gt;&amp;&#60;u&#62;",
    "\u202egnp.exe",
    "=HYPERLINK(\"http://evil.example/\",\"open\")",
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "{{7*7}}${7*7}",
    "constructor",
    "__proto__",
    "مرحبا بالعالم — حقيبة ظهر",
    "שלום עולם",
    "日本語の商品名 【限定】",
    "A" * 500,
    "نص " * 120,
]


def column(header, name):
    return header.rstrip("\r\n").split("\t").index(name)


def lines_of(data):
    """The header and the lines; only a newline ends a line, and bytes that are no text stay as they are."""
    header, *lines = data.decode(UTF_8, "surrogateescape").split("\n")
    return header + "\n", [line + "\n" for line in lines if line]


class Documents:
    """Makes pages below a folder, and remembers where they are."""

    def __init__(self, ordersift, folder):
        self.ordersift, self.folder = str(ordersift), Path(folder)
        (self.folder / "input").mkdir(parents=True, exist_ok=True)

    def call(self, *arguments):
        done = subprocess.run([self.ordersift, *map(str, arguments)], capture_output=True)
        # 1: done, but a gate fell short.
        if done.returncode not in (0, 1):
            sys.exit(f"browser: {' '.join(map(str, arguments))}\n{done.stderr.decode(errors='replace')}")
        return done.stdout

    def sample(self, *arguments):
        """The header and the lines of an invented report."""
        return lines_of(self.call("sample", *arguments))

    def write(self, name, header, lines):
        path = self.folder / "input" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((header + "".join(lines)).encode(UTF_8, "surrogateescape"))
        return path

    def report(self, name, *arguments, command="report"):
        out = self.folder / name
        self.call(command, *arguments, "--format", "html,json", "--out", out, "--no-config", "--quiet", *([] if command == "compare" else ["--max-rejects", "100%"]))
        return Page(name, out / "report.html", out / "report.json")

    def all(self):
        """Every page, by name."""
        makers = [getattr(self, name) for name in dir(self) if name.startswith("make_")]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            pages = list(pool.map(lambda make: make(), makers))
        return {page.name: page for page in pages}

    def found(self):
        """The pages that another run left."""
        folders = [path.parent for path in self.folder.glob("*/report.html")]
        return {folder.name: Page(folder.name, folder / "report.html", folder / "report.json") for folder in folders}

    # Fixtures.

    def make_first_week(self):
        return self.report("first-week", FIXTURES / "first-week", "--fail-if", "late_open > 0", "--fail-if", "orders > 0")

    def make_backlogs(self):
        return self.report("backlogs", FIXTURES / "backlogs")

    def make_other_reports(self):
        return self.report("other-reports", FIXTURES / "other-reports")

    def make_multi_channel(self):
        return self.report("multi-channel", FIXTURES / "multi-channel")

    def make_injection(self):
        return self.report("injection", FIXTURES / "injection")

    # Invented reports.

    def make_currencies(self):
        """Six currencies, with rates for four of them; the orders of Sweden lack theirs on some days."""
        header, lines = self.sample("--lines", 4000, "--seed", 5)
        channel, currency, country = (column(header, name) for name in ("sales-channel", "currency", "ship-country"))
        changed = []
        for line in lines:
            cells = line.split("\t")
            # Whole orders move to Sweden, so that an order keeps one channel.
            if cells[channel] == "Amazon.de" and int(cells[0][-1]) < 5:
                cells[channel], cells[country] = "Amazon.se", "SE"
                cells[currency] = "SEK" if cells[currency] else ""
            changed.append("\t".join(cells))
        path = self.write("currencies/orders.txt", header, changed)
        rates = self.folder / "input" / "rates.csv"
        day = datetime.date(2026, 5, 25)
        rows = ["date,currency,rate_usd"]
        for step in range(0, 70, 3):
            on = day + datetime.timedelta(step)
            rows += [f"{on},EUR,1.{1000 + step * 7}", f"{on},GBP,1.3{step:02}", f"{on},JPY,0.0066{step:02}", f"{on},CAD,0.72{step:02}"]
            # A rate holds for a week: sums in kronor lack theirs in the middle of July.
            if not 40 <= step <= 55:
                rows.append(f"{on},SEK,0.09{step:02}")
        rates.write_text("\n".join(rows) + "\n")
        return self.report("currencies", path, "--fx", rates)

    def make_sunday(self):
        """Weeks that begin on Sunday, in one currency."""
        header, lines = self.sample("--lines", 3000, "--market", "jp", "--seed", 7)
        path = self.write("sunday/orders.txt", header, lines)
        return self.report("sunday", path, "--week-start", "sunday")

    def make_gap(self):
        """Four days of the last whole week are in no file."""
        header, lines = self.sample("--lines", 6000, "--market", "us", "--seed", 3)
        at = column(header, "purchase-date")
        before = [line for line in lines if line.split("\t")[at][:10] < "2026-07-21"]
        after = [line for line in lines if line.split("\t")[at][:10] > "2026-07-24"]
        paths = [self.write("gap/before.txt", header, before), self.write("gap/after.txt", header, after)]
        return self.report("gap", *paths, "--time-zone", "UTC")

    def make_last_evening(self):
        """The last day of the last week is not over in the file: Sunday until noon."""
        header, lines = self.sample("--lines", 6000, "--market", "us", "--seed", 4)
        bought, updated = column(header, "purchase-date"), column(header, "last-updated-date")
        until = "2026-07-26T12:00:00+00:00"
        kept = []
        for line in lines:
            cells = line.split("\t")
            if cells[bought] < until:
                cells[updated] = min(cells[updated], until)
                kept.append("\t".join(cells))
        return self.report("last-evening", self.write("evening/orders.txt", header, kept), "--time-zone", "UTC")

    def make_three_orders(self):
        header, lines = self.sample("--lines", 200, "--market", "us", "--seed", 2)
        orders = []
        for line in lines:
            if line.split("\t")[0] not in orders:
                orders.append(line.split("\t")[0])
        kept = [line for line in lines if line.split("\t")[0] in orders[:3]]
        return self.report("three-orders", self.write("three/orders.txt", header, kept))

    def make_only_unshipped(self):
        header, lines = self.sample("--kind", "unshipped", "--lines", 4000)
        return self.report("only-unshipped", self.write("unshipped/unshipped.txt", header, lines))

    def make_dirty(self):
        header, lines = self.sample("--lines", 3000, "--dirty")
        return self.report("dirty", self.write("dirty/orders.txt", header, lines))

    def make_two_years(self):
        """730 days: the invented year, and the same year 364 days earlier with other order ids."""
        folder = self.folder / "input" / "year"
        self.call("sample", "--lines", 100_000, "--days", 365, "--downloads", 1, "--out", folder)
        [path] = folder.iterdir()
        header, lines = lines_of(path.read_bytes())
        dates = [column(header, name) for name in ("purchase-date", "last-updated-date")]
        earlier = {}
        older = []
        for line in lines:
            cells = line.split("\t")
            for at in dates:
                day = cells[at][:10]
                if day not in earlier:
                    earlier[day] = str(datetime.date.fromisoformat(day) - datetime.timedelta(364))
                cells[at] = earlier[day] + cells[at][10:]
            cells[0] = "9" + cells[0][1:]
            older.append("\t".join(cells))
        older = self.write("year/older.txt", header, older)
        return self.report("two-years", path, older)

    def make_many_skus(self):
        """11,000 SKUs with names of their own."""
        header, lines = self.sample("--lines", 40_000, "--seed", 11)
        sku, name = column(header, "sku"), column(header, "product-name")
        changed = []
        for place, line in enumerate(lines):
            cells = line.split("\t")
            number = (place * 7919) % 11_000
            cells[sku] = f"{number:05}-{cells[1][:3]}-SKU"
            cells[name] = f"{cells[name]} No. {number}"
            changed.append("\t".join(cells))
        return self.report("many-skus", self.write("skus/orders.txt", header, changed))

    def make_hostile(self):
        """Hostile texts in every text column of orders and of a backlog, each beside sound lines of the same days."""
        header, lines = self.sample("--lines", 3000, "--market", "us", "--seed", 9)
        names = header.rstrip("\r\n").split("\t")
        columns = ["merchant-order-id", "order-status", "fulfillment-channel", "sales-channel", "order-channel", "ship-service-level", "product-name", "sku", "asin",
                   "item-status", "ship-city", "ship-state", "ship-postal-code", "ship-country", "promotion-ids", "cpf", "purchase-order-number", "price-designation"]
        at = [names.index(name) for name in columns if name in names]
        changed = []
        for place, line in enumerate(lines):
            cells = line.split("\t")
            if place % 3 == 0:
                text = HOSTILE[(place // 3) % len(HOSTILE)]
                # One column at a time, and every column at once in every seventh such line.
                which = at if (place // 3) % 7 == 0 else [at[(place // 60) % len(at)]]
                for one in which:
                    cells[one] = text
            changed.append("\t".join(cells))
        orders = self.write("hostile/orders.txt", header, changed)
        header, lines = self.sample("--kind", "unshipped", "--lines", 3000, "--market", "us", "--seed", 9)
        names = header.rstrip("\r\n").split("\t")
        columns = ["sku", "product-name", "ship-service-level", "ship-city", "ship-state", "ship-country", "sales-channel", "purchase-order-number", "buyer-name", "recipient-name"]
        at = [names.index(name) for name in columns if name in names]
        changed = []
        for place, line in enumerate(lines):
            cells = line.split("\t")
            if place % 2 == 0:
                text = HOSTILE[(place // 2) % len(HOSTILE)]
                for one in at:
                    cells[one] = text
            changed.append("\t".join(cells))
        unshipped = self.write("hostile/unshipped.txt", header, changed)
        others = self.hostile_fixtures()
        return self.report("hostile", orders, unshipped, *others)

    def hostile_fixtures(self):
        """The other reports of a fixture, with hostile texts in the text cells of every second line."""
        made = []
        for path in sorted((FIXTURES / "other-reports").glob("*.txt")):
            header, lines = lines_of(path.read_bytes())
            changed = []
            for place, line in enumerate(lines):
                cells = line.rstrip("\r\n").split("\t")
                for at, cell in enumerate(cells):
                    # Texts that are no date, number, order id or flag.
                    plain = not any(letter.isdigit() for letter in cell) and cell.lower() not in ("", "true", "false", "y", "n", "yes", "no")
                    if plain and (place + at) % 2 == 0:
                        cells[at] = HOSTILE[(place * 7 + at) % len(HOSTILE)]
                changed.append("\t".join(cells) + "\n")
            made.append(self.write(f"hostile/{path.name}", header, changed))
        return made

    def make_compare(self):
        return self.report("compare", "2026-W29", "2026-W30", FIXTURES / "first-week", command="compare")


class Page:
    """A page and the document that it was made of."""

    def __init__(self, name, path, document):
        self.name, self.path, self.document = name, path, document

    @property
    def url(self):
        return self.path.as_uri()

    def json(self):
        return json.loads(self.document.read_text(encoding=UTF_8))

    def size(self):
        return os.path.getsize(self.path)
