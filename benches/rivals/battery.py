"""What DuckDB and Polars make of the battery: files as they are polluted on the way, one misfortune each.

    ORDERSIFT_BATTERY=DIR cargo test --test all battery::
    python benches/rivals/battery.py DIR

Every program is asked for two numbers that every report has, lines and units, the way its users ask: as it reads a
tab-separated file by itself, and with the setting people add when that fails. An answer is right, a refusal is loud, and
everything else is silent: numbers that are wrong, and nothing that says so.
"""

import json
import pathlib
import sys

import duckdb
import polars


def duckdb_plain(path, quantity):
    return duckdb_with(path, quantity, "delim='\\t', header=true")


def duckdb_tolerant(path, quantity):
    return duckdb_with(path, quantity, "delim='\\t', header=true, ignore_errors=true")


def duckdb_with(path, quantity, settings):
    query = f'SELECT count(*), sum(TRY_CAST("{quantity}" AS BIGINT)) FROM read_csv(?, {settings})'
    return duckdb.execute(query, [str(path)]).fetchone()


def polars_plain(path, quantity):
    return polars_with(path, quantity)


def polars_tolerant(path, quantity):
    return polars_with(path, quantity, ignore_errors=True, truncate_ragged_lines=True)


def polars_with(path, quantity, **settings):
    frame = polars.read_csv(path, separator="\t", **settings)
    units = frame.select(polars.col(quantity).cast(polars.Int64, strict=False).sum()).item()
    return frame.height, units


PROGRAMS = {
    "DuckDB": duckdb_plain,
    "DuckDB, ignore_errors": duckdb_tolerant,
    "Polars": polars_plain,
    "Polars, ignore_errors": polars_tolerant,
}


def outcome(program, entry, folder):
    try:
        lines, units = program(folder / entry["file"], entry["quantity"])
    except Exception:
        return "loud"
    if entry["fate"] == "refused":
        # Where these two numbers are still right, nothing is lost that was asked for.
        return "right" if (lines, units or 0) == (entry["all_lines"], entry["all_units"]) else "silent"
    # Whoever keeps a line of which another cell is bad is right too: between the lines that are sound and all of them.
    lines_right = entry["lines"] <= lines <= entry["all_lines"]
    units_right = entry["units"] <= (units or 0) <= entry["all_units"]
    return "right" if lines_right and units_right else "silent"


def main():
    folder = pathlib.Path(sys.argv[1])
    battery = json.loads((folder / "battery.json").read_text())
    fates = {
        "same": "harmless: all lines are there",
        "rejects": "a few bad lines: the others are there",
        "refused": "no report, or half of one",
    }
    print(f"{len(battery)} files; right / refused aloud / **silently wrong**; DuckDB {duckdb.__version__}, Polars {polars.__version__}\n")
    print("| what happened to the file | files | ordersift | " + " | ".join(PROGRAMS) + " |")
    print("|---|---|---|" + "---|" * len(PROGRAMS))
    losses = {name: [] for name in PROGRAMS}
    for fate, title in fates.items():
        entries = [entry for entry in battery if entry["fate"] == fate]
        right = len(entries)
        cells = [f"0 / {right} / 0" if fate == "refused" else f"{right} / 0 / 0"]
        for name, program in PROGRAMS.items():
            counts = {"right": 0, "loud": 0, "silent": 0}
            for entry in entries:
                found = outcome(program, entry, folder)
                counts[found] += 1
                if found == "silent":
                    losses[name].append(f"{entry['kind']}: {entry['name']}")
            cells.append(f"{counts['right']} / {counts['loud']} / **{counts['silent']}**")
        print(f"| {title} | {len(entries)} | " + " | ".join(cells) + " |")
    if "--list" in sys.argv:
        for name, silent in losses.items():
            print(f"\n{name}, silently wrong: " + "; ".join(silent))


main()
