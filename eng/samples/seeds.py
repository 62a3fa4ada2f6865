"""Seeded picks that give the same answer on every machine and Python version."""

import hashlib

SEED = "warehouse-samples-1"


def number(*key):
    """A 64-bit number that depends on the seed and the key only."""
    text = "|".join((SEED,) + tuple(str(part) for part in key))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")


def below(limit, *key):
    return number(*key) % limit


def choice(items, *key):
    return items[below(len(items), *key)]


def weighted(pairs, *key):
    """Picks an item of [(item, integer weight), ...]."""
    rest = below(sum(weight for _, weight in pairs), *key)
    for item, weight in pairs:
        if rest < weight:
            return item
        rest -= weight
    raise AssertionError("weights do not add up")
