"""Where labels go: beside the ends of bands without touching each other, and clear of what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]  # left, bottom, right, top
STEPS = 24  # places tried along each direction


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A vertical stretch of something drawn: position, lower and upper end."""

    x: float
    low: float
    high: float


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Heights nearest to `wanted` (falling) that are at least `gap` apart and within `low` … `high`.

    Pools neighbours that come too close around their common mean (isotonic regression of the heights with
    the gaps taken out). When there is no room for all, the gaps win and the lowest leave `low`.
    """
    pools: list[list[float]] = []  # sum and number of the heights pooled, gaps taken out
    for index, height in enumerate(wanted):
        pools.append([height + index * gap, 1.0])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] < pools[-1][0] / pools[-1][1]:
            total, number = pools.pop()
            pools[-1] = [pools[-1][0] + total, pools[-1][1] + number]
    level = [total / number for total, number in pools for _ in range(round(number))]
    floor = low + (len(wanted) - 1) * gap
    return tuple(min(max(value, floor), high) - index * gap for index, value in enumerate(level))


def clear_place(
    anchor: Box,
    size: tuple[float, float],
    frame: Box,
    obstacles: Sequence[Obstacle],
    taken: Sequence[Box],
    margin: float = 3.0,
) -> Box:
    """The box of `size` inside `frame` nearest to `anchor` that touches neither `obstacles` nor `taken`.

    When there is no free place, the one that touches least. The search runs over fixed places, so that equal
    figures get equal labels.
    """
    boxes = _places(anchor, size, frame, 2.5 * margin)
    return min(boxes, key=lambda box: _cost(box, anchor, obstacles, taken, margin))


def _places(anchor: Box, size: tuple[float, float], frame: Box, beside: float) -> list[Box]:
    """A grid over the frame, with the rows and columns that lie snugly beside, above and below the anchor."""
    width, height = size
    across, along = frame[2] - frame[0] - width, frame[3] - frame[1] - height
    lefts = [frame[0] + across * step / STEPS for step in range(STEPS + 1)]
    bottoms = [frame[1] + along * step / STEPS for step in range(STEPS + 1)]
    centre = ((anchor[0] + anchor[2] - width) / 2, (anchor[1] + anchor[3] - height) / 2)
    lefts += [anchor[0] - beside - width, centre[0], anchor[2] + beside]
    bottoms += [anchor[1] - beside - height, centre[1], anchor[3] + beside]
    return [
        (left, bottom, left + width, bottom + height)
        for left in lefts
        for bottom in bottoms
        if frame[0] <= left <= frame[2] - width and frame[1] <= bottom <= frame[3] - height
    ] or [(frame[0], frame[1], frame[0] + width, frame[1] + height)]


def _cost(box: Box, anchor: Box, obstacles: Sequence[Obstacle], taken: Sequence[Box], margin: float) -> float:
    left, bottom, right, top = box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin
    hits = sum(o.low < top and o.high > bottom for o in obstacles if left < o.x < right)
    crossed = sum(t[0] < right and t[2] > left and t[1] < top and t[3] > bottom for t in taken)
    across = max(box[0] - anchor[2], anchor[0] - box[2], 0.0)
    along = max(box[1] - anchor[3], anchor[1] - box[3], 0.0)
    # Of places equally near, the one on a level with the anchor.
    tilt = abs(box[1] + box[3] - anchor[1] - anchor[3]) / 2
    return float(hits * 1e3 + crossed * 1e5 + (across**2 + along**2) ** 0.5 + 0.05 * tilt)
