"""Filters show the sums of the JSON document, and a link restores what was chosen."""

import datetime
import random

from checks import Watched
from expected import Document, Overview

SEED = 20261125
# Random choices by page: 50 and more in all.
CHOICES = {"first-week": 10, "currencies": 14, "gap": 8, "sunday": 6, "multi-channel": 4, "hostile": 8, "two-years": 8, "three-orders": 2, "dirty": 4}

# Choices that chance may not meet: the day that is not over, whole months and weeks against those of the year before.
FIXED = {
    "first-week": [{"days": "2026-07-30..2026-07-30"}, {"days": "2026-07-01..2026-07-29"}, {"market": "Non-Amazon"}],
    "two-years": [
        {"against": "year"},
        {"against": "year", "days": "28", "by": "week"},
        {"against": "year", "days": "2026-02-01..2026-02-28", "by": "month"},
        {"days": "2026-03-01..2026-03-31"},
        {"against": "year", "days": "2025-12-15..2026-01-10", "by": "week", "show": "orders"},
    ],
}

READ = """() => {
  const text = node => (node?.textContent ?? "").replace(/\\s+/g, " ").trim();
  const rows = part => [...(part?.rows ?? [])].map(row => [...row.cells].map(text));
  const tiles = [...document.querySelectorAll("#tiles .tile")].map(tile => {
    const big = tile.querySelector(".big").cloneNode(true);
    const partial = big.querySelector(".partial");
    partial?.remove();
    return { name: text(tile.querySelector("h3")), value: text(big), delta: text(tile.querySelector(".delta")), partial: partial !== null };
  });
  const others = document.getElementById("others");
  const sold = document.getElementById("sold");
  return {
    tiles,
    others: others.hidden ? [] : rows(others.tBodies[0]),
    sold: rows(sold.tBodies[0]),
    totals: rows(sold.tFoot),
    note: text(document.getElementById("tiles-note")),
    chosen: [document.getElementById("from")?.value, document.getElementById("to")?.value],
  };
}"""

# The values of every period, as the arrow keys read them.
TREND = """() => {
  const trend = document.getElementById("trend");
  const text = node => (node?.textContent ?? "").replace(/\\s+/g, " ").trim();
  const press = key => trend.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const read = () => {
    const found = { heading: "", values: {}, comparison: null, lacks: "" };
    for (const item of document.querySelectorAll("#trend-values li")) {
      const value = item.querySelector("strong");
      if (item.matches(".when")) { found.heading = text(item); continue; }
      if (item.matches(".warn")) { found.lacks = text(item); continue; }
      if (item.querySelector(".dashed")) { found.comparison = text(value); continue; }
      found.values[text(item).slice(0, text(item).length - text(value).length).trim()] = text(value);
    }
    return found;
  };
  press("Home");
  const all = [read()];
  for (let more = 0; more < 2000; more++) {
    press("ArrowRight");
    const next = read();
    if (next.heading === all[all.length - 1].heading) break;
    all.push(next);
  }
  return all;
}"""

FIRST = {"market": "", "ship": "", "currency": "", "days": "shown", "against": "before", "by": "day", "show": "sales", "split": "channel"}


def shown_text(text):
    """A text as the page shows it: characters that steer a terminal or a reading direction are replaced."""
    return " ".join(text.split())


def options_of(watched, name):
    """The values of a menu that can be chosen; only the present one if the menu is disabled."""
    return watched.evaluate(
        "name => { const menu = document.querySelector(`[name=${name}]`); return menu.disabled ? [menu.value] : [...menu.options].map(option => option.value); }", name
    )


def random_choice(chance, menus, document):
    choice = {name: chance.choice(values) for name, values in menus.items()}
    # Every third choice has all marketplaces, every second all currencies: else most choices leave nothing.
    for name, part in (("market", 0.4), ("ship", 0.5), ("currency", 0.5)):
        if chance.random() < part:
            choice[name] = ""
    if choice["days"] == "two" or chance.random() < 0.25:
        days = [document.first + datetime.timedelta(chance.randrange((document.last - document.first).days + 1)) for _ in range(2)]
        choice["days"] = f"{min(days)}..{max(days)}"
    return choice


def choose(watched, now, choice):
    """Sets menus and dates as a person does."""
    tab = watched.tab
    for name, value in choice.items():
        if value == now[name]:
            continue
        if name == "days" and ".." in value:
            first, last = value.split("..")
            tab.evaluate("""([first, last]) => {
              const [from, to] = ["from", "to"].map(id => document.getElementById(id));
              from.value = first; to.value = last;
              to.dispatchEvent(new Event("change", { bubbles: true }));
            }""", [first, last])
        else:
            tab.select_option(f"[name={name}]", value)


def written(choice):
    return " ".join(f"{name}={value[:40]}" for name, value in choice.items() if value != FIRST[name]) or "as at the beginning"


def compare(checks, name, watched, document, choice):
    overview = Overview(document, choice)
    found = watched.evaluate(READ)
    label = f"{name}: {written(choice)}"
    _, tiles = overview.tiles_of(overview.currencies[0])
    expected = [{"name": title, "value": value if value is not None else "unpriced" if title == "Sales" else "–", "delta": f"{changed} {difference}".strip(), "partial": overview.partial} for title, value, changed, difference in tiles]
    for tile in expected:
        tile["value"] = tile["value"] or "–"
    checks.equal(f"{label}: tiles", found["tiles"], expected)
    others = []
    for currency in overview.currencies[1:]:
        row = [currency or "no price"]
        for place, (title, value, changed, _) in enumerate(overview.tiles_of(currency)[1]):
            row.append(value if value is not None else "unpriced" if title == "Sales" else "")
            row += [changed] if place < 3 else []
        others.append(row)
    checks.equal(f"{label}: other currencies", found["others"], others)
    rows, totals = overview.sold()
    texts = [[shown_text(cell) for cell in row] + [""] for row in rows]
    checks.equal(f"{label}: where it sold", found["sold"], texts or [["Nothing was sold on these days with these filters."]])
    checks.equal(f"{label}: totals of where it sold", found["totals"][:14], [[*row, ""] for row in totals][:14])
    checks.equal(f"{label}: days", found["chosen"], [str(overview.first), str(overview.last)])
    trend = watched.evaluate(TREND)
    periods = overview.trend()
    for period in periods:
        period["values"] = {shown_text(key): value for key, value in period["values"].items()}
    checks.equal(f"{label}: periods of the trend", [one["heading"] for one in trend], [one["heading"] for one in periods])
    checks.equal(f"{label}: values of the trend", [one["values"] for one in trend], [one["values"] for one in periods])
    checks.equal(f"{label}: comparison of the trend", [one["comparison"] or "" for one in trend], [one["comparison"] or "" for one in periods])


def filters(checks, browser, pages):
    chance = random.Random(SEED)
    for name, count in CHOICES.items():
        document = Document(pages[name].json())
        with Watched(browser, pages[name]) as watched:
            menus = {menu: options_of(watched, menu) for menu in FIRST}
            now = dict(FIRST)
            compare(checks, name, watched, document, now)
            for choice in [*({**FIRST, **fixed} for fixed in FIXED.get(name, [])), *(random_choice(chance, menus, document) for _ in range(count))]:
                choose(watched, now, choice)
                now = choice
                compare(checks, name, watched, document, now)
            checks.equal(f"{name}: no message, error or request with filters", watched.told, [])


def links(checks, browser, pages):
    chance = random.Random(SEED + 1)
    for name in ("first-week", "currencies", "hostile"):
        document = Document(pages[name].json())
        with Watched(browser, pages[name]) as watched:
            start = watched.evaluate(READ), watched.evaluate(TREND)
            menus = {menu: options_of(watched, menu) for menu in FIRST}
            now = dict(FIRST)
            for _ in range(3):
                choice = random_choice(chance, menus, document)
                choose(watched, now, choice)
                now = choice
                url = watched.tab.url
                shown = watched.evaluate(READ), watched.evaluate(TREND)
                with Watched(browser, pages[name], hash="#" + url.partition("#")[2]) as other:
                    checks.equal(f"{name}: a link restores {written(choice)}", (other.evaluate(READ), other.evaluate(TREND)), shown)
                    menus_shown = other.evaluate("names => Object.fromEntries(names.map(name => [name, document.querySelector(`[name=${name}]`).value]))", list(FIRST))
                    checks.equal(f"{name}: the menus of a link show {written(choice)}", menus_shown, {**choice, "days": "two" if ".." in choice["days"] else choice["days"]})
                    checks.equal(f"{name}: no message, error or request with a link", other.told, [])
            watched.tab.click("#reset")
            checks.equal(f"{name}: Reset shows the beginning again", (watched.evaluate(READ), watched.evaluate(TREND)), start)
        if name == "hostile":
            # Its channels have the very names that the links below ask for.
            continue
        # The first ones by opening the page, the others by a change of its hash.
        for hash in UNKNOWN[:3]:
            with Watched(browser, pages[name], hash=hash) as other:
                unchanged(checks, name, other, hash, start)
        with Watched(browser, pages[name], hash="#overview?days=28&by=week") as other:
            for hash in UNKNOWN[3:]:
                other.evaluate("hash => new Promise(done => { addEventListener('hashchange', () => setTimeout(done), { once: true }); location.hash = hash; })", hash)
                unchanged(checks, name, other, hash, start)
        # A part and a table are reached by their link, with choices and without.
        for hash in ("#data", "#sources", "#data?by=week", "#skus?show=units"):
            with Watched(browser, pages[name], hash=hash) as other:
                other.tab.wait_for_timeout(150)
                seen = other.evaluate("id => { const box = document.getElementById(id).getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0; }", hash[1:].split("?")[0])
                checks.true(f"{name}: {hash} shows its part", seen)
    # Links to parts keep the choices, and Back returns.
    with Watched(browser, pages["first-week"], hash="#overview?days=28") as watched:
        watched.tab.click('nav a[href="#data"]')
        checks.equal("a link to a part keeps the choices", watched.tab.url.partition("#")[2], "data?days=28")
        watched.tab.go_back()
        checks.equal("Back returns to the part before", watched.tab.url.partition("#")[2], "overview?days=28")


def unchanged(checks, name, watched, hash, start):
    checks.equal(f"{name}: {hash[:60]} changes nothing", (watched.evaluate(READ), watched.evaluate(TREND)), start)
    checks.equal(f"{name}: {hash[:60]} runs nothing", [watched.evaluate("window.xss ?? null"), watched.told], [None, []])


UNKNOWN = [
    "#nowhere",
    "#overview?market=Amazon.nowhere&ship=drone&currency=XXX&days=99&against=never&by=hour&show=profit&split=color",
    "#overview?days=2026-99-99..2026-13-01&by=",
    "#overview?days=1900-01-01..1900-01-02",
    "#overview?days=2026-07-20..2026-07-10",
    "#overview?__proto__=x&constructor=x&toString=x&hasOwnProperty=1",
    "#overview?market=__proto__&currency=constructor&show=toString&by=valueOf",
    "#overview?market=%3Cimg%20src%3Dx%20onerror%3Dwindow.xss%3D7%3E",
    "#<img src=x onerror=window.xss=8>",
    '#"><script>window.xss=9</script>?days=<script>window.xss=10</script>',
    "#javascript:window.xss=11",
    "#%",
    "#overview?%E0%A4%A=%",
    "#?" + "a=1&" * 2000,
]
