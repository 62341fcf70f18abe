"""What the overview must show for a choice of filters, worked out from the JSON document.

Nothing here is read from the page. Amounts are `Decimal`, shares are `Fraction`: a rounding happens once, at the end.
"""

import datetime
from decimal import Decimal
from fractions import Fraction

ONE = datetime.timedelta(1)
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
NO_DECIMALS = {"JPY", "KRW", "CLP", "VND"}

# Periods that the trend draws before and after the chosen days.
BESIDE = {"day": (49, 14), "week": (20, 4), "month": (23, 3)}
SERIES = 6
PLACES = 14


# Characters that steer a terminal or a reading direction are shown as one that does neither.
STEERING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")


def date(text):
    return datetime.date.fromisoformat(text)


def day_name(day):
    return f"{MONTHS[day.month - 1]} {day.day}"


def days_name(first, last):
    if first == last:
        return f"{WEEKDAYS[first.weekday()]} {day_name(first)}"
    if first.year != last.year:
        return f"{day_name(first)} {first.year} to {day_name(last)} {last.year}"
    return f"{day_name(first)} to {last.day if first.month == last.month else day_name(last)}"


def next_month(day):
    return (day.replace(day=28) + datetime.timedelta(4)).replace(day=1)


def month_back(day, months):
    for _ in range(months):
        day = (day.replace(day=1) - ONE).replace(day=1)
    return day


def rounded(value, decimals=0):
    """A fraction as a decimal, half away from zero."""
    scaled = abs(Fraction(value)) * 10**decimals
    whole = int(scaled)
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)


def number(value, decimals=0):
    """1,352.44; no minus before zero."""
    value = rounded(Fraction(value), decimals)
    return f"{value if value else abs(value):,.{decimals}f}"


def percent(value, sign=""):
    """A fraction in percent with one decimal."""
    tenths = rounded(value * 100, 1)
    return f"{sign if tenths > 0 else ''}{tenths if tenths else Decimal('0.0'):,} %"


def change(now, before):
    if before < 0 or (now == 0 and before == 0):
        return ""
    if before == 0:
        return "new"
    if now == 0:
        return "gone"
    part = Fraction(now - before) / Fraction(before)
    if rounded(part * 100, 1) >= 1000:
        return f"{int(Fraction(now) / Fraction(before)):,} x"
    return percent(part, "+")


def share(part, whole):
    if whole == 0:
        return ""
    tenths = rounded(Fraction(part, whole) * 100, 1)
    if tenths == 0 and part > 0:
        return "<0.1 %"
    if tenths == 100 and part < whole:
        return ">99.9 %"
    return f"{tenths:.1f} %"


def orders_text(count):
    return f"{count:,} order{'' if count == 1 else 's'}"


class Sums:
    """Sums over rows of the table `daily`."""

    def __init__(self, rows, converted):
        self.placed = sum(row["orders_placed"] for row in rows)
        self.orders = sum(row["orders"] for row in rows)
        # An order without a price, or without a rate where sales are converted, has no part in an average.
        self.priced = sum(row["orders"] for row in rows if row["currency"] and not (converted and row["sales"] and not row["sales_converted"]))
        self.merchant = sum(row["orders"] for row in rows if row["fulfillment"] == "merchant")
        self.units = sum(row["units"] for row in rows)
        amounts = [row["sales_converted" if converted else "sales"] for row in rows]
        self.sales = sum((Decimal(amount) for amount in amounts if amount), Decimal(0))
        # Sold in a currency that has no rate on the day.
        self.unrated = converted and any(row["sales"] and Decimal(row["sales"]) and not row["sales_converted"] for row in rows)

    @property
    def average(self):
        return rounded(Fraction(self.sales) / self.priced, 4) if self.priced else Decimal(0)

    @property
    def cancelled(self):
        return self.placed - self.orders

    def any(self):
        return bool(self.orders or self.units or self.sales)


class Document:
    """The table `daily` of a document, and the days that its files hold."""

    def __init__(self, json):
        self.rows = json["tables"]["daily"]["rows"]
        coverage = json["tables"]["coverage"]["rows"]
        self.first, self.last = date(coverage[0]["first_day"]), date(coverage[-1]["last_day"])
        self.states = {}
        for row in coverage:
            day = date(row["first_day"])
            while day <= date(row["last_day"]):
                lacks = row["found"] == "missing" or row["note"] == "orders are usual"
                self.states[day] = "lacks" if lacks else "part" if row["found"] == "part" else "whole"
                day += ONE
        self.sunday = json["options"].get("week_start") == "sunday"
        complete = [row for row in json["tables"]["weekly"]["rows"] if not row["partial"]]
        if complete:
            newest = max(complete, key=lambda row: row["first_day"])
            self.shown = date(newest["first_day"]), date(newest["last_day"])
        else:
            self.shown = min(date(row["first_day"]) for row in self.rows), max(date(row["last_day"]) for row in self.rows)
        # The currency of orders that have no price yet: the first one by name that their channel and fulfillment has.
        usual = {}
        for row in self.rows:
            if row["currency"]:
                key = row["sales_channel"], row["fulfillment"]
                usual[key] = min(usual.get(key, row["currency"]), row["currency"])
        for row in self.rows:
            row["counted"] = row["currency"] or usual.get((row["sales_channel"], row["fulfillment"]))
        self.by_day = {}
        for row in self.rows:
            row["sales_channel"] = (row["sales_channel"] or "(no channel)").translate(STEERING)
            row["outside"] = row["sales_channel"].lower().startswith("non-amazon")
            row.setdefault("sales_converted", None)
            self.by_day.setdefault(date(row["first_day"]), []).append(row)
        converted = [row.get("converted_currency") for row in self.rows if row.get("converted_currency")]
        self.converted = converted[0] if converted else None
        self.channels = sorted({row["sales_channel"] for row in self.rows})
        self.fulfillments = sorted({row["fulfillment"] for row in self.rows})
        self.currencies = sorted({row["counted"] for row in self.rows if row["counted"]})

    def days(self, first, last):
        day = first
        while day <= last:
            yield day
            day += ONE

    def lacking(self, first, last):
        return sum(self.states.get(day, "lacks") == "lacks" for day in self.days(first, last))

    def part(self, first, last):
        return any(self.states.get(day) == "part" for day in self.days(first, last))

    def chosen(self, days):
        """The days that a choice stands for."""
        whole = [day for day, state in self.states.items() if state == "whole"]
        end = max(whole) if whole else self.last
        if ".." in days:
            first, last = map(date, days.split(".."))
            return max(first, self.first), min(last, self.last)
        if days == "shown":
            return self.shown
        if days == "all":
            return self.first, self.last
        first = {
            "week": self.start(end, "week"),
            "month": end.replace(day=1),
            "7": end - 6 * ONE,
            "28": end - 27 * ONE,
        }[days]
        return max(first, self.first), end

    def start(self, day, by):
        """The first day of a day's period."""
        if by == "day":
            return day
        if by == "month":
            return day.replace(day=1)
        return day - ONE * ((day.weekday() + 1) % 7 if self.sunday else day.weekday())

    def end(self, first, by):
        return first if by == "day" else first + 6 * ONE if by == "week" else next_month(first) - ONE

    def compared(self, first, last, against):
        """A whole month is compared with a month, other days with as many before them or 52 weeks earlier."""
        if against == "none":
            return None
        month = first.day == 1 and last == next_month(first) - ONE
        if against == "year" and month:
            then = first.replace(year=first.year - 1)
            return then, next_month(then) - ONE
        if against == "year":
            return first - 364 * ONE, last - 364 * ONE
        if month:
            return month_back(first, 1), first - ONE
        return first - (last - first + ONE), first - ONE

    def select(self, choice, first, last, currency=None, outside=False):
        """The rows of days that pass the filters. What Amazon only ships counts where it is asked for by name."""
        found = []
        for day in self.days(first, last):
            for row in self.by_day.get(day, []):
                if choice["market"] not in ("", row["sales_channel"]) or (not choice["market"] and row["outside"] and not outside):
                    continue
                if choice["ship"] in ("", row["fulfillment"]) and (currency is None or row["counted"] == currency[0]):
                    found.append(row)
        return found


def decimals_of(currency):
    return 0 if currency in NO_DECIMALS else 2


class Overview:
    """The texts of the overview for a choice: dictionary of market, ship, currency, days, against, by, show, split."""

    def __init__(self, document, choice):
        self.document, self.choice = document, choice
        self.first, self.last = document.chosen(choice["days"])
        self.converted = choice["currency"] == "converted"
        self.then = document.compared(self.first, self.last, choice["against"])
        lacks = document.lacking(self.first, self.last)
        # Days of which only a part is in the files are marked, and compared with nothing but for the period of the report.
        part = document.part(self.first, self.last)
        self.fair = bool(self.then) and not lacks and (not part or (self.first, self.last) == document.shown) and not document.lacking(*self.then)
        self.partial = bool(lacks) or part
        rows = document.select(choice, self.first, self.last)
        if self.converted:
            self.currencies = [None]
        elif choice["currency"]:
            self.currencies = [choice["currency"]]
        else:
            orders = {}
            for row in rows:
                if row["orders_placed"] or row["sales"]:
                    orders[row["counted"]] = orders.get(row["counted"], 0) + row["orders"]
            self.currencies = sorted(orders, key=lambda name: (name is None, -orders[name], name or "")) or [None]

    def select(self, first, last, currency, **more):
        return self.document.select(self.choice, first, last, None if self.converted else (currency,), **more)

    def tiles_of(self, currency):
        """Name, value, change, difference of each tile."""
        now = Sums(self.select(self.first, self.last, currency), self.converted)
        before = Sums(self.select(*self.then, currency), self.converted) if self.fair else None
        name = self.document.converted if self.converted else currency
        decimals = decimals_of(name) if name else 2

        def tile(title, of, places, shown=True, unit=False):
            value = number(of(now), places) if shown else None
            changed, difference = "", ""
            if before:
                changed = change(of(now), of(before))
                step = of(now) - of(before)
                difference = f"{'+' if step > 0 else ''}{number(step, places)}" if step else ""
            return title + (f" {name}" if unit and name else ""), value, changed, difference

        def rate(title, part, whole):
            then = None
            if before and whole(now) and whole(before):
                tenths = [rounded(Fraction(part(sums), whole(sums)) * 100, 1) for sums in (now, before)]
                step = tenths[0] - tenths[1]
                then = f"{'+' if step > 0 else ''}{step if step else Decimal('0.0')} points"
            return title, share(part(now), whole(now)), then or "", orders_text(part(now))

        sales = tile("Sales", lambda sums: sums.sales, decimals, shown=name is not None, unit=True)
        average = tile("Average order", lambda sums: sums.average, decimals, shown=now.priced > 0, unit=True)
        return now, [
            sales,
            tile("Units", lambda sums: sums.units, 0),
            tile("Orders", lambda sums: sums.orders, 0),
            average,
            rate("Cancelled", lambda sums: sums.cancelled, lambda sums: sums.placed),
            rate("Merchant share", lambda sums: sums.merchant, lambda sums: sums.orders),
        ]

    def sold(self):
        """Rows of channel, fulfillment, currency, sales, change, orders, change, units; totals."""
        choice, document = self.choice, self.document
        only = (choice["currency"],) if choice["currency"] and not self.converted else None

        def places(first, last):
            found = {}
            for row in document.select(choice, first, last, only, outside=True):
                key = row["sales_channel"], row["fulfillment"], None if self.converted else row["counted"]
                found.setdefault(key, []).append(row)
            return {key: Sums(rows, self.converted) for key, rows in found.items()}

        now = places(self.first, self.last)
        before = places(*self.then) if self.fair else {}
        nothing = Sums([], self.converted)
        rows = []
        for key in {*now, *before}:
            pair = now.get(key, nothing), before.get(key, nothing) if self.fair else None
            if any(sums and sums.any() for sums in pair):
                rows.append((key, *pair))
        of_channel = {}
        for (channel, _, _), sums, _ in rows:
            of_channel[channel] = of_channel.get(channel, 0) + sums.orders

        def outside(channel):
            return channel.lower().startswith("non-amazon")

        rows.sort(key=lambda row: (outside(row[0][0]), -of_channel[row[0][0]], row[0][0].encode("utf-16-be"), -row[1].orders, row[0][1], row[0][2] or ""))
        totals = {}
        for (channel, _, currency), sums, then in rows:
            name = self.document.converted if self.converted else currency
            if name is None or outside(channel):
                continue
            totals.setdefault(name, []).append((sums, then))
        small = sorted(rows, key=lambda row: -row[1].orders)[PLACES - 1 :] if len(rows) > PLACES else []
        written = [
            self.line(channel, {"fba": "FBA"}.get(fulfillment, fulfillment), currency, sums, then)
            for (channel, fulfillment, currency), sums, then in rows
            if not any(key == (channel, fulfillment, currency) for key, _, _ in small)
        ]
        if small:
            now, then = nothing_sums(), nothing_sums() if self.fair else None
            for _, sums, before in small:
                now.add(sums)
                if then:
                    then.add(before)
            names = {self.document.converted if self.converted else key[2] for key, _, _ in small}
            name = names.pop() if len(names) == 1 else None
            written.append(self.line(f"and {len(small):,} more", "", name, now, then))
        added = []
        for name, pairs in totals.items():
            if len(pairs) < 2:
                continue
            now, then = nothing_sums(), nothing_sums() if self.fair else None
            for sums, before in pairs:
                now.add(sums)
                if then:
                    then.add(before)
            added.append((now.orders, self.line("Amazon total", "", name, now, then)))
        return written, [line for _, line in sorted(added, key=lambda pair: (-pair[0], pair[1][2]))]

    def line(self, place, ships, currency, sums, then):
        name = self.document.converted if self.converted else currency
        money = f"{name} {number(sums.sales, decimals_of(name))}" if name else "unpriced" if ships else ""
        changed = [change(of(sums), of(then)) if then else "" for of in (lambda each: each.sales, lambda each: each.orders)]
        return place, ships, money, changed[0] if name else "", number(sums.orders), changed[1], number(sums.units)

    def trend(self):
        """Heading and values by the name of a series, for every period that is drawn."""
        document, by = self.document, self.choice["by"]
        back, on = BESIDE[by]
        begin, end = document.start(self.first, by), document.start(self.last, by)
        if by == "month":
            begin = month_back(begin, back)
            for _ in range(on):
                end = next_month(end)
        else:
            length = 7 if by == "week" else 1
            begin, end = begin - back * length * ONE, end + on * length * ONE
        begin, end = max(begin, document.start(document.first, by)), min(document.end(end, by), document.last)
        starts = [begin]
        while document.end(starts[-1], by) + ONE <= end:
            starts.append(document.end(starts[-1], by) + ONE)
        show = self.choice["show"]
        currency = self.currencies[0]
        field = "fulfillment" if self.choice["split"] == "fulfillment" else "sales_channel"
        periods = []
        series = {}
        for start in starts:
            last = min(document.end(start, by), end)
            values = {}
            for row in self.select(start, last, currency):
                values.setdefault(row[field], []).append(row)
            values = {name: value_of(Sums(rows, self.converted), show) for name, rows in values.items()}
            for name, value in values.items():
                series[name] = series.get(name, 0) + value
            periods.append((start, values))
        names = sorted((name for name in series if series[name]), key=lambda name: (-series[name], name.encode("utf-16-be")))
        alone = names if len(names) <= SERIES else names[: SERIES - 1]
        unit = self.document.converted if self.converted else currency
        places = (decimals_of(unit) if unit else 2) if show == "sales" else 0
        labels = {"fba": "FBA", "merchant": "Merchant", "unknown": "Unknown"} if field == "fulfillment" else {}
        dashed = self.dashed(starts, currency, places)
        found = []
        for at, (start, values) in enumerate(periods):
            shown = {labels.get(name, name): number(values.get(name, 0), places) for name in alone}
            if len(alone) < len(names):
                shown[f"{len(names) - len(alone)} more"] = number(sum(values.get(name, 0) for name in names[len(alone):]), places)
            if len(shown) > 1:
                shown["together"] = number(sum(values.get(name, 0) for name in names), places)
            found.append({"heading": self.heading(start, starts), "values": shown, "comparison": dashed[at]})
        return found

    def dashed(self, starts, currency, places):
        """The comparison, period by period, beside the chosen ones; empty where days of it lack.

        By day these are the compared days; else as many whole periods before the chosen ones, or the same a year earlier.
        """
        document, by = self.document, self.choice["by"]
        chosen = [document.end(start, by) >= self.first and start <= self.last for start in starts]
        if not self.then:
            return [""] * len(starts)
        count = sum(chosen)
        first = starts[chosen.index(True)]
        if by == "day":
            then = list(document.days(*self.then))
        elif self.choice["against"] == "year":
            then = [start - 364 * ONE if by == "week" else start.replace(year=start.year - 1) for start, within in zip(starts, chosen) if within]
        elif by == "week":
            then = [first - 7 * back * ONE for back in range(count, 0, -1)]
        else:
            then = [month_back(first, back) for back in range(count, 0, -1)]
        values = []
        for start in then:
            end = document.end(start, by)
            rows = self.select(start, end, currency)
            values.append("" if document.lacking(start, end) else number(value_of(Sums(rows, self.converted), self.choice["show"]), places))
        values = iter(values)
        return [next(values, "") if within else "" for within in chosen]

    def heading(self, start, starts):
        by = self.choice["by"]
        if by == "day":
            return days_name(start, start)
        with_year = starts[0].year != starts[-1].year
        if by == "month":
            name = f"{MONTHS[start.month - 1]} {start.year}"
        elif self.document.sunday:
            name = day_name(start) + (f" {start.year}" if with_year else "")
        else:
            year, week, _ = start.isocalendar()
            name = f"W{week:02}" + (f" {year}" if with_year else "")
        return f"{name}, {days_name(start, self.document.end(start, by))}"


def value_of(sums, show):
    return {"sales": sums.sales, "units": sums.units, "orders": sums.orders}[show]


class nothing_sums:
    """A total of sums."""

    def __init__(self):
        self.orders, self.units, self.sales = 0, 0, Decimal(0)

    def add(self, other):
        self.orders += other.orders
        self.units += other.units
        self.sales += other.sales
