"""Fictional names, addresses and payment references, seeded per customer."""

import places
import seeds

_COLOURS = "Amber Azure Coral Ivory Jade Lilac Mauve Ochre Olive Pearl Russet Scarlet Teal Umber".split()
_BEASTS = ("Badger Beaver Curlew Dormouse Gryphon Hedgehog Kraken Lapwing Magpie Narwhal Otter "
           "Phoenix Puffin Tortoise Unicorn Wyvern").split()
_SHOPS = "Attic Bazaar Curios Emporium Gifts Home Nook Parlour Trading".split()
_STREETS = ("Button Candle Cushion Doily Kettle Lantern Mitten Napkin Pebble Ribbon Saucer "
            "Teapot Thimble Tinsel").split()
_ENDS = "Lane Mews Rise Road Row Street Walk Way".split()
_TOWNS = ("Exampleton Fableford Makebeck Mockham Nowhere-on-Sea Pretendbury Sampleford Testwick "
          "Upper-Fiction").split()
_NEVER_USED_INWARD = "CIKMOV"  # letters the second half of a real GB postcode never has
_MAIN_PERCENT = 55


def _areas_nearest_to(warehouse):
    return [(letters, weight) for letters, (point, weight) in sorted(places.AREAS.items())
            if places.nearest(point) == warehouse]


_CHOICES = {one["id"]: _areas_nearest_to(one["id"]) for one in places.MAIN_AND_NORTH}


def _postcode(country, customer):
    if country not in ("GB", "JE"):
        return str(10000 + seeds.below(90000, "postcode", customer))
    if country == "JE":
        area = "JE"
    else:
        side = "MAIN" if seeds.below(100, "side", customer) < _MAIN_PERCENT else "NORTH"
        area = seeds.weighted(_CHOICES[side], "area", customer)
    district = 1 + seeds.below(9, "district", customer)
    sector = seeds.below(10, "sector", customer)
    unit = "".join(seeds.choice(_NEVER_USED_INWARD, "unit", at, customer) for at in (1, 2))
    return f"{area}{district} {sector}{unit}"


def address(customer, country):
    """(name, street, city, postcode, country) of a customer in a country."""
    name = " ".join((seeds.choice(_COLOURS, "colour", customer),
                     seeds.choice(_BEASTS, "beast", customer),
                     seeds.choice(_SHOPS, "shop", customer)))
    street = (f"{1 + seeds.below(199, 'house', customer)} {seeds.choice(_STREETS, 'street', customer)} "
              f"{seeds.choice(_ENDS, 'end', customer)}")
    city = seeds.choice(_TOWNS, "town", customer)
    return name, street, city, _postcode(country, customer), country


def payment_reference(customer, invoice):
    return f"SAMPLE-{seeds.number('payment', customer, invoice) % 16 ** 8:08X}"
