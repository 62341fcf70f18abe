"""axe-core finds nothing on the whole page, in light and dark, with filters and with open tables."""

import hashlib
import os
import shutil
import subprocess
import tarfile

from checks import Watched

VERSION = "4.14.1"
SHA_256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"

# Each as at the beginning, and with filters changed, tables opened and details shown.
PAGES = ["first-week", "only-unshipped", "compare", "three-orders"]

OPEN = """() => {
  dispatchEvent(new Event("beforeprint"));
  dispatchEvent(new Event("afterprint"));
  for (const section of document.querySelectorAll("section.table")) section.style.contentVisibility = "visible";
  for (const details of document.querySelectorAll("details")) details.open = true;
  // All rows of a few tables: every row more is checked like the ones before it.
  for (const button of [...document.querySelectorAll(".tools button:not([hidden])")].slice(0, 2)) button.click();
  for (const [name, value] of [["days", "28"], ["against", "none"], ["by", "week"], ["split", "fulfillment"]]) {
    const menu = document.querySelector(`[name=${name}]`);
    if (!menu) continue;
    menu.value = value;
    menu.dispatchEvent(new Event("change", { bubbles: true }));
  }
}"""

RUN = """async rules => (await axe.run(document, { resultTypes: ["violations"], ...(rules.length ? { runOnly: rules } : {}) })).violations.map(found =>
  `${found.id} (${found.impact}), ${found.nodes.length} times: ${found.nodes.slice(0, 3).map(node => node.html.slice(0, 160) + " " + (node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? "")).join(" | ")}`)"""


def axe(cache):
    """The text of axe-core, fetched once with npm; an error says why there is none."""
    path = os.path.join(cache, f"axe-core-{VERSION}.js")
    if not os.path.exists(path):
        if not shutil.which("npm"):
            raise LookupError("axe-core is fetched with npm, which is not installed")
        os.makedirs(cache, exist_ok=True)
        done = subprocess.run(["npm", "pack", "--silent", f"axe-core@{VERSION}", "--pack-destination", cache], capture_output=True, text=True)
        if done.returncode != 0:
            raise LookupError(f"axe-core cannot be fetched: {done.stderr.strip()[:300]}")
        packed = os.path.join(cache, done.stdout.strip())
        with tarfile.open(packed) as archive:
            data = archive.extractfile("package/axe.min.js").read()
        os.remove(packed)
        with open(path, "wb") as file:
            file.write(data)
    with open(path, "rb") as file:
        data = file.read()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA_256:
        os.remove(path)
        raise ValueError(f"axe-core {VERSION} has the sum {found}, expected {SHA_256}")
    return data.decode()


def accessibility(checks, browser, pages):
    try:
        script = axe(checks.cache)
    except LookupError as error:
        checks.left_out("axe-core", error)
        return
    for name in PAGES:
        for dark in (False, True):
            color = "dark" if dark else "light"
            # Colors alone differ in the dark.
            rules = ["color-contrast"] if dark else []
            with Watched(browser, pages[name], 390 if name == "three-orders" else 1280, dark=dark) as watched:
                watched.evaluate(script)
                if not dark:
                    checks.equal(f"{name}: axe-core, {color}", watched.evaluate(RUN, rules), [])
                watched.evaluate(OPEN)
                checks.equal(f"{name}: axe-core, {color}, with filters and all rows", watched.evaluate(RUN, rules), [])
