"""Size, first paint and filters of the largest pages."""

from checks import Watched

BYTES = 1_000_000
PAINT, FILTER = 300, 100
# The script has drawn by then, on a machine that does other things besides.
DRAWN = 600
TRIES = 5

# The first paint, which does not wait for the script, and the end of the script, which runs when the page is parsed.
PAINTED = """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(
  [performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 1e9, performance.getEntriesByType("navigation")[0].domInteractive]))))"""

# From the choice to the end of the frame that shows it.
CHOSEN = """([name, value]) => new Promise(done => {
  const menu = document.querySelector(`[name=${name}]`);
  const before = menu.value;
  menu.value = value;
  const begun = performance.now();
  menu.dispatchEvent(new Event("change", { bubbles: true }));
  document.body.getBoundingClientRect();
  const drawn = performance.now() - begun;
  requestAnimationFrame(() => setTimeout(() => {
    menu.value = before;
    menu.dispatchEvent(new Event("change", { bubbles: true }));
    done(drawn);
  }));
})"""


def speed(checks, browser, pages):
    for name in ("many-skus", "two-years", "hostile"):
        checks.at_most(f"{name}: bytes", pages[name].size(), BYTES)
    for name in ("many-skus", "two-years"):
        paints, drawn = [], []
        for _ in range(TRIES):
            with Watched(browser, pages[name]) as watched:
                paint, end = watched.evaluate(PAINTED)
                paints.append(paint)
                drawn.append(end)
        checks.at_most(f"{name}: first paint with script, ms", round(min(paints)), PAINT)
        checks.at_most(f"{name}: the script has drawn, ms", round(min(drawn)), DRAWN)
        with Watched(browser, pages[name]) as watched:
            menus = {
                menu: watched.evaluate("name => { const menu = document.querySelector(`[name=${name}]`); return [...menu.options].filter(option => !option.selected && option.value !== 'two').map(option => option.value); }", menu)
                for menu in ("market", "ship", "currency", "days", "against", "by", "show", "split")
            }
            for menu, values in menus.items():
                slowest = 0
                for value in values:
                    times = []
                    for _ in range(TRIES):
                        times.append(watched.evaluate(CHOSEN, [menu, value]))
                        if times[-1] < FILTER / 2:
                            break
                    slowest = max(slowest, min(times))
                checks.at_most(f"{name}: slowest choice of {menu}, ms", round(slowest), FILTER)
