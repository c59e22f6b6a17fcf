"""Contributions to growth in the document of a run, and in its table contributions.csv."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sim.experiment.measurement import shown_pack
from sim.experiment.results import ScenarioResult
from sim.growth_accounting.channels import CHANNELS, INDUSTRIES, OF_ACCOUNT, TOTAL
from sim.growth_accounting.contributions import ContributionDifferences, Contributions, difference_of
from sim.language import Text
from sim.region.pack import Pack

FILE = "contributions.csv"
HEADER = (
    "region", "scenario", "year", "account", "kind", "member", "label", "label_en", "channel", "channel_label",
    "channel_label_en", "points", "standard_deviation", "share",
)  # fmt: skip
#: What `total` is called among members and among channels.
WHOLE = Text("地区生产总值", "GDP")
ALL_CHANNELS = Text("合计", "all channels")

Record = Mapping[str, Any]


def cell_records(pack: Pack) -> list[dict[str, str]]:
    """The cells of the accounts shown, in their order: id, labels, industry; of a city those of each of its parts."""
    places = [Text("", "")] * len(pack.cells)  # a city's own cells say themselves that they are of the rest of it
    places += [
        Text(f"{district.label.zh}·", f"{district.label.en}, ") for district in pack.districts for _ in district.cells
    ]
    return [
        {
            "id": cell.id,
            "label": place.zh + cell.label.zh,
            "label_en": place.en + cell.label.en,
            "industry": cell.industry,
        }
        for place, cell in zip(places, shown_pack(pack).cells, strict=True)
    ]


def contribution_records(found: Contributions | None) -> list[dict[str, Any]]:
    """Points by year, account, member and channel; channels that never move anywhere are left out.

    `share` is the part of mean growth in 0-1, null where growth is below half a point.
    """
    if found is None:
        return []
    out = []
    for account, t, member, channel in _places(found, found.deviation):
        share = float(found.share(account)[t, member, channel])
        out.append(
            {
                **_key(found, account, t, member, channel),
                "points": float(found.points[account][t, member, channel]),
                "standard_deviation": float(found.deviation[account][t, member, channel]),
                "share": share if math.isfinite(share) else None,
            }
        )
    return out


def difference_records(found: ContributionDifferences) -> list[dict[str, Any]]:
    """Points of a scenario less those of the first, by year, account, member and channel; zero channels left out."""
    return [
        {
            **_key(found, account, t, member, channel),
            "difference": float(found.points[account][t, member, channel]),
        }
        for account, t, member, channel in _places(found, found.points)
    ]


def contribution_part(results: Sequence[ScenarioResult], pack: Pack, years: Collection[int]) -> dict[str, Any]:
    """The keys of a comparison's document: cells, and by scenario but the first the differences in `years`."""
    first = results[0].contributions
    differences = {
        result.scenario: [
            record
            for record in difference_records(difference_of(first, result.contributions))
            if record["year"] in years
        ]
        for result in results[1:]
        if first is not None and result.contributions is not None
    }
    return {"contribution_cells": cell_records(pack), "contribution_differences": differences}


def _places(
    found: Contributions | ContributionDifferences, spread: Mapping[str, Any]
) -> Iterator[tuple[str, int, int, int]]:
    """Account, year, member and channel of every record: a channel without points or `spread` anywhere has none."""
    for account, channels in OF_ACCOUNT.items():
        points = found.points[account]
        moved = [
            i
            for i, channel in enumerate(channels)
            if channel == TOTAL or points[:, :, i].any() or spread[account][:, :, i].any()
        ]
        for t in range(len(found.years)):
            for member in range(len(found.members)):
                yield from ((account, t, member, channel) for channel in moved)


def _key(
    found: Contributions | ContributionDifferences, account: str, t: int, member: int, channel: int
) -> dict[str, Any]:
    kinds = (*("cell" for _ in found.cells), *("industry" for _ in found.industries), TOTAL)
    return {
        "year": found.years[t],
        "account": account,
        "kind": kinds[member],
        "member": found.members[member],
        "channel": OF_ACCOUNT[account][channel],
    }


def member_label(record: Record, cells: Sequence[Record]) -> Text:
    """The name of a record's member."""
    if record["kind"] == "cell":
        cell = next(cell for cell in cells if cell["id"] == record["member"])
        return Text(cell["label"], cell["label_en"])
    return INDUSTRIES.get(record["member"], WHOLE)


def channel_label(channel: str) -> Text:
    """The name of a channel."""
    return CHANNELS.get(channel, ALL_CHANNELS)


def contribution_rows(document: Record) -> list[list[Any]]:
    """Rows of contributions.csv, as HEADER says; None where there is no share."""
    rows = []
    for record in document["contributions"]:
        label = member_label(record, document["contribution_cells"])
        channel = channel_label(record["channel"])
        rows.append(
            [
                document["region"], document["scenario"], record["year"], record["account"], record["kind"],
                record["member"], label.zh, label.en, record["channel"], channel.zh, channel.en, record["points"],
                record["standard_deviation"], record["share"],
            ]
        )  # fmt: skip
    return rows
