"""Checks with names: what was expected, what was found."""


class Checks:
    """The checks of a group, and what they print."""

    def __init__(self, group, cache):
        self.group, self.cache = group, cache
        self.passed, self.failed = 0, 0
        self.lines = []

    def equal(self, name, found, expected):
        """Both are the same. Of long values only what differs is printed."""
        if found == expected:
            self.passed += 1
            return
        self.failed += 1
        self.lines.append(f"FAILED {self.group}: {name}")
        if isinstance(expected, dict) and isinstance(found, dict):
            for key in [*expected, *(key for key in found if key not in expected)]:
                if expected.get(key) != found.get(key):
                    self.differ(f" {key}", found.get(key), expected.get(key))
        else:
            self.differ("", found, expected)

    def differ(self, key, found, expected):
        if isinstance(expected, (list, tuple)) and isinstance(found, (list, tuple)) and len(expected) == len(found):
            for place, (one, other) in enumerate(zip(found, expected)):
                if one != other:
                    self.lines += [f"   {key}[{place}] expected: {other!r}", f"   {key}[{place}] found:    {one!r}"]
                    return
        self.lines += [f"   {key} expected: {str(expected)[:1500]}", f"   {key} found:    {str(found)[:1500]}"]

    def true(self, name, holds, found=""):
        self.equal(name, True if holds else found or False, True)

    def at_most(self, name, found, limit):
        if found <= limit:
            self.passed += 1
            self.lines.append(f"   {self.group}: {name}: {found:,} of at most {limit:,}")
        else:
            self.failed += 1
            self.lines += [f"FAILED {self.group}: {name}", f"    expected: at most {limit:,}", f"    found:    {found:,}"]

    def left_out(self, what, why):
        self.lines.append(f"== {self.group}: {what} left out: {why}")

    def broken(self, trace):
        self.failed += 1
        self.lines.append(f"FAILED {self.group}: the check itself ended\n{trace}")


class Watched:
    """A page whose console, errors and requests are kept."""

    def __init__(self, browser, page, width=1280, height=900, dark=False, script=True, hash=""):
        self.context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", java_script_enabled=script, reduced_motion="reduce")
        self.tab = self.context.new_page()
        self.told = []
        self.tab.on("console", lambda message: self.told.append(f"console: {message.text}"))
        self.tab.on("pageerror", lambda error: self.told.append(f"error: {error}"))
        self.tab.on("dialog", lambda dialog: (self.told.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.context.on("page", lambda other: self.told.append(f"window: {other.url}"))
        url = page.url
        self.tab.on("request", lambda request: None if request.url.split("#")[0] == url else self.told.append(f"request: {request.url}"))
        self.tab.goto(url + hash)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def evaluate(self, script, argument=None):
        return self.tab.evaluate(script, argument)
