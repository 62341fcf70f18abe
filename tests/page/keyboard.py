"""Everything is reached and used by the keyboard, and the focus is seen."""

from checks import Watched
from filters import READ, TREND

# What the keyboard must reach, by a selector that names it.
FOCUSED = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const all = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")];
  return { place: all.indexOf(element), name: `${element.localName} ${element.name || element.id || element.textContent.slice(0, 40)}`,
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: (() => { const at = document.elementFromPoint(Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width, 20) / 2)), Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height, 20) / 2)));
      return at !== null && !(element === at || element.contains(at) || at.contains(element)) ? `${at.localName}.${at.getAttribute("class")}` : ""; })() };
}"""

REACHABLE = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")];
  return all.map((element, place) => [place, element]).filter(([, element]) => !element.disabled && element.checkVisibility({ contentVisibilityAuto: false }) && !element.closest("[hidden]"))
    .map(([place, element]) => [place, `${element.localName} ${element.name || element.id || element.textContent.slice(0, 40)} in ${element.closest("[id]")?.id}`]);
}"""


def keyboard(checks, browser, pages):
    for name in ("first-week", "only-unshipped"):
        with Watched(browser, pages[name]) as watched:
            tab = watched.tab
            # Tables come to life when they come near: the first round of Tab wakes them, the second one counts.
            reached, unseen, outside, covered = set(), set(), set(), set()
            for _ in range(2):
                watched.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
                reached = set()
                for _ in range(3000):
                    tab.keyboard.press("Tab")
                    found = watched.evaluate(FOCUSED)
                    if not found["inside"] or found["covered"]:
                        # Parts that come near are laid out in the next frames, and the browser keeps the focus in sight.
                        tab.wait_for_timeout(150)
                        found = watched.evaluate(FOCUSED)
                    if found["place"] < 0 or found["place"] in reached and found["name"].startswith("a Skip"):
                        break
                    reached.add(found["place"])
                    for kind, bad in ((unseen, not found["outline"]), (outside, not found["inside"]), (covered, found["covered"])):
                        if bad:
                            kind.add(f"{found['name']} {found['covered']}")
            needed = {place: text for place, text in watched.evaluate(REACHABLE)}
            missed = [text for place, text in needed.items() if place not in reached]
            checks.equal(f"{name}: Tab reaches every filter, sort button, find field, 'show all' and link", missed, [])
            checks.equal(f"{name}: the focus is seen everywhere", sorted(unseen)[:5], [])
            checks.equal(f"{name}: what has the focus is on the screen", sorted(outside)[:5], [])
            checks.equal(f"{name}: what has the focus is not covered", sorted(covered)[:5], [])
            checks.equal(f"{name}: no message or error with the keyboard", watched.told, [])
    with Watched(browser, pages["first-week"]) as watched:
        tab = watched.tab
        before = watched.evaluate(READ)
        for menu, key in (("market", "ArrowDown"), ("ship", "ArrowDown"), ("currency", "End"), ("days", "ArrowDown"), ("against", "End"), ("show", "ArrowDown"), ("by", "ArrowDown"), ("split", "ArrowDown")):
            was = watched.evaluate("name => document.querySelector(`[name=${name}]`).value", menu)
            tab.focus(f"[name={menu}]")
            tab.keyboard.press(key)
            now = watched.evaluate("name => document.querySelector(`[name=${name}]`).value", menu)
            checks.true(f"the keyboard changes {menu}", now != was, f"{was!r} stays")
            checks.equal(f"{menu} keeps the focus", watched.evaluate("document.activeElement.name"), menu)
            checks.true(f"{menu} chosen by keyboard is in the link", f"{menu}=" in tab.url, tab.url)
        checks.true("choices by keyboard change the tiles", watched.evaluate(READ) != before)
        tab.focus("#reset")
        tab.keyboard.press("Enter")
        checks.equal("Reset by keyboard shows the beginning", watched.evaluate(READ), before)
        checks.true("the focus is not lost after Reset", watched.evaluate("document.activeElement !== document.body"))
        # A date typed digit by digit.
        tab.focus("#from")
        for digits in ("07", "01", "2026"):
            tab.keyboard.type(digits)
        checks.equal("a date can be typed", watched.evaluate("document.getElementById('from').value"), "2026-07-01")
        checks.true("a typed date is chosen", "2026-07-01.." in tab.url.replace("%2E", "."), tab.url)
        # The trend.
        tab.focus("#trend")
        tab.keyboard.press("End")
        last = watched.evaluate("document.getElementById('trend-values').textContent")
        tab.keyboard.press("ArrowLeft")
        back = watched.evaluate("document.getElementById('trend-values').textContent")
        checks.true("arrow keys read the values of the trend", "Thu Jul 30" in last and "Wed Jul 29" in back, f"{last} | {back}")
        # A table: sorted, opened and searched.
        table = tab.locator("#skus")
        table.scroll_into_view_if_needed()
        table.locator(".tools button").wait_for()
        shown = "() => [...document.querySelectorAll('#skus tbody tr')].filter(row => row.getClientRects().length).length"
        checks.equal("a long table is folded to ten rows", watched.evaluate(shown), 10)
        table.locator(".tools button").focus()
        tab.keyboard.press("Enter")
        all_rows = watched.evaluate("document.querySelectorAll('#skus tbody tr').length")
        checks.equal("'show all' by keyboard shows all rows", watched.evaluate(shown), all_rows)
        table.locator("thead button").first.focus()
        tab.keyboard.press("Enter")
        order = watched.evaluate("[...document.querySelectorAll('#skus tbody tr')].map(row => row.cells[0].textContent)")
        checks.equal("a heading sorts by keyboard", order, sorted(order, key=lambda text: text.encode("utf-16-be")))
        checks.equal("a sorted heading says so", watched.evaluate("document.querySelector('#skus thead th').ariaSort"), "ascending")
        table.locator(".tools input").focus()
        tab.keyboard.type(order[3])
        checks.true("find shows the rows with a text", 1 <= watched.evaluate(shown) < all_rows)
        # Parts.
        tab.focus('nav a[href="#shipping"]')
        tab.keyboard.press("Enter")
        tab.wait_for_timeout(150)
        checks.equal("a part's link moves the focus there", watched.evaluate("document.activeElement.id"), "shipping")
        checks.equal("no message or error after all this", watched.told, [])
