"""Text from files is only text: in every place of the page, in menus, links, tooltips and legends."""

import urllib.parse

from checks import Watched
from documents import HOSTILE
from filters import TREND

# What the page is made of. Nothing from a file may add to it.
TAGS = set("""html head meta title style body a header p span nav details summary div label select option input button main section h1 h2 h3 ul li dl dt dd
code b strong bdi table caption thead tbody tfoot tr th td svg rect path line g text circle polyline polygon figure figcaption output footer script canvas""".split())

STATE = """tags => {
  const all = [...document.querySelectorAll("*")];
  return {
    xss: window.xss ?? null,
    tags: [...new Set(all.map(element => element.localName))].filter(name => !tags.includes(name)),
    scripts: document.scripts.length,
    handlers: all.flatMap(element => [...element.attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => `${element.localName} ${name}`)),
    links: [...document.links].map(link => link.getAttribute("href")).filter(href => !href.startsWith("#") && !/^https:\\/\\/sellercentral\\.amazon\\.[a-z.]+\\/orders-v3\\/order\\/[0-9-]+$/.test(href)),
    turned: (document.documentElement.innerHTML.match(/[\\u202a-\\u202e\\u2066-\\u2069]/g) ?? []).length,
  };
}"""

INERT = {"xss": None, "tags": [], "scripts": 2, "handlers": [], "links": [], "turned": 0}


def hostile(checks, browser, pages):
    for name in ("hostile", "injection"):
        page = pages[name]
        with Watched(browser, page, dark=True) as watched:
            tab = watched.tab
            state = lambda when: checks.equal(f"{name}: nothing runs and nothing is made of text, {when}", watched.evaluate(STATE, sorted(TAGS)), INERT)
            state("at the beginning")
            watched.evaluate("dispatchEvent(new Event('beforeprint'))")
            state("with all tables alive")
            text = watched.evaluate("document.body.textContent")
            for one in HOSTILE:
                if name == "hostile" and "\u202e" not in one:
                    shown = one if len(one) < 120 else one[:59].rstrip()
                    checks.true(f"{name}: the page has the text {one[:40]!r} letter by letter", shown in text)
            # Every marketplace by the menu, then by a link; the legend and the bars of each are read.
            values = watched.evaluate("[...document.querySelector('[name=market]').options].map(option => option.value)")
            labels = watched.evaluate("[...document.querySelector('[name=market]').options].map(option => option.textContent)")
            if name == "hostile":
                for one in HOSTILE:
                    if len(one) < 120 and "\u202e" not in one:
                        checks.true(f"{name}: a marketplace in the menu is {one[:40]!r}", one in labels or any(label.endswith("more") for label in labels), labels)
            tab.select_option("[name=days]", "28")
            for value in values[:14]:
                tab.select_option("[name=market]", value)
                trend = watched.evaluate(TREND)
                names = {series for one in trend for series in one["values"]} - {"together"}
                if value and names:
                    checks.equal(f"{name}: the legend has {value[:40]!r} letter by letter", names, {" ".join(value.split())})
                for split in ("fulfillment", "channel"):
                    tab.select_option("[name=split]", split)
            state("after every marketplace was chosen")
            for sort in watched.evaluate("document.querySelectorAll('table.data thead button').length") and tab.query_selector_all("#skus thead button, #worklist thead button, #channels thead button"):
                sort.evaluate("button => button.click()")
            for one in HOSTILE:
                for field in tab.query_selector_all("#skus .tools input, #worklist .tools input"):
                    field.evaluate("(input, text) => { input.value = text; input.dispatchEvent(new Event('input', { bubbles: true })); }", one)
            state("after sorting and finding")
            tab.mouse.move(400, 500)
            for element in tab.query_selector_all(".moved th[title], svg rect title")[:20]:
                element.evaluate("element => element.parentElement.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))")
            state("after pointing at names")
            checks.equal(f"{name}: no message, error or request", watched.told, [])
        with Watched(browser, page) as watched:
            for value in HOSTILE:
                text = urllib.parse.quote(value[:200], safe="")
                watched.evaluate("hash => { location.hash = hash; }", f"#{text}?market={urllib.parse.quote(value, safe='')}&days=28&split={text}")
                watched.evaluate("() => new Promise(done => setTimeout(done, 20))")
                checks.equal(f"{name}: a link with {value[:40]!r} is inert", watched.evaluate(STATE, sorted(TAGS)), INERT)
            checks.equal(f"{name}: links say nothing", watched.told, [])
        for value in HOSTILE[:4]:
            with Watched(browser, page, hash="#overview?market=" + urllib.parse.quote(value, safe="")) as watched:
                checks.equal(f"{name}: a page opened with {value[:40]!r} is inert", watched.evaluate(STATE, sorted(TAGS)), INERT)
                checks.equal(f"{name}: a page opened with {value[:40]!r} says nothing", watched.told, [])
