#!/usr/bin/env python3
"""A pivot table of the workbook, made by LibreOffice and compared with the table of months.

    tests/spreadsheets/pivot.py PROGRAM PATH...

The paths are reports for `ordersift report`. In the sheet By day, LibreOffice groups days by month and year, and sums every measure by
channel, fulfillment and currency. Each sum must equal its row of tables/monthly.csv; months that are partial are compared, too. It needs
LibreOffice with Calc and nothing else."""

import csv
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

KEYS = ("sales_channel", "fulfillment", "currency")
MEASURES = ("orders_placed", "orders", "units", "unpriced_units", "sales")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# The row of the headings, counted from 0.
HEAD = 2

MACRO = """
Sub Pivot(book As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL(book, "_blank", 0, hidden())
  doc.Sheets.insertNewByName("Pivot", 0)
  result = doc.Sheets.getByName("Pivot")
  sheet = doc.Sheets.getByName("By day")
  cursor = sheet.createCursor()
  cursor.gotoEndOfUsedArea(False)
  Dim area As New com.sun.star.table.CellRangeAddress
  area = cursor.RangeAddress
  area.StartColumn = 0 : area.StartRow = HEAD
  pilot = result.DataPilotTables.createDataPilotDescriptor()
  pilot.setSourceRange(area)
  For Each field In Array("period", KEYS)
    pilot.DataPilotFields.getByName(field).Orientation = com.sun.star.sheet.DataPilotFieldOrientation.ROW
  Next
  For Each field In Array(MEASURES)
    measure = pilot.DataPilotFields.getByName(field)
    measure.Orientation = com.sun.star.sheet.DataPilotFieldOrientation.DATA
    measure.Function = com.sun.star.sheet.GeneralFunction.SUM
  Next
  pilot.ShowFilterButton = False
  Dim top As New com.sun.star.table.CellAddress
  top.Sheet = result.RangeAddress.Sheet
  result.DataPilotTables.insertNewByName("Months", top, pilot)
  Dim grouped As New com.sun.star.sheet.DataPilotFieldGroupInfo
  grouped.HasAutoStart = True : grouped.HasAutoEnd = True : grouped.HasDateValues = True
  For Each size In Array("MONTHS", "YEARS")
    If size = "MONTHS" Then
      grouped.GroupBy = com.sun.star.sheet.DataPilotFieldGroupBy.MONTHS
    Else
      grouped.GroupBy = com.sun.star.sheet.DataPilotFieldGroupBy.YEARS
    End If
    result.DataPilotTables.getByName("Months").DataPilotFields.getByName("period").createDateGroup(grouped)
  Next
  Dim saved(1) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName" : saved(0).Value = "Text - txt - csv (StarCalc)"
  saved(1).Name = "FilterOptions" : saved(1).Value = "44,34,76,1,,0,false,false,false,false,false,1"
  doc.storeToURL(target, saved())
  doc.close(True)
End Sub
Sub Main
  Pivot("BOOK", "TARGET")
End Sub
"""

MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}</script:module>
"""


def office(profile, *arguments):
    """Runs LibreOffice to its end."""
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def pivot(folder, book):
    """The rows of the pivot table as LibreOffice saves them."""
    profile = folder / "profile"
    macro = MACRO.replace("HEAD", str(HEAD)).replace("BOOK", book.as_uri())
    macro = macro.replace("TARGET", (folder / "pivot.csv").as_uri())
    for name, values in (("KEYS", KEYS), ("MEASURES", MEASURES)):
        macro = macro.replace(name, ", ".join(f'"{value}"' for value in values))
    # The first run makes the profile with an empty module.
    office(profile, "macro:///Standard.Module1.Main")
    library = profile / "user" / "basic" / "Standard"
    (library / "Module1.xba").write_text(MODULE.format(escape(macro)), encoding="utf-8")
    office(profile, "macro:///Standard.Module1.Main")
    result = folder / "pivot-Pivot.csv"
    for _ in range(50):
        if result.exists():
            break
        time.sleep(0.1)
    with open(result, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def sums(rows):
    """The sums by month and keys. A pivot table writes a key only where it changes, and an unknown one as (empty)."""
    found, key = {}, [""] * 5
    for row in rows[1:]:
        if row[0].startswith("Total"):
            break
        for place, cell in enumerate(row[:5]):
            if cell:
                key[place] = cell
        year, month, *names = key
        names = tuple("" if name == "(empty)" else name for name in names)
        measure = row[5].removeprefix("Sum - ")
        value = Decimal(row[6]).quantize(Decimal("0.0001")) if row[6] else None
        found.setdefault((f"{year}-{MONTHS.index(month) + 1:02}", *names), {})[measure] = value
    return found


def months(path):
    """The rows of the table of months."""
    with open(path, encoding="utf-8", newline="") as file:
        return {
            (row["period"], *(row[key] for key in KEYS)): {
                measure: Decimal(row[measure]).quantize(Decimal("0.0001")) if row[measure] else None
                for measure in MEASURES
            }
            for row in csv.DictReader(file)
        }


def main():
    if len(sys.argv) < 3 or not shutil.which("soffice"):
        sys.exit(__doc__)
    program, *paths = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        out = folder / "out"
        options = ["--format", "xlsx,csv", "--max-rejects", "100%", "--quiet", "--no-config", "--raw-text"]
        subprocess.run([program, "report", *paths, "--out", out, *options], check=True)
        found = sums(pivot(folder, out / "report.xlsx"))
        expected = months(out / "tables" / "monthly.csv")
    for key in sorted(found.keys() | expected.keys()):
        if found.get(key) != expected.get(key):
            sys.exit(f"{key}: the pivot table has {found.get(key)}, the table of months {expected.get(key)}")
    unknown = sum(1 for row in expected.values() if row["sales"] is None)
    print(f"{len(expected)} rows of months are equal, {unknown} of them without known sales")


if __name__ == "__main__":
    main()
