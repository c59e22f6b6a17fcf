"""How colours look to other eyes and on a printer without colour, and how far apart two colours are.

Colour blindness is simulated after Machado, Oliveira and Fernandes (2009), complete (severity 1), in linear light; the
difference of two colours is CIEDE2000, where 2 is just seen side by side and 10 is seen at a glance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.colors import to_rgb

Triple = tuple[float, float, float]

MACHADO: dict[str, tuple[Triple, Triple, Triple]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
LUMINANCE: Triple = (0.2126, 0.7152, 0.0722)
#: sRGB to XYZ for the white D65, each row divided by the white.
_TO_XYZ: tuple[Triple, Triple, Triple] = (
    (0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883),
)
EYES = ("usual", *MACHADO, "grey")


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _applied(rows: Sequence[Triple], light: Triple) -> Triple:
    first, second, third = (sum(weight * part for weight, part in zip(row, light, strict=True)) for row in rows)
    return first, second, third


def seen_light(colour: str, eyes: str) -> Triple:
    """The colour as linear light in 0-1 as seen by one of `EYES`; `grey` is a print in black and white."""
    red, green, blue = (_linear(part) for part in to_rgb(colour))
    light: Triple = (red, green, blue)
    if eyes == "usual":
        return light
    seen = _applied([LUMINANCE] * 3 if eyes == "grey" else MACHADO[eyes], light)
    first, second, third = (min(max(part, 0.0), 1.0) for part in seen)
    return first, second, third


def lab(light: Triple) -> Triple:
    """CIE L*a*b* of linear light in sRGB."""
    x, y, z = (_root(part) for part in _applied(_TO_XYZ, light))
    return 116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)


def _root(part: float) -> float:
    return math.cbrt(part) if part > 216.0 / 24389.0 else (24389.0 / 27.0 * part + 16.0) / 116.0


def difference(one: str, other: str, eyes: str = "usual") -> float:
    """CIEDE2000 between two colours as seen by one of `EYES`."""
    return ciede2000(lab(seen_light(one, eyes)), lab(seen_light(other, eyes)))


def ciede2000(one: Triple, other: Triple) -> float:
    """Difference of two L*a*b* colours (Sharma, Wu and Dalal 2005)."""
    mean_chroma = (math.hypot(*one[1:]) + math.hypot(*other[1:])) / 2.0
    stretch = 1.5 - 0.5 * math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))
    chroma_1, hue_1 = _polar(one[1] * stretch, one[2])
    chroma_2, hue_2 = _polar(other[1] * stretch, other[2])
    turn = _turn(hue_1, hue_2) if chroma_1 * chroma_2 else 0.0
    hue = hue_1 + turn / 2.0 if chroma_1 * chroma_2 else hue_1 + hue_2
    lightness, chroma = (one[0] + other[0]) / 2.0, (chroma_1 + chroma_2) / 2.0
    d_light = (other[0] - one[0]) / (1.0 + 0.015 * (lightness - 50.0) ** 2 / math.sqrt(20.0 + (lightness - 50.0) ** 2))
    d_chroma = (chroma_2 - chroma_1) / (1.0 + 0.045 * chroma)
    d_hue = 2.0 * math.sqrt(chroma_1 * chroma_2) * math.sin(math.radians(turn / 2.0))
    d_hue /= 1.0 + 0.015 * chroma * _hue_weight(hue % 360.0)
    return math.sqrt(d_light**2 + d_chroma**2 + d_hue**2 + _rotation(chroma, hue % 360.0) * d_chroma * d_hue)


def _polar(a: float, b: float) -> tuple[float, float]:
    return math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360.0


def _turn(one: float, other: float) -> float:
    """The shorter way round from one hue to the other."""
    return (other - one + 180.0) % 360.0 - 180.0


def _hue_weight(hue: float) -> float:
    terms = ((-0.17, 1, -30.0), (0.24, 2, 0.0), (0.32, 3, 6.0), (-0.20, 4, -63.0))
    return 1.0 + sum(weight * math.cos(math.radians(times * hue + shift)) for weight, times, shift in terms)


def _rotation(chroma: float, hue: float) -> float:
    angle = 30.0 * math.exp(-(((hue - 275.0) / 25.0) ** 2))
    strength = 2.0 * math.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    return -strength * math.sin(math.radians(2.0 * angle))
