"""Opening stock: how much of each SKU each warehouse holds, and in which bin."""

import collections

import places
import seeds

NOWHERE_SKUS = 6
ONE_SIDE_SKUS = 8
LONGEST_EXCEPTION_ORDER = 80
LINES_PER_TOTE = 12

Order = collections.namedtuple("Order", "number ship_to lines")  # lines: [(sku, quantity), ...]
Tote = collections.namedtuple("Tote", "sku lot quantity load")


def _orders_by_sku(orders):
    found = collections.defaultdict(list)
    for order in orders:
        for sku in sorted({sku for sku, _ in order.lines}):
            found[sku].append(order)
    return found


def choose_exceptions(orders, reversed_skus):
    """(SKUs nobody stocks, {SKU: the one warehouse that stocks it}).

    No order holds two of them, so one exception alone decides about an order.
    """
    holders = _orders_by_sku(orders)
    taken, nowhere, one_side = set(), set(), {}
    for sku in sorted(holders, key=lambda sku: (seeds.number("exception", sku), sku)):
        mine = holders[sku]
        if sku in reversed_skus or any(len(one.lines) > LONGEST_EXCEPTION_ORDER for one in mine):
            continue
        if taken & {one.number for one in mine}:
            continue
        near = collections.Counter(places.nearest(one.ship_to) for one in mine)
        favourite, count = min(near.items(), key=lambda pair: (-pair[1], pair[0]))
        if len(nowhere) < NOWHERE_SKUS and 2 <= len(mine) <= 3:
            nowhere.add(sku)
        elif len(one_side) < ONE_SIDE_SKUS and 3 <= len(mine) <= 6 and count * 2 > len(mine):
            wanted = "NORTH" if favourite == "MAIN" else "MAIN"
            if sum(side == wanted for side in one_side.values()) * 2 >= ONE_SIDE_SKUS:
                continue
            one_side[sku] = wanted
        else:
            continue
        taken |= {one.number for one in mine}
    return nowhere, one_side


def demand(orders, one_side):
    """({(warehouse, sku): units}, {(warehouse, sku): order lines}).

    Orders near the border between the warehouses, and orders with a SKU only one warehouse has,
    count in full at both, so that either choice ships.
    """
    units, lines = collections.Counter(), collections.Counter()
    everywhere = [one["id"] for one in places.MAIN_AND_NORTH]
    for order in orders:
        near = places.nearest(order.ship_to)
        both = places.is_borderline(order.ship_to) or any(sku in one_side for sku, _ in order.lines)
        for sku, quantity in order.lines:
            lines[near, sku] += 1
            for warehouse in everywhere if both else (near,):
                units[warehouse, sku] += quantity
    return units, lines


def quantity_to_hold(units):
    return (units * 125 + 99) // 100 + 10


def totes_of(sku, quantity, lines, capacity, aisles):
    """Splits a SKU's stock into totes of nearly equal content, the older lot first."""
    count = max(-(-quantity // capacity), min(aisles, -(-lines // LINES_PER_TOTE)))
    week = 20 + seeds.below(20, "lot", sku)
    lots = (f"L25{week:02d}", f"L25{week + 1 + seeds.below(6, 'later lot', sku):02d}")
    totes = []
    for at in range(count):
        share = quantity * (at + 1) // count - quantity * at // count
        lot = lots[0] if at * 2 < count else lots[1]
        totes.append(Tote(sku, lot, share, lines * 1000 // count))
    return totes


def spread_over_aisles(groups, aisles, room):
    """Deals totes to aisles: busiest SKU first, each tote to the aisle with the least work so far."""
    load, content = [0] * aisles, [[] for _ in range(aisles)]
    for totes in sorted(groups, key=lambda totes: (-totes[0].load, totes[0].sku)):
        used = collections.Counter()
        for tote in totes:
            aisle = min((at for at in range(aisles) if len(content[at]) < room),
                        key=lambda at: (used[at], load[at] + 300 * len(content[at]), at))
            used[aisle] += 1
            load[aisle] += tote.load
            content[aisle].append(tote)
    return content


def bins(aisle, columns, levels):
    """All bins of an aisle, the ones nearest to its front first."""
    places_ = [(column + 2 * level, column, level, side) for column in range(1, columns + 1)
               for level in range(1, levels + 1) for side in "LR"]
    return [f"A{aisle:02d}-{side}-{column:03d}-{level:02d}" for _, column, level, side in sorted(places_)]


def warehouse_rows(warehouse, skus, capacity, units, lines):
    """[(warehouse, sku, lot, aisle, bin, quantity), ...] with free bins spread evenly."""
    name, aisles = warehouse["id"], warehouse["aisles"]
    groups = [totes_of(sku, quantity_to_hold(units[name, sku]), lines[name, sku], capacity[sku], aisles)
              for sku in skus]
    per_aisle = warehouse["columns"] * warehouse["levels"] * 2
    room = per_aisle * 85 // 100
    if sum(map(len, groups)) > room * aisles:
        raise ValueError(f"{name}: {sum(map(len, groups))} totes do not fit {room * aisles} bins")
    rows = []
    for at, totes in enumerate(spread_over_aisles(groups, aisles, room), 1):
        free = bins(at, warehouse["columns"], warehouse["levels"])
        busiest_first = sorted(totes, key=lambda tote: (-tote.load, tote.sku, tote.lot))
        for place, tote in enumerate(busiest_first):
            spot = free[place * per_aisle // len(totes)]
            rows.append((name, tote.sku, tote.lot, f"A{at:02d}", spot, tote.quantity))
    return rows


def stock_rows(orders, reversed_skus, capacity):
    nowhere, one_side = choose_exceptions(orders, reversed_skus)
    units, lines = demand(orders, one_side)
    rows = []
    for warehouse in places.MAIN_AND_NORTH:
        skus = [sku for sku in sorted(capacity)
                if sku not in nowhere and one_side.get(sku, warehouse["id"]) == warehouse["id"]]
        rows += warehouse_rows(warehouse, skus, capacity, units, lines)
    numbered = [(name, sku, lot, f"T{number:06d}", aisle, spot, quantity)
                for number, (name, sku, lot, aisle, spot, quantity) in enumerate(rows, 1)]
    return numbered, nowhere, one_side
