"""Material with the names of scenarios as an edition may show them: one that speaks of chances becomes a number."""

from __future__ import annotations

from dataclasses import replace

from sim.language import Text
from sim.material import Finished, Material, View
from sim.report.editions import Edition
from sim.report.wording import name_allowed


def shown_material(material: Material, edition: Edition) -> Material:
    """The same material where every name may stand; tables and figures made of it need not ask again."""
    labels = {view.id: _label(view, place, edition) for place, view in enumerate(material.views)}
    if all(labels[view.id] == view.label for view in material.views):
        return material
    views = tuple(_renamed(view, labels[view.id]) for view in material.views)
    return replace(material, views=views, comparison=_compared(material.comparison, labels))


def _label(view: View, place: int, edition: Edition) -> Text:
    return Text(
        name_allowed(view.label.zh, f"情景{place + 1}", edition),
        name_allowed(view.label.en, f"Scenario {place + 1}", edition),
    )


def _renamed(view: View, label: Text) -> View:
    document = {**view.document, "scenario_label": label.zh, "scenario_label_en": label.en}
    return View(view.id, label, document, view.resolved, view.run_id)


def _compared(found: Finished | None, labels: dict[str, Text]) -> Finished | None:
    if found is None:
        return None
    names = found.document["scenarios"]
    document = {
        **found.document,
        "scenario_labels": [labels[name].zh for name in names],
        "scenario_labels_en": [labels[name].en for name in names],
    }
    return replace(found, document=document)
