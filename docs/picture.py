"""Takes the pictures of a page: docs/picture.sh calls this."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).resolve().parent
# Name, width, height, pixels by pixel of the page, dark.
PICTURES = [("page.png", 1280, 1500, 1, False), ("page-phone.png", 390, 844, 2, True)]
BYTES = 300_000

page = Path(sys.argv[1]).resolve().as_uri()
chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
if not chromium:
    sys.exit("picture: neither chromium nor chromium-browser is installed")
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    for name, width, height, scale, dark in PICTURES:
        tab = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale, color_scheme="dark" if dark else "light")
        tab.goto(page)
        tab.wait_for_timeout(300)
        tab.screenshot(path=DOCS / name)
        size = (DOCS / name).stat().st_size
        print(f"docs/{name}: {size:,} bytes")
        if size > BYTES:
            sys.exit(f"picture: docs/{name} is larger than {BYTES:,} bytes")
    browser.close()
