"""Accounts to check the views on: invented reports of `ordersift sample`, fixtures, and reports made by hand to break a merge."""

import os
import random
import shutil
import subprocess
import zipfile
from datetime import datetime, timedelta, timezone

ORDERS = (
    "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel sales-channel order-channel url "
    "ship-service-level product-name sku asin item-status quantity currency item-price item-tax shipping-price shipping-tax gift-wrap-price "
    "gift-wrap-tax item-promotion-discount ship-promotion-discount ship-city ship-state ship-postal-code ship-country promotion-ids "
    "is-business-order purchase-order-number price-designation"
).split()
BACKLOG = (
    "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise buyer-email buyer-name "
    "buyer-phone-number sku product-name quantity-purchased quantity-shipped quantity-to-ship ship-service-level recipient-name "
    "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country sales-channel is-business-order "
    "is-prime is-buyer-requested-cancellation verge-of-cancellation"
).split()

CHANNELS = {
    "Amazon.com": ("USD", "US"),
    "Amazon.de": ("EUR", "DE"),
    "Amazon.co.uk": ("GBP", "GB"),
    "Amazon.co.jp": ("JPY", "JP"),
    "Amazon.in": ("INR", "IN"),
    "Amazon.com.au": ("AUD", "AU"),
    "amazon.com": ("USD", "US"),
    "Non-Amazon": ("", "US"),
    "Non-Amazon US": ("", "US"),
    "Amazon.ae": ("AED", "AE"),
    "Ünbekannt": ("EUR", "AT"),
    "": ("USD", "US"),
}
STATUSES = ["Shipped", "Shipped", "Shipped", "Shipped - Delivered to Buyer", "Shipped - Returned to Seller", "Unshipped", "Pending",
            "Cancelled", "Canceled", "Unfulfillable", "Verschickt", "shipped", "Shipping", "PartiallyShipped", "Ünbekannt", "出荷済み"]
SKUS = ["MUG", "mug", "Mug", "KETTLE", "ÄPFEL", "apfel", "Äpfel", "湯呑み", "Z", "a-1", "a 1", "a_1", "é", "é", "😀-SKU", "\uffff-SKU", "zz"]
NAMES = ["Mug", "mug", "Tasse, groß", "Tasse, gross", "湯呑み", "~", "é", "x", "", "😀 mug", "Mug \"large\"", "Zz"]
STATES = ["CA", "California", "california ", "TX", "Ontario", "on", "BY", "東京都", "", "Île-de-France", "ILE-DE-FRANCE", "MH", "Maharashtra"]
PROMOTIONS = ["", "", "PAWS-V2-1234-5", "US Core Free Shipping 2015/04/08 23-48,Duplicated A3JU1FAAAAAAAA 1569460229772", "10 % off",
              "Größe Aktion 4711, Größe Aktion 4712", "any discount", "Summer,Summer,PAWS-V2-99", "VPC-44571843 Cart Campaign"]
SERVICES = ["Standard", "Expedited", "SecondDay", "Std DE Dom_1", "", "Ünverzüglich"]
# Around the changes of clocks in Los Angeles, Berlin, London and Sydney, and the ends of days there.
EVENINGS = [datetime(2026, 3, 8, 9, 59, 59), datetime(2026, 3, 8, 10, 0), datetime(2026, 3, 29, 0, 59, 59), datetime(2026, 3, 29, 1, 0),
            datetime(2026, 4, 4, 15, 59), datetime(2026, 4, 4, 16, 0), datetime(2026, 3, 9, 6, 59, 59), datetime(2026, 3, 9, 7, 0),
            datetime(2026, 3, 30, 21, 59, 59), datetime(2026, 3, 30, 22, 0), datetime(2026, 1, 1, 4, 59), datetime(2025, 12, 31, 23, 0)]


def moment(when):
    return when.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def money(chance, currency, most=200):
    if currency == "JPY":
        return str(chance.randrange(most * 100))
    return f"{chance.randrange(most * 100) / 100:.2f}"


def order_line(chance, order, when, stamp, channel, mixed):
    """One line of an order; a mixed one takes every part by chance, so that lines of an order disagree."""
    currency, country = CHANNELS[channel]
    if mixed and chance.random() < 0.4:
        currency, country = CHANNELS[chance.choice(list(CHANNELS))]
    status = chance.choice(STATUSES)
    priced = currency and chance.random() < 0.85 and status != "Pending"
    item_status = "Cancelled" if chance.random() < 0.06 else chance.choice(["", "Shipped", "Unshipped"])
    line = dict.fromkeys(ORDERS, "")
    line.update({
        "amazon-order-id": order,
        "purchase-date": moment(when),
        "last-updated-date": moment(stamp) if stamp else "",
        "order-status": status,
        "fulfillment-channel": chance.choice(["Amazon", "Amazon", "Merchant", "AFN", "Seller", "?"]),
        "sales-channel": channel,
        "ship-service-level": chance.choice(SERVICES),
        "product-name": chance.choice(NAMES),
        "sku": chance.choice(SKUS),
        "asin": chance.choice(["B000000001", "B000000002", "", "b000000001"]),
        "item-status": item_status,
        "quantity": str(chance.choice([0, 1, 1, 1, 2, 3, 7])),
        "ship-city": "Springfield",
        "ship-state": chance.choice(STATES),
        "ship-postal-code": "12345",
        "ship-country": chance.choice([country, country, country.lower(), ""]),
        "promotion-ids": chance.choice(PROMOTIONS),
        "is-business-order": chance.choice(["true", "false", "false", ""]),
    })
    if priced:
        line["currency"] = currency
        line["item-price"] = money(chance, currency) if chance.random() < 0.95 else "0.00"
        for name in ["item-tax", "shipping-price", "shipping-tax", "gift-wrap-price", "gift-wrap-tax"]:
            if chance.random() < 0.4:
                line[name] = money(chance, currency, 10)
        for name in ["item-promotion-discount", "ship-promotion-discount"]:
            if chance.random() < 0.2:
                line[name] = chance.choice(["", "-"]) + money(chance, currency, 5)
    elif currency and chance.random() < 0.3:
        line["currency"] = currency
    return line


def table(columns, lines, end="\r\n", header_end=" "):
    rows = ["\t".join(columns) + header_end] + ["\t".join(line[column] for column in columns) for line in lines]
    return (end.join(rows) + end).encode()


def write(folder, name, content):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def hostile(folder, seed):
    """Downloads of the same orders, with ties of every kind, scattered lines, homes that disagree and damaged lines."""
    chance = random.Random(seed)
    start = chance.choice([datetime(2026, 2, 20), datetime(2025, 12, 10), datetime(2026, 3, 20)])
    orders = []
    for number in range(chance.choice([40, 120, 300])):
        order = f"{chance.randrange(100, 1000)}-{chance.randrange(10**7):07}-{chance.randrange(10**7):07}"
        when = start + timedelta(seconds=chance.randrange(40 * 86400)) if chance.random() < 0.8 else chance.choice(EVENINGS)
        orders.append((order, when, chance.choice(list(CHANNELS)), chance.random() < 0.25, chance.choice([1, 1, 1, 2, 3, 6])))
    names = ["a.txt", "b.txt", "Z.txt", "ä.txt", "b/a.txt", "a (1).txt", "日.txt"]
    files = chance.sample(names, chance.choice([1, 2, 3, 5]))
    stamps = {order: [when + timedelta(hours=chance.choice([0, 1, 1, 30])) for _ in range(3)] for order, when, *_ in orders}
    held = {}
    # Orders that never have a stamp, and files without any.
    bare = {order for order, *_ in orders if chance.random() < 0.1}
    for file in files:
        lines = []
        all_bare = chance.random() < 0.25
        for order, when, channel, mixed, count in orders:
            if chance.random() < 0.25:
                continue
            # The same snapshot again, the same with another number of lines, or another one with an equal or a different stamp.
            if order in held and not all_bare and chance.random() < 0.3:
                lines += held[order][: chance.choice([len(held[order]), max(1, len(held[order]) - 1)])]
                continue
            own = []
            for _ in range(max(1, count + chance.choice([-1, 0, 0, 1]))):
                day_apart = timedelta(days=chance.choice([0, 1])) if mixed else timedelta(0)
                stamp = None if all_bare or order in bare or chance.random() < 0.05 else chance.choice(stamps[order])
                line = order_line(chance, order, when + day_apart, stamp, chance.choice(list(CHANNELS)) if mixed and chance.random() < 0.3 else channel, mixed)
                if chance.random() < 0.03:
                    line["purchase-date"] = line["purchase-date"][:10]
                if chance.random() < 0.03 and line["last-updated-date"]:
                    line["last-updated-date"] = line["last-updated-date"][:10]
                own += [line] * chance.choice([1, 1, 1, 1, 2])
            held[order] = own
            lines += own
        if chance.random() < 0.6:
            chance.shuffle(lines)
        for line in list(lines):
            if chance.random() < 0.01:
                damaged = dict(line)
                damaged[chance.choice(["quantity", "item-price", "purchase-date", "last-updated-date", "amazon-order-id"])] = "?"
                lines.append(damaged)
        write(folder, file, table(ORDERS, lines))
    for number in range(chance.choice([0, 0, 1, 2, 3])):
        backlog(folder, f"open-{number}.txt", chance, orders, start + timedelta(days=38 + chance.choice([0, number])))
    if chance.random() < 0.5:
        # The same content under other names and in an archive.
        twin = chance.choice(files)
        shutil.copy(os.path.join(folder, twin), os.path.join(folder, chance.choice(["0.txt", "zz.txt"])))
        with zipfile.ZipFile(os.path.join(folder, "packed.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(os.path.join(folder, twin), "inside.txt")


def backlog(folder, name, chance, orders, now):
    lines = []
    for order, when, channel, _, count in orders:
        if chance.random() < 0.6:
            continue
        # 23:59:59 somewhere: in Los Angeles, Berlin, Tokyo, Kolkata; or at no end of a day; or a bare day; or none.
        due = datetime(now.year, now.month, now.day) + timedelta(days=chance.choice([-12, -9, -6, -3, -2, -1, 0, 0, 1, 2, 9]))
        promise = moment(due + chance.choice([timedelta(hours=30), timedelta(hours=22), timedelta(hours=15), timedelta(hours=18, minutes=30)]) - timedelta(seconds=1))
        promise = chance.choice([promise] * 6 + [moment(due + timedelta(hours=5)), promise[:10], ""])
        for _ in range(count):
            line = dict.fromkeys(BACKLOG, "")
            line.update({
                "order-id": order,
                "order-item-id": chance.choice([f"{chance.randrange(10**14):014}", "1.40E+14"]),
                "purchase-date": moment(when),
                "payments-date": moment(when + timedelta(minutes=30)),
                "reporting-date": chance.choice([moment(now - timedelta(hours=chance.choice([0, 1, 50]))), ""]),
                "promise-date": promise if chance.random() < 0.9 else "",
                "days-past-promise": chance.choice(["-1", "0", "2", ""]),
                "buyer-email": "canary-email@example.com", "buyer-name": "Canary Name", "buyer-phone-number": "555-CANARY",
                "recipient-name": "Canary Recipient", "ship-address-1": "1 Canary Street", "ship-postal-code": "CANARY1",
                "sku": chance.choice(SKUS),
                "product-name": chance.choice(NAMES),
                "quantity-purchased": "2", "quantity-shipped": "0", "quantity-to-ship": str(chance.choice([0, 1, 1, 2])),
                "ship-service-level": chance.choice(SERVICES),
                "ship-city": chance.choice(["Köln", "Springfield", ""]), "ship-state": chance.choice(STATES),
                "ship-country": chance.choice([CHANNELS[channel][1], "AE", "SA", ""]),
                "sales-channel": chance.choice([channel, "", ""]),
                "is-business-order": chance.choice(["true", "false"]), "is-prime": chance.choice(["true", "false", ""]),
                "is-buyer-requested-cancellation": "true" if chance.random() < 0.05 else "false",
                "verge-of-cancellation": chance.choice(["true", "false", ""]),
            })
            lines.append(line)
    write(folder, name, table(BACKLOG, lines, header_end=""))


def long_history(folder, seed):
    """A year and more with days that lack: files that leave days between them, days without orders, the last day of a file."""
    chance = random.Random(seed)
    first = datetime(2024, 12, 20)
    number = 0
    for part in range(7):
        lines = []
        begin = first + timedelta(days=61 * part + chance.choice([0, 0, 3, 9]))
        length = 61 if part % 2 else chance.choice([58, 61, 64])
        quiet = {chance.randrange(length) for _ in range(4)}
        if part == 6 and seed == 2:
            # A day of the week before the last complete one lacks, which is parts of two days in UTC.
            last = begin + timedelta(days=length - 1)
            sunday = length - 1 - (last.weekday() + 1) % 7
            quiet |= {sunday - 10, sunday - 9}
        per_day = chance.choice([14, 24, 24])
        for day in range(length):
            if day in quiet:
                continue
            for _ in range(max(0, int(chance.gauss(per_day, 3)))):
                number += 1
                when = begin + timedelta(days=day, seconds=chance.randrange(86400))
                if part == 6 and day == length - 1 and when.hour > 10:
                    continue
                order = f"{100 + seed:03}-{part:07}-{number:07}"
                # Of some files, the newest update is days after the last purchase: then their last day is over.
                updated = when + (timedelta(days=3) if part in (2, 4) else timedelta(minutes=2))
                lines.append(order_line(chance, order, when, updated, "Amazon.com", False))
        write(folder, f"part-{part}.txt", table(ORDERS, lines))


def sampled(folder, ordersift, seed, lines):
    """What `ordersift sample` invents: two downloads that overlap, a damaged one and a backlog."""
    os.makedirs(folder, exist_ok=True)
    for name, more in [("first.txt", []), ("second.txt", ["--overlap"]), ("open.txt", ["--kind", "unshipped"]), ("third.txt", ["--dirty"])]:
        count = lines // 10 if name == "third.txt" else lines
        shift = 1000 if name == "third.txt" else 0
        command = [ordersift, "sample", "--lines", str(count), "--seed", str(seed + shift), "--out", os.path.join(folder, name), "--quiet"]
        subprocess.run(command + more, check=True, stdout=subprocess.DEVNULL)


def fixture(folder, source):
    os.makedirs(folder, exist_ok=True)
    for name in sorted(os.listdir(source)):
        path = os.path.join(source, name)
        if os.path.isfile(path) and name != "case.md":
            shutil.copy(path, os.path.join(folder, name))


def all_accounts(root, ordersift, fixtures, hostiles, lines):
    """Makes all accounts below `root`; gives their names."""
    names = []
    for seed in range(hostiles):
        names.append(f"hostile-{seed}")
        hostile(os.path.join(root, names[-1]), seed)
    for seed in range(3):
        names.append(f"long {seed} é")
        long_history(os.path.join(root, names[-1]), seed)
    for seed in range(2):
        names.append(f"sample-{seed}")
        sampled(os.path.join(root, names[-1]), ordersift, seed, lines)
    for name in sorted(os.listdir(fixtures)) if fixtures else []:
        names.append(f"fixture-{name}")
        fixture(os.path.join(root, names[-1]), os.path.join(fixtures, name))
    return names
