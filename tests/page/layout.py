"""Nothing is said on the console and nothing is asked for; nothing sticks out of the page; the overview prints on one sheet."""

import shutil
import subprocess
import tempfile

from checks import Watched

# Every table is drawn, and what sticks out of the page is found: a box that is cut or scrolled by its frame does not.
STICKS_OUT = """() => {
  dispatchEvent(new Event("beforeprint"));
  dispatchEvent(new Event("afterprint"));
  for (const section of document.querySelectorAll("section.table")) section.style.contentVisibility = "visible";
  for (const details of document.querySelectorAll("main details")) details.open = true;
  const wide = document.documentElement.clientWidth;
  const found = [];
  const look = element => {
    const style = getComputedStyle(element);
    if (style.display === "none" || style.visibility === "hidden") return;
    if (element.matches(".unseen, .skip, script, style")) return;
    const box = element.getBoundingClientRect();
    if (box.width > 0 && (box.right > wide + 1 || box.left < -1)) {
      found.push(`${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}#${element.id} ${Math.round(box.left)}..${Math.round(box.right)}: ${element.textContent.slice(0, 60)}`);
      return;
    }
    if (style.overflowX !== "visible" || element.tagName === "svg") return;
    for (const child of element.children) look(child);
  };
  look(document.body);
  return { found: found.slice(0, 5), scroll: document.documentElement.scrollWidth - wide };
}"""


def quiet(checks, browser, pages):
    for name, page in pages.items():
        for dark in (False, True):
            color = "dark" if dark else "light"
            # In light it opens wide, with the filters open; in dark it opens as on a phone. Colors change no width.
            widths = [390, 1280] if dark else [1280, 390, 768, 1920]
            with Watched(browser, page, widths[0], dark=dark) as watched:
                for width in widths:
                    watched.tab.set_viewport_size({"width": width, "height": 900})
                    watched.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
                    found = watched.evaluate(STICKS_OUT)
                    checks.equal(f"{name}: no horizontal scroll of the page at {width} px, {color}", found["scroll"], 0)
                    checks.equal(f"{name}: nothing sticks out of the page at {width} px, {color}", found["found"], [])
                checks.equal(f"{name}: no message, error or request, {color}", watched.told, [])


def printed(checks, browser, pages):
    """The overview takes one sheet of A4: the parts begin on the second."""
    if not shutil.which("pdftotext"):
        checks.left_out("print", "pdftotext is not installed")
        return
    for name in ("first-week", "currencies", "two-years", "only-unshipped", "hostile"):
        for dark in (False, True):
            with Watched(browser, pages[name], dark=dark) as watched, tempfile.NamedTemporaryFile(suffix=".pdf") as file:
                file.write(watched.tab.pdf(prefer_css_page_size=True))
                file.flush()
                text = subprocess.run(["pdftotext", "-layout", file.name, "-"], capture_output=True, check=True).stdout.decode()
                sheets = text.split("\f")
                part = next((place + 1 for place, sheet in enumerate(sheets) if sheet.strip().split("\n")[0].strip() in ("Demand", "Products", "Shipping", "Data")), None)
                checks.equal(f"{name}: the part after the overview begins on the second sheet, {'dark' if dark else 'light'}", part, 2)
                checks.equal(f"{name}: no message or request in print", watched.told, [])
