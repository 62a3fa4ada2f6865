"""Says what a right run over the samples must come to, from the sample files alone.

    python3 expected.py samples > expected.json

Shares no code with make_samples.py, so that the two can disagree.
"""

import collections
import csv
import json
import pathlib
import sys

HELD = "no earlier line of this customer and SKU to reverse"
NO_GOODS = "no goods: nothing to ship"
FULLY_REVERSED = "every unit reversed: may be cancelled, or shipped and returned"


def table(path):
    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class OpenLine:
    """An order line and how many of its units are reversed so far."""

    def __init__(self, row):
        self.order, self.line, self.sku = row["external_id"], int(row["line"]), row["sku"]
        self.ordered, self.reversed = int(row["quantity"]), 0

    @property
    def net(self):
        return self.ordered - self.reversed

    def view(self):
        return {"line": self.line, "sku": self.sku, "ordered": self.ordered,
                "reversed": self.reversed, "net": self.net}


def charge_view(row, kinds):
    return {"line": int(row["line"]), "code": row["sku"], "kind": kinds[row["sku"]],
            "quantity": int(row["quantity"]), "unitPriceMinor": int(row["unit_price_minor"])}


def reverse(row, earlier):
    """Takes the units of one reversal line from the newest earlier lines, newest first."""
    rest, matches = int(row["quantity"]), []
    for line in reversed(earlier):
        units = min(rest, line.net)
        if units > 0:
            line.reversed += units
            rest -= units
            matches.append({"external_id": line.order, "line": line.line, "units": units})
    found = {"external_id": row["external_id"], "line": int(row["line"]), "customer": row["customer"],
             "sku": row["sku"], "units": int(row["quantity"]), "matched": matches, "heldUnits": rest}
    if rest:
        found["heldReason"] = HELD
    return found


def replay(rows, kinds):
    """Walks the file in time order: (lines per order, charges per order, reversals, charge reversals)."""
    lines, charges = collections.OrderedDict(), collections.defaultdict(list)
    earlier = collections.defaultdict(list)
    reversals, credits = [], []
    for row in sorted(rows, key=lambda row: row["placed_at"]):  # stable: ties keep the file's order
        is_charge = row["sku"] in kinds
        if row["kind"] == "order":
            mine = lines.setdefault(row["external_id"], [])
            if is_charge:
                charges[row["external_id"]].append(charge_view(row, kinds))
            else:
                mine.append(OpenLine(row))
                earlier[row["customer"], row["sku"]].append(mine[-1])
        elif is_charge:
            credits.append({"external_id": row["external_id"], "customer": row["customer"],
                            **charge_view(row, kinds)})
        else:
            reversals.append(reverse(row, earlier[row["customer"], row["sku"]]))
    return lines, charges, reversals, credits


def why_not(lines, stocked):
    """The reason an order need not ship, or None if it must."""
    if not lines:
        return NO_GOODS
    wanted = {line.sku for line in lines if line.net > 0}
    if not wanted:
        return FULLY_REVERSED
    if any(wanted <= skus for skus in stocked.values()):
        return None
    everywhere = set().union(*stocked.values())
    missing = sorted(wanted - everywhere)
    if missing:
        return "no warehouse stocks " + ", ".join(missing)
    return "no single warehouse stocks all its goods"


def order_views(lines, charges, stocked):
    views = collections.OrderedDict()
    for number, mine in lines.items():
        reason = why_not(mine, stocked)
        view = {"mustShip": reason is None}
        if reason:
            view["reason"] = reason
        view["lines"] = [line.view() for line in mine]
        view["charges"] = charges[number]
        view["chargesMinor"] = sum(one["quantity"] * one["unitPriceMinor"] for one in charges[number])
        views[number] = view
    return views


def totals(orders, reversals, credits):
    must = sum(order["mustShip"] for order in orders.values())
    reasons = collections.Counter(order["reason"].split(" stocks ")[0]
                                  for order in orders.values() if not order["mustShip"])
    lines = [line for order in orders.values() for line in order["lines"]]
    return {
        "orders": len(orders), "mustShip": must, "mustShipShare": round(must / len(orders), 4),
        "needNotShip": dict(sorted(reasons.items())),
        "goodsLines": len(lines), "orderedUnits": sum(line["ordered"] for line in lines),
        "netUnits": sum(line["net"] for line in lines),
        "mustShipNetUnits": sum(line["net"] for order in orders.values() if order["mustShip"]
                                for line in order["lines"]),
        "reversalLines": len(reversals),
        "reversalUnits": sum(one["units"] for one in reversals),
        "matchedUnits": sum(one["units"] - one["heldUnits"] for one in reversals),
        "heldUnits": sum(one["heldUnits"] for one in reversals),
        "wholeMatchedLines": sum(one["heldUnits"] == 0 for one in reversals),
        "partMatchedLines": sum(0 < one["heldUnits"] < one["units"] for one in reversals),
        "heldLines": sum(one["heldUnits"] == one["units"] for one in reversals),
        "chargeReversalLines": len(credits),
    }


def expected(samples):
    kinds = {row["code"]: row["kind"] for row in table(samples / "charges.csv")}
    stocked = collections.defaultdict(set)
    for row in table(samples / "stock.csv"):
        if int(row["quantity"]) > 0:
            stocked[row["warehouse"]].add(row["sku"])
    lines, charges, reversals, credits = replay(table(samples / "orders.csv"), kinds)
    orders = order_views(lines, charges, stocked)
    return {"totals": totals(orders, reversals, credits), "orders": orders,
            "reversals": reversals, "chargeReversals": credits}


def main(arguments):
    if len(arguments) != 1:
        print("usage: expected.py SAMPLES_DIR", file=sys.stderr)
        return 2
    json.dump(expected(pathlib.Path(arguments[0])), sys.stdout, indent=1)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
