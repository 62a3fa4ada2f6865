"""Checks on the committed samples; with UCI_SOURCE set, also that they can be made again."""

import collections
import csv
import json
import math
import os
import pathlib
import re
import tempfile
import unittest

import expected
import make_samples

SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "samples"
FILES = ("README.md", "charges.csv", "floor.json", "geography.csv", "orders.csv", "products.csv", "stock.csv")


def table(name):
    with open(SAMPLES / name, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class Samples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.orders = table("orders.csv")
        cls.products = {row["sku"]: row for row in table("products.csv")}
        cls.charges = {row["code"] for row in table("charges.csv")}
        cls.stock = table("stock.csv")
        cls.floor = {one["id"]: one for one in json.loads((SAMPLES / "floor.json").read_text())["warehouses"]}
        cls.points = {(row["country"], row["area"]): (int(row["latitude_udeg"]), int(row["longitude_udeg"]))
                      for row in table("geography.csv")}
        cls.expected = expected.expected(SAMPLES)

    def point(self, row):
        area = re.match("[A-Z]*", row["ship_postcode"])[0] if row["ship_country"] == "GB" else ""
        return self.points[row["ship_country"], area]

    def nearest_first(self, row):
        """The formula of the README, written a second time."""
        latitude, longitude = self.point(row)
        cos = round(1000 * math.cos(math.radians(abs(latitude) // 1000000)))
        ranked = []
        for one in self.floor.values():
            d_lat = abs(latitude - one["latitudeMicrodegrees"])
            d_lon = abs(longitude - one["longitudeMicrodegrees"]) * cos // 1000
            ranked.append((d_lat * d_lat + d_lon * d_lon, one["id"]))
        return [name for _, name in sorted(ranked)]

    def test_order_rows_are_well_formed(self):
        first_seen, last = {}, ""
        for row in self.orders:
            key = row["external_id"]
            self.assertEqual(row["kind"] == "reversal", key.startswith("C"))
            self.assertGreater(int(row["quantity"]), 0)
            self.assertGreaterEqual(int(row["unit_price_minor"]), 0)
            self.assertGreaterEqual(row["placed_at"], last)
            same = (row["placed_at"], row["customer"], row["ship_postcode"], row["payment_reference"])
            if key not in first_seen:
                self.assertNotEqual(row["placed_at"], last, "an invoice shares its second with another")
            self.assertEqual(same, first_seen.setdefault(key, same))
            last = row["placed_at"]
        self.assertEqual(self.orders[0]["placed_at"], "2026-01-05T06:00:00Z")
        self.assertLess(last, "2026-01-05T16:00:00Z")

    def test_lines_are_numbered_from_one(self):
        lines = collections.defaultdict(list)
        for row in self.orders:
            lines[row["external_id"]].append(int(row["line"]))
        for numbers in lines.values():
            self.assertEqual(numbers, list(range(1, len(numbers) + 1)))

    def test_every_sku_is_a_product_or_a_charge(self):
        self.assertFalse(set(self.products) & self.charges)
        used = {row["sku"] for row in self.orders}
        self.assertEqual(used - self.charges, set(self.products))
        self.assertTrue(all(re.fullmatch("[A-Z0-9._-]+", sku) for sku in self.products))

    def test_every_address_has_a_point(self):
        for row in self.orders:
            self.point(row)

    def test_products_fit_their_tote(self):
        for row in self.products.values():
            mass, length, width, height, units = (int(row[name]) for name in (
                "mass_g", "length_mm", "width_mm", "height_mm", "units_per_tote"))
            self.assertTrue(1 <= units <= 2000)
            self.assertLessEqual(units * mass, 25000)
            self.assertLessEqual(units * length * width * height, 42_000_000)
            sides = sorted((length, width, height), reverse=True)
            self.assertTrue(all(side <= room for side, room in zip(sides, (600, 400, 250))))

    def test_barcodes_are_valid_and_unique(self):
        codes = [row["barcode"] for row in self.products.values()]
        self.assertEqual(len(set(codes)), len(codes))
        for code in codes:
            self.assertRegex(code, "^(04|2[0-9])[0-9]{11}$")
            self.assertEqual(sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(code)) % 10, 0)

    def test_totes_stand_in_bins_that_exist_one_each(self):
        self.assertEqual(len({row["lpn"] for row in self.stock}), len(self.stock))
        self.assertEqual(len({(row["warehouse"], row["bin"]) for row in self.stock}), len(self.stock))
        for row in self.stock:
            aisle, side, column, level = row["bin"].split("-")
            floor = self.floor[row["warehouse"]]
            self.assertEqual(aisle, row["aisle"])
            self.assertRegex(row["bin"], "^A[0-9]{2}-[LR]-[0-9]{3}-[0-9]{2}$")
            self.assertIn(side, "LR")
            self.assertTrue(1 <= int(aisle[1:]) <= floor["aisles"])
            self.assertTrue(1 <= int(column) <= floor["columns"] and 1 <= int(level) <= floor["levels"])
            self.assertTrue(1 <= int(row["quantity"]) <= int(self.products[row["sku"]]["units_per_tote"]))

    def test_at_most_85_percent_of_the_bins_are_taken(self):
        for name, floor in self.floor.items():
            totes = sum(row["warehouse"] == name for row in self.stock)
            self.assertLessEqual(totes, floor["aisles"] * floor["columns"] * floor["levels"] * 2 * 85 // 100)

    def test_aisles_are_evenly_loaded_by_order_lines(self):
        lines, totes = collections.Counter(), collections.Counter()
        for row in self.orders:
            if row["kind"] == "order" and row["sku"] in self.products:
                lines[self.nearest_first(row)[0], row["sku"]] += 1
        for row in self.stock:
            totes[row["warehouse"], row["sku"]] += 1
        load = collections.Counter()
        for row in self.stock:
            key = row["warehouse"], row["sku"]
            load[row["warehouse"], row["aisle"]] += lines[key] / totes[key]
        for name in self.floor:
            mine = [work for (warehouse, _), work in load.items() if warehouse == name]
            self.assertLess(max(mine), 1.05 * min(mine))

    def test_reversals_conserve_units(self):
        taken = collections.Counter()
        for one in self.expected["reversals"]:
            matched = sum(match["units"] for match in one["matched"])
            self.assertEqual(matched + one["heldUnits"], one["units"])
            self.assertEqual("heldReason" in one, one["heldUnits"] > 0)
            for match in one["matched"]:
                taken[match["external_id"], match["line"]] += match["units"]
        for number, order in self.expected["orders"].items():
            for line in order["lines"]:
                self.assertEqual(line["reversed"], taken[number, line["line"]])
                self.assertEqual(line["net"], line["ordered"] - line["reversed"])
                self.assertGreaterEqual(line["net"], 0)
        self.assertGreater(len(taken), 100)

    def test_reversals_match_the_customers_earlier_lines(self):
        rows = {(row["external_id"], int(row["line"])): row for row in self.orders}
        for one in self.expected["reversals"]:
            self.assertFalse(one["customer"].startswith("guest-") and one["matched"])
            back = rows[one["external_id"], one["line"]]
            for match in one["matched"]:
                row = rows[match["external_id"], match["line"]]
                self.assertEqual((row["customer"], row["sku"]), (back["customer"], back["sku"]))
                self.assertLess(row["placed_at"], back["placed_at"])

    def test_nearly_all_orders_must_ship(self):
        totals = self.expected["totals"]
        self.assertGreaterEqual(totals["mustShipShare"], 0.95)
        told = (SAMPLES / "README.md").read_text(encoding="utf-8")
        needless = totals["needNotShip"]
        for text in (f"Of {totals['orders']} orders {totals['mustShip']} must ship "
                     f"({100 * totals['mustShipShare']:.1f} %)",
                     f"{needless[expected.NO_GOODS]} have charges only",
                     f"{needless[expected.FULLY_REVERSED]} are reversed whole",
                     f"{needless['no warehouse']} need an SKU that no warehouse stocks",
                     f"Of {totals['reversalUnits']} units in {totals['reversalLines']} reversal lines",
                     f"{totals['matchedUnits']} find their order and {totals['heldUnits']} are held",
                     f"{totals['chargeReversalLines']} reversal lines are charges"):
            self.assertIn(text, told.replace("\n", " "))

    def test_stock_covers_every_order_that_must_ship(self):
        held, skus = collections.Counter(), collections.defaultdict(set)
        for row in self.stock:
            held[row["warehouse"], row["sku"]] += int(row["quantity"])
            skus[row["warehouse"]].add(row["sku"])
        head = {row["external_id"]: row for row in self.orders}
        wanted, total, detours = collections.Counter(), collections.Counter(), 0
        for number, order in self.expected["orders"].items():
            if not order["lines"] or "stocks" in order.get("reason", ""):
                continue
            ordered = {line["sku"] for line in order["lines"]}
            choices = self.nearest_first(head[number])
            chosen = next(name for name in choices if ordered <= skus[name])
            detours += chosen != choices[0]
            for line in order["lines"]:
                wanted[chosen, line["sku"]] += line["ordered"]
                total[line["sku"]] += line["ordered"]
        for key, units in wanted.items():
            self.assertLessEqual(units, held[key], key)
        for sku, units in total.items():
            self.assertLessEqual(units, sum(held[name, sku] for name in self.floor), sku)
        self.assertGreater(detours, 0, "some orders should ship from the farther warehouse")

    def test_readme_has_the_cosines(self):
        table_text = ", ".join(str(round(1000 * math.cos(math.radians(at)))) for at in range(91))
        self.assertIn(table_text, (SAMPLES / "README.md").read_text(encoding="utf-8"))

    @unittest.skipUnless(os.environ.get("UCI_SOURCE"), "UCI_SOURCE is not set")
    def test_made_again_gives_the_committed_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            make_samples.make(os.environ["UCI_SOURCE"], pathlib.Path(folder))
            self.assertEqual(sorted(os.listdir(folder)), sorted(FILES))
            for name in FILES:
                self.assertEqual(pathlib.Path(folder, name).read_bytes(), (SAMPLES / name).read_bytes(), name)


if __name__ == "__main__":
    unittest.main()
