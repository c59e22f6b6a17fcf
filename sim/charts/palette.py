"""The house style of colours: calm, told apart in black and white and by the colour-blind.

`BESIDE` says which colours stand beside each other with different meanings; the tests simulate how they are seen.
Projected bars are pale with a hatch in the colour of the solid ones, projected lines dashed: no meaning rests on
colour alone.
"""

from __future__ import annotations

BLUE = "#17507a"  # the house colour; the region itself among others
LEVEL = "#4a82aa"  # columns of a level
RATE = "#7a2e08"  # a line of growth, on white
PALE_BLUE = "#a9c0ce"  # the other regions, what is still ahead
TRACK = "#e9edf0"  # the empty part of a progress bar
MARK = "#1a1a1a"  # a line that divides: the share of time over
BEHIND = "#c98a4b"  # a progress bar short of the share of time
FRESH = "#f4f7f9"  # ground of projected bars below the hatch

#: The three industries in the order of the accounts.
INDUSTRIES = {"primary": "#e9c983", "secondary": "#17507a", "tertiary": "#7ba1b4"}
#: Lines of scenarios in order; markers and direct labels tell those apart that share a colour.
SCENARIOS = (
    "#17507a", "#c98434", "#141414", "#7fb3c8", "#8a3b12", "#a3ab4c", "#2b2b55", "#c9a227", "#4d6b52", "#b08fb5",
)  # fmt: skip
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "h")

#: Pairs of colours that stand beside each other and mean different things.
BESIDE: tuple[tuple[str, str], ...] = (
    (INDUSTRIES["primary"], INDUSTRIES["secondary"]),
    (INDUSTRIES["secondary"], INDUSTRIES["tertiary"]),
    (INDUSTRIES["primary"], INDUSTRIES["tertiary"]),
    (BLUE, PALE_BLUE),
    (LEVEL, RATE),
    (BLUE, TRACK),
    (BEHIND, TRACK),
    (BLUE, BEHIND),
    (SCENARIOS[0], SCENARIOS[1]),
    (SCENARIOS[0], SCENARIOS[2]),
    (SCENARIOS[1], SCENARIOS[2]),
)
#: Least CIEDE2000 for every kind of eyes; in a black-and-white print least difference of lightness.
LEAST_DIFFERENCE = 10.0
