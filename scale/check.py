"""Compares every cell of the views with `ordersift report`, on every engine.

    python3 scale/check.py --ordersift target/release/ordersift
    python3 scale/check.py --ordersift target/release/ordersift --engines spark
    python3 scale/check.py --ordersift target/release/ordersift --mutate
    python3 scale/check.py --ordersift target/release/ordersift --only-reports --reports shop=reports/shop
    python3 scale/check.py --ordersift target/release/ordersift --time reports/shop --engines duckdb,datafusion,spark

Exit code 0: no cell differs. 1: cells differ, or a broken rule was not found. 2: the check could not run.
"""

import argparse
import collections
import datetime
import decimal
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from pyarrow import dataset

import accounts
import engines
import faults
import mutations
import timings

HERE = os.path.dirname(os.path.abspath(__file__))


def call(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"check: {' '.join(command)}\n{done.stderr}")
    return done.stdout


def listed(ordersift):
    """The views by the table that they give."""
    tables = {}
    for line in call([ordersift, "sql", "--list"]).splitlines():
        table, kind, *rest = line.split()
        if kind == "view":
            tables[table] = rest[0].rstrip(",")
    return tables


def given(view, rows):
    """The rows of a table that its view gives."""
    return [row for row in rows if view != "cancellations" or row["group_type"] != "sku" or row["cancelled_lines"]]


class Check:
    """A lake of some accounts, and what `report` says of each."""

    def __init__(self, ordersift, work, names):
        self.ordersift, self.work, self.names = ordersift, work, names
        self.lake = os.path.join(work, "lake")
        self.inputs = os.path.join(work, "accounts")
        command = [ordersift, "convert", "--each", "--out", self.lake, "--max-rejects", "100%", "--no-config"]
        for name in names:
            command += ["--account", f"{name}={os.path.join(self.inputs, name)}"]
        print("convert:", call(command).strip(), flush=True)
        self.tables = listed(ordersift)
        self.files = dataset.dataset(os.path.join(self.lake, "files"), format="parquet").to_table(["account", "name", "file"]).to_pylist()
        self.expected = {name: self.report(name) for name in names}

    def report(self, name):
        """What `report` says of an account: of its all-orders and unshipped reports, which are all that a lake holds."""
        folder = os.path.join(self.inputs, name)
        converted = {row["name"] for row in self.files if row["account"] == name}
        command = [self.ordersift, "report", "--max-rejects", "100%", "--no-config", "--format", "json", "--account"]
        tables = json.loads(call([*command, f"{name}={folder}"]))["tables"]
        others = {row["file"] for row in tables["sources"]["rows"]} - converted
        if not others:
            return tables
        kept = os.path.join(self.work, "only", name)
        shutil.copytree(folder, kept)
        for other in others:
            os.remove(os.path.join(kept, other))
        return json.loads(call([*command, f"{name}={kept}"]))["tables"] if os.listdir(kept) else None

    def script(self, dialect, *more):
        return call([self.ordersift, "sql", "--dialect", dialect, "--lake", self.lake, *more])

    def compare(self, engine, tables=None):
        """Cells compared and differing, by table, and the first differences."""
        compared, differing, first = collections.Counter(), collections.Counter(), []
        for table, view in self.tables.items():
            if tables and table not in tables:
                continue
            found = collections.defaultdict(list)
            for row in engine.rows(view):
                found[row.pop("account")].append(row)
            for name in set(found) - set(self.names):
                differing[table] += 1
                first.append(f"{table}: rows of an account that is not there: {name}")
            for name, report in self.expected.items():
                rows = given(view, report[table]["rows"] if report else [])
                cells, wrong, example = difference(rows, found[name])
                compared[table] += cells
                differing[table] += wrong
                if wrong:
                    first.append(f"{table} of {name}: {example}")
        return compared, differing, first


def plain(value):
    """A value as text: numbers without zeros at their ends, days as in the report."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, decimal.Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value


def difference(expected, found):
    """Cells compared, cells that differ, and an example."""
    if not expected and not found:
        return 0, 0, None
    columns = [column for column in (found[0] if found else expected[0]) if column != "position"]
    ordered = bool(found) and "position" in found[0]
    if ordered:
        found = sorted(found, key=lambda row: row["position"])
    missing = [column for column in columns if expected and column not in expected[0]]
    if missing:
        return len(expected), len(expected), f"no such column in the report: {missing}"
    numbers = [column for column in columns if any(isinstance(row[column], decimal.Decimal) for row in found)]

    def cells(row, told):
        values = []
        for column in columns:
            value = row[column]
            if told and column in numbers and value is not None:
                value = decimal.Decimal(value)
            values.append(plain(value))
        return values

    left, right = [cells(row, True) for row in expected], [cells(row, False) for row in found]
    if not ordered:
        left.sort(key=repr)
        right.sort(key=repr)
    total = max(len(left), len(right)) * len(columns)
    wrong, example = abs(len(left) - len(right)) * len(columns), None
    if wrong:
        example = f"{len(left)} rows expected, {len(right)} found"
        odd = [row for row in left if row not in right][:1] + [row for row in right if row not in left][:1]
        example += f"; {odd}"
    else:
        for told, made in zip(left, right):
            for column, a, b in zip(columns, told, made):
                if a != b or type(a) is not type(b):
                    wrong += 1
                    example = example or f"{column} is {b!r}, expected {a!r}, in {dict(zip(columns, told))}"
    return total, wrong, example


def run(check, engine, script, tables=None):
    for statement in engines.statements(script):
        engine.run(statement)
    problems = engine.rows("lake_problems")
    if problems:
        return collections.Counter(), collections.Counter({"lake_problems": len(problems)}), [str(problems[:3])]
    return check.compare(engine, tables)


def shown(engine, took, compared, differing, first):
    for table in compared:
        print(f"  {table:26} {compared[table]:>10,} cells {differing[table]:>8,} differ")
    for line in first[:12]:
        print("   ", line[:900])
    print(f"{engine.name} {engine.version}: {sum(compared.values()):,} cells compared, {sum(differing.values()):,} differ, {took:.1f} s", flush=True)


def mutate(check, word):
    """Breaks one rule after the other and asks whether a cell differs then."""
    script = check.script("duckdb", "--materialize")
    missed = 0
    rules = [rule for rule in mutations.RULES if not word or word in rule[0]]
    for rule, old, new in rules:
        if old not in script:
            print(f"  the rule is not in the script: {rule}: {old}")
            missed += 1
            continue
        engine = engines.DuckDB()
        try:
            _, differing, _ = run(check, engine, script.replace(old, new))
            wrong = sum(differing.values())
            where = ", ".join(table for table, count in differing.items() if count)
        except Exception as error:  # noqa: BLE001
            wrong, where = 0, f"the engine refuses: {error}"
        engine.close()
        missed += not wrong
        print(f"  {'found' if wrong else 'MISSED':7} {rule}: {wrong:,} cells in {where[:120]}")
    print(f"{len(rules)} rules broken, {missed} not found")
    return missed


def broken(ordersift, work):
    """A small lake to be broken."""
    small = os.path.join(work, "faults")
    faults.make(os.path.join(small, "accounts", faults.ACCOUNT), ordersift)
    return Check(ordersift, small, [faults.ACCOUNT])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ordersift", required=True, help="the program")
    parser.add_argument("--engines", default="duckdb,datafusion", help="a list of duckdb, datafusion, spark")
    parser.add_argument("--accounts", type=int, default=40, help="how many accounts are made by hand")
    parser.add_argument("--lines", type=int, default=20000, help="lines of an invented report")
    parser.add_argument("--no-fixtures", action="store_true", help="leave the fixtures out")
    parser.add_argument("--only", help="a list of tables")
    parser.add_argument("--mutate", action="store_true", help="break each rule in turn, and see it found")
    parser.add_argument("--rules", metavar="WORD", help="with --mutate, only rules that say this")
    parser.add_argument("--reports", action="append", default=[], metavar="NAME=PATH", help="reports of your own as further accounts")
    parser.add_argument("--only-reports", action="store_true", help="compare the accounts of --reports alone")
    parser.add_argument("--time", metavar="FOLDER", help="take times over the reports of this folder, and compare the answers")
    parser.add_argument("--limit", type=int, default=300, metavar="SECONDS", help="with --time, what a step may take (300)")
    parser.add_argument("--keep", help="keep all files in this folder")
    args = parser.parse_args()
    # What was started is stopped, however this ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
    ordersift = os.path.abspath(args.ordersift)
    work = args.keep or tempfile.mkdtemp(prefix="ordersift-scale-")
    try:
        if args.time:
            return int(timings.check(ordersift, os.path.abspath(args.time), args.engines.split(","), args.limit, work))
        root = os.path.join(work, "accounts")
        fixtures = None if args.no_fixtures else os.path.join(HERE, "..", "fixtures")
        names = [] if args.only_reports else accounts.all_accounts(root, ordersift, fixtures, args.accounts, args.lines)
        for report in args.reports:
            name, path = report.split("=", 1)
            shutil.copytree(path, os.path.join(root, name))
            names.append(name)
        check = Check(ordersift, work, names)
        if args.mutate:
            return int(mutate(check, args.rules) > 0)
        small = broken(ordersift, work)
        failed = False
        for name in args.engines.split(","):
            if name == "spark":
                import spark

                failed |= spark.check(check, small, run, shown, args.only)
                continue
            made = {"duckdb": engines.DuckDB, "datafusion": engines.DataFusion}[name]
            engine = made()
            begun = time.time()
            compared, differing, first = run(check, engine, check.script(name, "--materialize"), args.only and args.only.split(","))
            shown(engine, time.time() - begun, compared, differing, first)
            engine.close()
            failed |= sum(differing.values()) > 0 or not sum(compared.values())
            failed |= faults.check(small, made, name, "--materialize") > 0
        return int(failed)
    finally:
        if not args.keep:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
