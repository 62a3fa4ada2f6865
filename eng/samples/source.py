"""Reads the UCI Online Retail lines, cuts the window and sorts goods from charges."""

import collections
import csv
import datetime
import decimal
import gzip
import re

FIRST_DAY = "2011-05-06"
LAST_DAY = "2011-05-19"
FLOOR_START = datetime.datetime(2026, 1, 5, 6, 0, 0)
FLOOR_SECONDS = 10 * 3600

GOODS = re.compile(r"^([0-9]{5}[A-Z0-9]*|DCGS[A-Z0-9]+)$")

_NAMED_CHARGES = {
    "POST": ("postage", "Postage"),
    "DOT": ("postage", "Dotcom postage"),
    "C2": ("postage", "Carriage"),
    "M": ("manual", "Manual"),
    "B": ("manual", "Adjust bad debt"),
    "PADS": ("manual", "Pads to match all cushions"),
    "D": ("discount", "Discount"),
    "S": ("sample", "Samples"),
    "BANK CHARGES": ("fee", "Bank charges"),
    "AMAZONFEE": ("fee", "Amazon fee"),
    "CRUK": ("donation", "CRUK commission"),
}

Line = collections.namedtuple("Line", "invoice code description quantity time price customer country")


def read(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield Line(row["InvoiceNo"].strip().upper(), row["StockCode"].strip().upper(),
                       " ".join(row["Description"].split()), int(row["Quantity"]),
                       row["InvoiceDate"], decimal.Decimal(row["UnitPrice"]),
                       row["CustomerID"].split(".")[0], row["Country"])


def is_goods(code):
    return GOODS.match(code) is not None


def charge_kind(code):
    if code.startswith("GIFT_"):
        return "voucher", "Gift voucher " + code.split("_")[-1] + " GBP"
    return _NAMED_CHARGES[code]


def pence(price):
    return int((price * 100).quantize(decimal.Decimal(1), rounding=decimal.ROUND_HALF_UP))


def left_out_reason(line):
    """Why a line is neither an order line nor a cancellation; None if it is one."""
    if line.invoice.startswith("C"):
        return None if line.quantity < 0 else "cancellation without units"
    if not line.invoice.isdigit():
        return "bad-debt adjustment (A)"
    if line.quantity <= 0:
        return "write-off or stock correction (units below zero, no C)"
    if line.price == 0 and not line.customer:
        return "price-zero adjustment without customer"
    return None


def in_window(line):
    return FIRST_DAY <= line.time[:10] <= LAST_DAY


def _minute(text):
    return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S")


def floor_times(invoices):
    """{invoice: time on the floor}: the days' working hours end to end, squeezed into ten hours.

    Invoices keep the order of the source; no two have the same second.
    """
    days = collections.OrderedDict()
    for first in (lines[0] for lines in invoices.values()):
        at = _minute(first.time)
        low, high = days.get(at.date(), (at, at))
        days[at.date()] = (min(low, at), max(high, at))
    start, passed = {}, 0
    for day, (low, high) in days.items():
        start[day] = (passed, low)
        passed += int((high - low).total_seconds()) + 60
    times, last = {}, -1
    for number, lines in invoices.items():
        at = _minute(lines[0].time)
        before, low = start[at.date()]
        scaled = (before + int((at - low).total_seconds())) * FLOOR_SECONDS // passed
        last = max(last + 1, scaled)
        times[number] = FLOOR_START + datetime.timedelta(seconds=last)
    return times


def by_invoice(lines):
    invoices = collections.OrderedDict()
    for line in lines:
        invoices.setdefault(line.invoice, []).append(line)
    return invoices


def descriptions(lines):
    """{code: the description most rows use}; ties go to the first in the alphabet."""
    used = collections.defaultdict(collections.Counter)
    for line in lines:
        if line.description and line.description == line.description.upper():
            used[line.code][line.description] += 1
    return {code: min(names, key=lambda name: (-names[name], name)) for code, names in used.items()}
