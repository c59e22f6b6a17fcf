"""Numbers as short text: digits of one alphabet, so that ten scenarios fit on a page.

The alphabet lacks what HTML, JSON or a path would read otherwise, and the letters a to f, so that no code can be taken
for a hash.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZghijklmnopqrstuvwxyz!#$%()*+,-.:;=?@[]^_{|}"
NONE = "~"  # in place of a digit of a number that is missing
BASE = len(ALPHABET)


def width_for(span: int) -> int:
    """Digits that the numbers from 0 to `span` need."""
    width = 1
    while BASE**width <= span:
        width += 1
    return width


def packed(values: Sequence[int | None], least: int, width: int) -> str:
    """Whole numbers not below `least`, each in `width` digits."""
    return "".join(NONE * width if value is None else _digits(value - least, width) for value in values)


def _digits(value: int, width: int) -> str:
    found = ""
    for _ in range(width):
        value, digit = divmod(value, BASE)
        found = ALPHABET[digit] + found
    return found


def stepped(values: Sequence[float]) -> tuple[float, float, str]:
    """Rising values as the first one, the largest rise, and one digit for each rise.

    A digit stands for its square: small rises are told finely. Every rise is taken from the value as it will be read,
    so that errors do not add up; equal values stay equal. Value n+1 is value n + largest · (digit / (BASE − 1))².
    """
    first = float(f"{values[0]:.8g}")
    largest = float(f"{max((b - a for a, b in pairwise(values)), default=0.0):.4g}")
    read, codes = first, ""
    for before, value in pairwise(values):
        share = max(value - read, 0.0) / largest if largest > 0.0 and value > before else 0.0
        digit = min(round(share**0.5 * (BASE - 1)), BASE - 1)
        read += largest * (digit / (BASE - 1)) ** 2
        codes += ALPHABET[digit]
    return first, largest, codes
