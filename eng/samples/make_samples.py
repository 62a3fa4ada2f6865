"""Makes the samples folder from the UCI Online Retail lines.

    python3 make_samples.py online_retail.csv.gz OUTDIR

The same source always gives the same bytes.
"""

import collections
import csv
import json
import pathlib
import sys

import people
import places
import products
import source
import stock

ORDER_COLUMNS = ("channel,external_id,kind,line,sku,quantity,unit_price_minor,currency,placed_at,"
                 "customer,ship_name,ship_street,ship_city,ship_postcode,ship_country,payment_reference")
PRODUCT_COLUMNS = "sku,description,mass_g,length_mm,width_mm,height_mm,barcode,units_per_tote"
STOCK_COLUMNS = "warehouse,sku,lot,lpn,aisle,bin,quantity"
TEMPLATE = pathlib.Path(__file__).with_name("README.template.md")


def write_csv(path, columns, rows):
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns.split(","))
        writer.writerows(rows)


def order_rows(invoices):
    times = source.floor_times(invoices)
    rows = []
    for number, lines in invoices.items():
        customer = lines[0].customer or f"guest-{number}"
        ship = people.address(customer, places.country_code(lines[0].country))
        kind = "reversal" if number.startswith("C") else "order"
        placed_at = times[number].strftime("%Y-%m-%dT%H:%M:%SZ")
        reference = people.payment_reference(customer, number)
        for at, line in enumerate(lines, 1):
            rows.append(("uci", number, kind, at, line.code, abs(line.quantity), source.pence(line.price),
                         "GBP", placed_at, customer) + ship + (reference,))
    return rows


def stock_orders(invoices):
    """The orders as the stock maker wants them: goods only, with the ship-to point."""
    orders = []
    for number, lines in invoices.items():
        goods = [(line.code, line.quantity) for line in lines if source.is_goods(line.code)]
        if number.startswith("C") or not goods:
            continue
        customer = lines[0].customer or f"guest-{number}"
        country = places.country_code(lines[0].country)
        ship_to = places.point_of(country, people.address(customer, country)[3])
        orders.append(stock.Order(number, ship_to, goods))
    return orders


def charge_rows(lines):
    codes = sorted({line.code for line in lines if not source.is_goods(line.code)})
    return [(code,) + source.charge_kind(code) for code in codes]


def share_near_main(orders_table):
    """Per cent of the GB customers that are nearer to MAIN."""
    postcodes = {row[9]: row[13] for row in orders_table if row[14] == "GB"}
    near = sum(places.nearest(places.point_of("GB", code)) == "MAIN" for code in postcodes.values())
    return round(100 * near / len(postcodes))


def left_out_table(window):
    reasons = collections.Counter(filter(None, map(source.left_out_reason, window)))
    return "\n".join(f"| {reason} | {count} |" for reason, count in sorted(reasons.items()))


def readme_values(everything, window, rows, stocked, nowhere, one_side):
    of_kind = {kind: [row for row in rows if row[2] == kind] for kind in ("order", "reversal")}
    totes = collections.Counter(row[0] for row in stocked)
    bins = {one["id"]: one["aisles"] * one["columns"] * one["levels"] * 2 for one in places.MAIN_AND_NORTH}
    values = {
        "source_lines": len(everything), "source_first": everything[0].time,
        "source_last": everything[-1].time, "first_day": source.FIRST_DAY, "last_day": source.LAST_DAY,
        "days": len({line.time[:10] for line in window}), "window_lines": len(window),
        "lines": len(rows), "left_out": len(window) - len(rows), "left_out_table": left_out_table(window),
        "order_lines": len(of_kind["order"]), "orders": len({row[1] for row in of_kind["order"]}),
        "reversal_lines": len(of_kind["reversal"]), "reversals": len({row[1] for row in of_kind["reversal"]}),
        "charge_lines": sum(not source.is_goods(row[4]) for row in rows),
        "customers": len({row[9] for row in rows if not row[9].startswith("guest-")}),
        "guests": len({row[9] for row in rows if row[9].startswith("guest-")}),
        "countries": len({row[14] for row in rows}), "near_main": share_near_main(rows),
        "skus": len({row[4] for row in rows if source.is_goods(row[4])}),
        "nowhere": ", ".join(f"`{sku}`" for sku in sorted(nowhere)),
        "one_side": ", ".join(f"`{sku}` ({side})" for sku, side in sorted(one_side.items())),
        "cosines": ", ".join(map(str, places.COS_PER_MILLE)),
    }
    for name, count in totes.items():
        values[f"totes_{name}"] = count
        values[f"bins_{name}"] = bins[name]
        values[f"fill_{name}"] = round(100 * count / bins[name])
    return values


def make(source_path, out):
    everything = list(source.read(source_path))
    window = [line for line in everything if source.in_window(line)]
    invoices = source.by_invoice(line for line in window if source.left_out_reason(line) is None)
    rows = order_rows(invoices)
    goods = [(row[4], row[5]) for row in rows if source.is_goods(row[4])]
    reversed_skus = {row[4] for row in rows if row[2] == "reversal"}
    product_table = products.product_rows(goods, source.descriptions(everything))
    orders = stock_orders(invoices)
    capacity = {row[0]: row[7] for row in product_table}
    stocked, nowhere, one_side = stock.stock_rows(orders, reversed_skus, capacity)
    values = readme_values(everything, window, rows, stocked, nowhere, one_side)

    out.mkdir(parents=True, exist_ok=True)
    write_csv(out / "orders.csv", ORDER_COLUMNS, rows)
    write_csv(out / "charges.csv", "code,kind,name", charge_rows(everything))
    write_csv(out / "products.csv", PRODUCT_COLUMNS, product_table)
    write_csv(out / "geography.csv", "country,area,latitude_udeg,longitude_udeg", places.geography_rows())
    write_csv(out / "stock.csv", STOCK_COLUMNS, stocked)
    floor = json.dumps({"warehouses": places.MAIN_AND_NORTH}, indent=2) + "\n"
    (out / "floor.json").write_bytes(floor.encode("utf-8"))
    text = TEMPLATE.read_text(encoding="utf-8").format(**values)
    (out / "README.md").write_bytes(text.encode("utf-8"))
    return values


def main(arguments):
    if len(arguments) != 2:
        print("usage: make_samples.py SOURCE.csv.gz OUTDIR", file=sys.stderr)
        return 2
    values = make(arguments[0], pathlib.Path(arguments[1]))
    for name in ("window_lines", "lines", "orders", "reversals", "skus", "totes_MAIN", "totes_NORTH"):
        print(f"{name}: {values[name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
