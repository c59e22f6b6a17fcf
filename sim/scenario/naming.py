"""What to say of a name that does not exist, where its Chinese label was written or would help to choose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import SequenceMatcher

from sim.errors import nearest, unknown_name
from sim.language import Text

MOST_CANDIDATES = 3
FEW = 12  # names that can be listed each with its label


def id_of_label(name: str, labels: Mapping[str, str]) -> Text | None:
    """What to say of a name that is the Chinese label of something, or nearly; `labels` leads from label to id."""
    if name in labels:
        ids = [labels[name]]
    else:
        inside = [label for label in labels if len(name) > 1 and (name in label or label in name)]
        near = nearest(name, labels)
        found = dict.fromkeys([*inside, *([near] if near is not None else [])])
        ids = [labels[label] for label in sorted(found, key=lambda label: -_likeness(name, label))[:MOST_CANDIDATES]]
    if not ids:
        return None
    return Text(
        f"这里写编号，不写名称：“{name}”的编号{'' if name in labels else '可能'}是 {' 或 '.join(ids)}",
        f'write an id: that of "{name}" {"is" if name in labels else "may be"} {" or ".join(ids)}',
    )


def told_unknown(name: str, allowed: Collection[str], labels: Mapping[str, str]) -> Text:
    """An unknown name with the nearest one and the list; a short list without a near name gives the labels too."""
    told = unknown_name(name, allowed)
    if nearest(name, allowed) is not None or len(allowed) > FEW or not set(allowed) <= set(labels.values()):
        return told
    label_of = {id: label for label, id in labels.items()}
    listed = "、".join(f"{id}（{label_of[id]}）" for id in sorted(allowed))
    return Text(f"未知的名称“{name}”。可用：{listed}", told.en)


def _likeness(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second).ratio()
