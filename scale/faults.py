"""Lakes that are not whole, or hold files of another version or program: an error or the right answer, never a wrong sum."""

import copy
import glob
import os
import shutil
import subprocess
from decimal import Decimal

import pyarrow
from pyarrow import parquet

import engines

ACCOUNT = "fault"


def make(folder, ordersift):
    """Two downloads that overlap and a backlog."""
    os.makedirs(folder)
    for name, more in [("a.txt", []), ("b.txt", ["--overlap"]), ("open.txt", ["--kind", "unshipped"])]:
        command = [ordersift, "sample", "--lines", "400", "--seed", "8", "--out", os.path.join(folder, name), "--quiet"]
        subprocess.run(command + more, check=True, stdout=subprocess.DEVNULL)


class Lake:
    """A copy of the lake, and the two files of one of its inputs."""

    def __init__(self, folder, sum_of_content):
        self.folder = folder
        self.lines, = glob.glob(os.path.join(folder, "lines", "*", sum_of_content + ".parquet"))
        self.row, = glob.glob(os.path.join(folder, "files", "*", sum_of_content + "-*.parquet"))

    def beside(self, path, name="other.parquet"):
        return os.path.join(os.path.dirname(path), name)


def cut(path, keep):
    with open(path, "rb") as file:
        content = file.read()
    with open(path, "wb") as file:
        file.write(content[: int(len(content) * keep)])


def changed(path, to, change, version=None):
    """Writes a Parquet file with another table, under the metadata of the one at `path`."""
    table = parquet.read_table(path, partitioning=None)
    metadata = dict(table.schema.metadata or {})
    table = change(table)
    for key in list(metadata):
        if version and key.startswith(b"ordersift.lake"):
            metadata[key] = version
    parquet.write_table(table.replace_schema_metadata(metadata), to)


def one_column_more(table):
    return table.append_column("gift_wrap_note", pyarrow.array(["none"] * table.num_rows))


def of_version(number):
    def change(table):
        at = table.schema.get_field_index("schema_version")
        return table.set_column(at, table.schema.field(at), pyarrow.array([number] * table.num_rows, table.schema.field(at).type))

    return change


def newer(lake):
    changed(lake.lines, lake.lines, one_column_more, b"2")
    changed(lake.row, lake.row, of_version(2), b"2")


def older(lake):
    changed(lake.lines, lake.lines, lambda table: table.drop_columns(["promotion_families"]), b"0")
    changed(lake.row, lake.row, lambda table: of_version(0)(table).drop_columns(["newest_update_timed"]), b"0")


def stranger(path):
    parquet.write_table(pyarrow.table({"sales": [1.5, 2.5], "city": ["Köln", "Oslo"]}), path)


def floats(table):
    """The same columns, of an account of its own, with amounts and numbers as floats."""
    columns = {}
    for field in table.schema:
        values = table[field.name].to_pylist()
        if pyarrow.types.is_decimal(field.type) or pyarrow.types.is_integer(field.type):
            values = [None if value is None else float(value) + float(Decimal("0.1")) for value in values]
        if field.name in ("account", "file"):
            values = ["other"] * len(values)
        columns[field.name] = values
    return pyarrow.table(columns)


# What is done to the lake; whether the answer is then that of all reports, of all but the one, or an error; whether lake_problems
# has a row, unless asking is an error. An error is always allowed.
WHOLE, WITHOUT, ERROR = "that of all reports", "that of the other reports", "an error"
FAULTS = [
    ("lines are cut in half", lambda lake: cut(lake.lines, 0.5), ERROR, None),
    ("lines end before their last byte", lambda lake: cut(lake.lines, 0.999), ERROR, None),
    ("a file of lines is empty", lambda lake: cut(lake.lines, 0), ERROR, True),
    ("a file of lines is missing", lambda lake: os.remove(lake.lines), ERROR, True),
    ("lines are there twice", lambda lake: shutil.copy(lake.lines, lake.beside(lake.lines)), ERROR, True),
    ("a row is cut in half", lambda lake: cut(lake.row, 0.5), ERROR, None),
    ("a row is empty", lambda lake: cut(lake.row, 0), WITHOUT, True),
    ("a row is missing", lambda lake: os.remove(lake.row), WITHOUT, True),
    ("a row is there twice", lambda lake: shutil.copy(lake.row, lake.beside(lake.row)), WHOLE, False),
    ("a newer version beside this one", newer, ERROR, True),
    ("an older version beside this one", older, ERROR, True),
    ("a column more, of this version", lambda lake: changed(lake.lines, lake.lines, one_column_more), WHOLE, False),
    ("another program's Parquet among lines", lambda lake: stranger(lake.beside(lake.lines)), WHOLE, True),
    ("another program's Parquet among rows", lambda lake: stranger(lake.beside(lake.row)), ERROR, True),
    ("another program's Parquet with our names among lines", lambda lake: changed(lake.lines, lake.beside(lake.lines), floats), WHOLE, True),
]


def check(whole, make_engine, dialect, *script, tables=None):
    """Breaks the lake in each way and asks an engine for all tables, or for some that come first. How many answers were wrong."""
    files = {row["name"]: row["file"] for row in whole.files}
    folder = os.path.join(whole.inputs, ACCOUNT)
    without = copy.copy(whole)
    without.work = os.path.join(whole.work, "without")
    without.inputs = os.path.join(without.work, "accounts")
    if not os.path.isdir(without.inputs):
        shutil.copytree(folder, os.path.join(without.inputs, ACCOUNT))
        os.remove(os.path.join(without.inputs, ACCOUNT, "b.txt"))
    without.expected = {ACCOUNT: without.report(ACCOUNT)}
    wrong, errors, right = 0, 0, 0
    for what, do, expected, told in FAULTS:
        lake = os.path.join(whole.work, "broken")
        shutil.rmtree(lake, ignore_errors=True)
        shutil.copytree(whole.lake, lake)
        do(Lake(lake, files["b.txt"]))
        asked = copy.copy(without if expected is WITHOUT else whole)
        asked.lake = lake
        engine = make_engine()
        problems, cells, first = None, 0, []
        try:
            try:
                wanted = set(tables or [])
                for statement in engines.statements(asked.script(dialect, *script)):
                    engine.run(statement)
                    wanted -= {table for table in wanted if f" VIEW {table} AS" in statement}
                    if tables and not wanted:
                        break
            finally:
                try:
                    problems = len(engine.rows("lake_problems"))
                except Exception:  # noqa: BLE001
                    problems = None
            compared, differing, first = asked.compare(engine, tables)
            cells, differ = sum(compared.values()), sum(differing.values())
            ended = "the right answer" if cells and not differ else f"{differ} wrong cells"
        except Exception as error:  # noqa: BLE001
            ended = "an error: " + " ".join(str(error).split())[:100]
        engine.close()
        fault = "wrong cells" in ended or (expected is ERROR and not ended.startswith("an error"))
        # What is left out, or is there and does not count, is always named; asking may be an error too.
        fault |= told is not None and problems is not None and bool(problems) != told
        wrong += fault
        errors += ended.startswith("an error")
        right += ended == "the right answer"
        said = "is an error" if problems is None else f"has {problems} rows"
        print(f"  {'WRONG' if fault else 'ok':6} {what}: {ended}; lake_problems {said}")
        for line in first[:2] if fault else []:
            print("   ", line[:400])
    print(f"{dialect}: {len(FAULTS)} broken lakes, {errors} errors, {right} right answers, {wrong} wrong", flush=True)
    return wrong
