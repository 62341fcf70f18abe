"""Without a script the same numbers are there, and no table is folded."""

from checks import Watched
from filters import READ

TABLES = """() => [...document.querySelectorAll("section.table")].map(section => {
  const text = node => node.textContent.replace(/\\s+/g, " ").trim();
  return [section.id, [...section.querySelectorAll("table.data tbody tr")].map(text)];
})"""

SHOWN = """() => [...document.querySelectorAll("section.table")].map(section => [section.id,
  [...section.querySelectorAll("table.data tbody tr")].filter(row => getComputedStyle(row).display === "none").length])"""


def still(checks, browser, pages):
    for name, page in pages.items():
        with Watched(browser, page, script=False) as without:
            has_tiles = without.evaluate("document.getElementById('tiles') !== null")
            first = without.evaluate(READ) if has_tiles else None
            tables = without.evaluate(TABLES)
            folded = [found for found in without.evaluate(SHOWN) if found[1]]
            hidden = without.evaluate("[...document.querySelectorAll('.filters, .tools, #trend-choices')].filter(part => part.getClientRects().length).length")
            checks.equal(f"{name}: no table is folded without script", folded, [])
            checks.equal(f"{name}: nothing that needs the script is shown without it", hidden, 0)
            checks.equal(f"{name}: no message or request without script", without.told, [])
        with Watched(browser, page) as with_script:
            if has_tiles:
                again = with_script.evaluate(READ)
                for part in ("tiles", "others", "sold", "totals", "note"):
                    checks.equal(f"{name}: {part} are the same without script", first[part], again[part])
            checks.equal(f"{name}: tables are the same without script", tables, with_script.evaluate(TABLES))
