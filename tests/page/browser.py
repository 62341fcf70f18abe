#!/usr/bin/env python3
"""The browser test of the HTML page: makes pages with the program, opens them in Chromium, and compares what they show.

    python3 tests/page/browser.py --ordersift target/release/ordersift
    python3 tests/page/browser.py --ordersift target/release/ordersift --only filters,keyboard --keep pages/

It needs Playwright for Python and Chromium of the distribution; README.md has the command. Exit code 0: every check passed.
1: a check failed; what was expected and what was found is printed. 2: the test could not run.
"""

import argparse
import concurrent.futures
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

from playwright.sync_api import sync_playwright

import accessibility
import documents
import filters
import hostile
import keyboard
import layout
import speed
import still
from checks import Checks

# By name: what it checks, the longest first, so that processes end at the same time.
GROUPS = {
    "accessibility": accessibility.accessibility,
    "quiet": layout.quiet,
    "filters": filters.filters,
    "hostile": hostile.hostile,
    "speed": speed.speed,
    "links": filters.links,
    "still": still.still,
    "print": layout.printed,
    "keyboard": keyboard.keyboard,
}


def chromium():
    """Chromium of the distribution."""
    for name in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser"):
        path = name and shutil.which(name)
        if path:
            return path
    print("browser: neither chromium nor chromium-browser is installed", file=sys.stderr)
    sys.exit(2)


def run(name, pages, cache, path):
    """One group of checks in a browser of its own."""
    checks = Checks(name, cache)
    began = time.monotonic()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            GROUPS[name](checks, browser, pages)
        except Exception:
            checks.broken(traceback.format_exc())
        browser.close()
    checks.lines.append(f"== {name}: {checks.passed} passed, {checks.failed} failed, {time.monotonic() - began:.0f} s")
    return checks.lines, checks.failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ordersift", required=True, help="the program")
    parser.add_argument("--only", default=",".join(GROUPS), help="groups of checks: " + ", ".join(GROUPS))
    parser.add_argument("--keep", help="make the pages in this folder and leave them there")
    parser.add_argument("--pages", help="check the pages that --keep left in this folder")
    parser.add_argument("--cache", default=os.path.join(os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "ordersift"), help="where axe-core is kept")
    arguments = parser.parse_args()
    names = arguments.only.split(",")
    if unknown := set(names) - set(GROUPS):
        parser.error(f"no such group: {', '.join(sorted(unknown))}")
    path = chromium()
    with tempfile.TemporaryDirectory() as folder:
        folder = arguments.pages or arguments.keep or folder
        maker = documents.Documents(Path(arguments.ordersift).resolve(), Path(folder).resolve())
        pages = maker.found() if arguments.pages else maker.all()
        print(f"pages: {', '.join(sorted(pages))}", flush=True)
        failed = 0
        # A fresh process for each group: a browser that hangs or leaks is alone with it.
        with concurrent.futures.ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as pool:
            for done in concurrent.futures.as_completed([pool.submit(run, name, pages, arguments.cache, path) for name in names]):
                lines, count = done.result()
                print("\n".join(lines), flush=True)
                failed += count
    print(f"browser: {failed} checks failed" if failed else "browser: every check passed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
