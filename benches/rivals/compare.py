"""Compares a rival's answers with ordersift's, cell by cell; says where they differ and fails."""

import json
import sys
from pathlib import Path

TABLES = ["fulfillment", "status", "channels", "daily", "skus"]


def differences(ours, theirs):
    """Every difference as a line of text; first the missing rows, then the cells."""
    for table in TABLES:
        mine, other = ours["tables"][table]["rows"], theirs[table]
        if len(mine) != len(other):
            yield f"{table}: {len(mine)} rows, the rival has {len(other)}"
        for at, (mine, other) in enumerate(zip(mine, other)):
            for column in mine.keys() | other.keys():
                if mine.get(column, "missing") != other.get(column, "missing"):
                    yield (f"{table}, row {at}, {column}: {mine.get(column, 'missing')!r}, the rival says "
                           f"{other.get(column, 'missing')!r} (row: {json.dumps(mine, ensure_ascii=False)[:200]})")


def cells(theirs):
    return sum(len(row) for table in TABLES for row in theirs[table])


if __name__ == "__main__":
    ours, theirs = (json.loads(Path(path).read_text()) for path in sys.argv[1:3])
    found = list(differences(ours, theirs))
    for line in found[:10]:
        print(line)
    if found:
        sys.exit(f"{len(found)} differences")
    print(f"{cells(theirs)} cells agree")
