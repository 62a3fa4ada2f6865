"""Mass, size, barcode and tote capacity of goods: made up, with some sense from the words."""

import collections
import re

import seeds

TOTE_MM3 = 60_000_000
TOTE_GRAMS = 25_000
TOTE_INNER_MM = (600, 400, 250)
FILL_PERCENT = 70
MOST_UNITS = 2000

# First word found in the description wins: grams, length, width, height in mm.
_SHAPES = (
    ("CARD", (15, 170, 125, 3)), ("WRAP", (40, 350, 50, 10)), ("STICKER", (12, 150, 100, 2)),
    ("TISSUE", (25, 110, 55, 20)), ("NAPKIN", (90, 165, 165, 20)), ("RIBBON", (30, 80, 60, 25)),
    ("CUTLERY", (220, 230, 120, 30)), ("CLOCK", (450, 180, 150, 60)), ("MUG", (320, 110, 85, 95)),
    ("TEACUP", (260, 130, 120, 70)), ("TEAPOT", (600, 200, 130, 130)), ("PLATE", (280, 190, 190, 18)),
    ("BOWL", (300, 150, 150, 65)), ("JAR", (350, 95, 95, 130)), ("BOTTLE", (350, 190, 110, 45)),
    ("GLASS", (180, 80, 80, 100)), ("VASE", (420, 110, 110, 180)), ("T-LIGHT", (95, 80, 80, 75)),
    ("CANDLE", (150, 75, 75, 90)), ("INCENSE", (35, 240, 45, 12)), ("LANTERN", (320, 120, 120, 190)),
    ("LIGHTS", (240, 160, 110, 70)), ("LAMP", (480, 180, 150, 150)), ("DOORMAT", (700, 400, 110, 90)),
    ("CUSHION", (260, 350, 300, 45)), ("APRON", (170, 260, 200, 20)), ("TOWEL", (140, 220, 160, 25)),
    ("BAG", (70, 260, 200, 8)), ("PURSE", (60, 120, 90, 20)), ("UMBRELLA", (330, 290, 60, 60)),
    ("CASES", (60, 90, 90, 45)), ("CAKESTAND", (650, 260, 260, 50)), ("TIN", (180, 150, 110, 60)),
    ("BOX", (160, 160, 120, 70)), ("BASKET", (260, 240, 180, 60)), ("SIGN", (240, 250, 120, 12)),
    ("FRAME", (300, 220, 170, 22)), ("HOOK", (110, 110, 60, 35)), ("HANGER", (90, 260, 120, 15)),
    ("BUNTING", (150, 230, 180, 25)), ("GARLAND", (90, 160, 110, 35)), ("NOTEBOOK", (130, 180, 130, 12)),
    ("BOOK", (160, 200, 150, 14)), ("PENCIL", (45, 185, 60, 12)), ("PEN", (18, 150, 20, 14)),
    ("CHARM", (20, 60, 40, 8)), ("NECKLACE", (40, 100, 70, 12)), ("BRACELET", (28, 80, 70, 12)),
    ("EARRINGS", (15, 60, 50, 12)), ("RING", (10, 45, 40, 12)), ("MAGNET", (20, 70, 55, 6)),
    ("TOY", (120, 140, 110, 60)), ("DOLL", (140, 200, 90, 50)), ("GAME", (210, 180, 130, 40)),
    ("SKITTLES", (320, 200, 150, 60)), ("WREATH", (210, 260, 260, 40)), ("HEART", (85, 120, 110, 25)),
    ("DECORATION", (50, 100, 80, 25)), ("DECORATIONS", (60, 110, 80, 30)),
    ("RAINCOAT", (90, 150, 110, 30)), ("SOAP", (110, 80, 60, 30)), ("TRAY", (420, 320, 230, 25)),
)
_OTHER = (140, 130, 100, 45)


def _base_shape(description):
    words = set(re.findall(r"[A-Z]+(?:-[A-Z]+)?", description))
    words |= {word[:-1] for word in words if word.endswith("S")}
    return next((shape for word, shape in _SHAPES if word in words), _OTHER)


def _fits(shape, units):
    mass, length, width, height = shape
    room = TOTE_MM3 * FILL_PERCENT // 100
    return units * length * width * height <= room and units * mass <= TOTE_GRAMS


def _capacity(shape):
    mass, length, width, height = shape
    room = TOTE_MM3 * FILL_PERCENT // 100
    return max(1, min(MOST_UNITS, room // (length * width * height), TOTE_GRAMS // mass))


def shape_of(sku, description, wanted_units):
    """(mass, length, width, height), made smaller until the wanted units fit one tote."""
    shape = tuple(max(2, base * (85 + seeds.below(31, "shape", at, sku)) // 100)
                  for at, base in enumerate(_base_shape(description)))
    shape = (shape[0],) + tuple(sorted(shape[1:], reverse=True))
    while not _fits(shape, wanted_units):
        smaller = tuple(max(2, part * 93 // 100) for part in shape)
        if smaller == shape:
            raise ValueError(f"{sku}: {wanted_units} units never fit one tote")
        shape = smaller
    return shape


def common_line(quantities):
    """The line size that at least nineteen of twenty lines do not exceed."""
    ordered = sorted(quantities)
    return min(MOST_UNITS, ordered[(len(ordered) * 95 + 99) // 100 - 1])


def gtin13(sequence):
    """A valid GTIN-13 in the range kept for use inside a company (prefix 20)."""
    body = f"20{sequence:010d}"
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(body))
    return body + str(-total % 10)


def product_rows(order_lines, names):
    """One row per goods SKU of [(sku, quantity), ...]."""
    quantities = collections.defaultdict(list)
    for sku, quantity in order_lines:
        quantities[sku].append(quantity)
    rows = []
    for sequence, sku in enumerate(sorted(quantities), 1):
        name = names.get(sku, sku)
        shape = shape_of(sku, name, common_line(quantities[sku]))
        rows.append((sku, name) + shape + (gtin13(sequence), _capacity(shape)))
    return rows
