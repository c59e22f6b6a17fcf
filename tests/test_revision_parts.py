"""Parts of revisions by themselves: what changed between files, groups that only fit together, published targets."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.errors import InputError, Problem
from sim.language import Text
from sim.revision import revise as module
from sim.revision.changes import input_changes, program_changes, scenario_changes
from sim.revision.groups import groups_of, of_facts
from sim.revision.quantities import Quantity, common_quantities

HEAD = "id,region,value,unit\n"


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[str, str, str, str, str]]:
    encoded = [{name: text.encode() for name, text in side.items()} for side in (old, new)]
    return [(c.file, c.item, c.kind, c.old, c.new) for c in input_changes(*encoded)]


def test_facts_are_told_by_id_with_what_changed() -> None:
    old = HEAD + "gdp.2020,x,3721,亿元\nfdi.2020,x,10,亿美元\nwet.2020,x,1,\n"
    new = HEAD + "gdp.2020,x,3803,亿元\nwet.2020,x,1,\nfdi.2021,x,12,亿美元\n"
    assert changes({"x/facts.csv": old}, {"x/facts.csv": new}) == [
        ("x/facts.csv", "gdp.2020", "changed", "value=3721", "value=3803"),
        ("x/facts.csv", "fdi.2020", "removed", "10亿美元", ""),
        ("x/facts.csv", "fdi.2021", "added", "", "12亿美元"),
    ]


def test_keys_of_yaml_are_told_and_comments_are_not_values() -> None:
    old = "# a\nparameters:\n  growth: {range: [1, 2]}\nlines:\n  - {id: m1, length: 5}\n"
    new = "parameters:\n  growth: {range: [1, 3]}\nlines:\n  - {id: m1, length: 6}\n"
    assert changes({"p.yaml": old}, {"p.yaml": new}) == [
        ("p.yaml", "parameters.growth.range", "changed", "1、2", "1、3"),
        ("p.yaml", "lines[m1].length", "changed", "5", "6"),
    ]
    assert changes({"p.yaml": old}, {"p.yaml": "# b\n" + old}) == [("p.yaml", "", "layout", "", "")]


def test_whole_files_and_unreadable_ones_are_told() -> None:
    assert changes({"a.yaml": "a: 1"}, {"b.yaml": "b: 1"}) == [
        ("a.yaml", "", "removed", "", ""),
        ("b.yaml", "", "added", "", ""),
    ]
    assert changes({"a.yaml": "a: ["}, {"a.yaml": "a: 1"}) == [("a.yaml", "", "changed", "", "")]


def test_paths_of_scenarios_are_told_in_spans_of_years() -> None:
    old: dict[str, Any] = {"levers": {"x": {"2021": [1, 1], "2022": [1, 1], "2023": [2, 4]}}, "events": []}
    new: dict[str, Any] = {"levers": {}, "events": [{"id": "flood", "year": 2024, "label": {}}]}
    told = [(c.item, c.kind, c.old, c.new) for c in scenario_changes(old, new)]
    assert told == [
        ("levers.x", "removed", "2021—2022: 1, 2023: 2..4", ""),
        ("events.flood", "added", "", "year=2024"),
    ]


def test_files_of_the_program_are_compared_by_name() -> None:
    assert program_changes({"a.py": "1", "b.py": "1"}, {"b.py": "2", "c.py": "1"}) == ["a.py", "b.py", "c.py"]


def test_every_file_is_a_fact_or_a_prior() -> None:
    assert [of_facts(name) for name in ("x/facts.csv", "x/targets/plan.yaml", "rounding.yaml")] == [True] * 3
    assert [of_facts(name) for name in ("x/priors.yaml", "world.yaml", "x/region.yaml")] == [False] * 3


def test_groups_hold_only_what_differs() -> None:
    assert groups_of(("facts", "chance"), (("facts", "priors"), ("assumptions",), ("chance",))) == ("facts", "chance")
    assert groups_of(("facts", "priors"), (("facts", "priors"), ("chance",))) == ("facts+priors",)


def test_only_what_both_results_have_is_compared() -> None:
    """A target whose figure is published by now has no probability to compare, nor a year that is known."""

    def document(status: str, as_of: int) -> dict[str, Any]:
        target = {"id": "t", "year": 2025, "status": status, "indicator": "gdp"}
        rows = [{"indicator": "gdp", "year": year, "p50": 1.0} for year in (2025, 2030)]
        return {"targets": [target], "indicators": rows, "as_of": as_of, "base_year": 2020}

    old, new = document("evaluated", 2020), document("evaluated", 2020)
    assert [q.kind for q in common_quantities(old, new)] == ["target"] + ["indicator"] * 4
    later = common_quantities(old, document("reported", 2025))
    assert {(q.kind, q.year) for q in later} == {("indicator", 2030)}


# --- Shapley over mixtures, with a program whose numbers are known


def ends(monkeypatch: pytest.MonkeyPatch, kinds: tuple[str, ...], worth: Mapping[frozenset[str], float]) -> Any:
    """Two results that differ in `kinds`; running a mixture gives the `worth` of what it takes from the newer."""
    first, last = worth[frozenset()], worth[frozenset(kinds)]
    sides = [SimpleNamespace(stored=name, document=value) for name, value in (("old", first), ("new", last))]
    quantities = (Quantity("target", "t", 2025, "probability"),)
    monkeypatch.setattr(module, "common_quantities", lambda old, new: quantities)
    monkeypatch.setattr(module, "stored_values", lambda value, q: np.array([value]))
    monkeypatch.setattr(module, "standard_errors", lambda value, q: np.array([0.03 if value == first else 0.04]))
    monkeypatch.setattr(module, "differing", lambda old, new: kinds)
    monkeypatch.setattr(module, "other_program", lambda stored: False)
    monkeypatch.setattr(module, "_mixed", lambda old, new, chosen, make: make(chosen))
    monkeypatch.setattr(module, "run", lambda plan: ((plan,), []))
    monkeypatch.setattr(module, "computed_values", lambda plan, q: np.array([worth[plan]]))
    return sides


KINDS = ("facts", "priors", "chance")
#: 0.1 for facts, 0.2 for priors, 0.02 for chance, and 0.06 for facts and priors together.
WORTH = {
    frozenset(chosen): 0.3 + 0.1 * ("facts" in chosen) + 0.2 * ("priors" in chosen) + 0.02 * ("chance" in chosen)
    + 0.06 * ({"facts", "priors"} <= set(chosen))
    for chosen in ((), ("facts",), ("priors",), ("chance",), ("facts", "priors"), ("facts", "chance"),
                   ("priors", "chance"), KINDS)
}  # fmt: skip


def test_what_two_kinds_do_together_is_halved_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = ends(monkeypatch, KINDS, WORTH)
    told: list[tuple[int, int]] = []
    found = module.revise(old, new, lambda chosen: chosen, lambda i, of, kinds: told.append((i, of)))  # type: ignore[arg-type,misc,return-value]
    assert {name: float(share[0]) for name, share in found.shares.items()} == {
        "facts": pytest.approx(0.13), "priors": pytest.approx(0.23), "chance": pytest.approx(0.02),
    }  # fmt: skip
    assert found.runs == 6  # the ends are stored
    assert told == [(i, 6) for i in range(1, 7)]
    assert float(found.noise[0]) == pytest.approx(0.05)  # 3, 4, 5


def test_kinds_that_do_not_fit_each_other_are_exchanged_together(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = ends(monkeypatch, KINDS, WORTH)

    def make(chosen: frozenset[str]) -> frozenset[str]:
        if ("facts" in chosen) != ("priors" in chosen):
            raise InputError(Problem(None, None, None, "", Text("", "")))
        return chosen

    found = module.revise(old, new, make)  # type: ignore[arg-type]
    assert {name: float(share[0]) for name, share in found.shares.items()} == {
        "facts+priors": pytest.approx(0.36), "chance": pytest.approx(0.02),
    }  # fmt: skip
    assert found.joined


def test_a_number_that_a_mixture_does_not_have_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = ends(monkeypatch, KINDS, {**WORTH, frozenset({"facts"}): float("nan")})
    found = module.revise(old, new, lambda chosen: chosen)  # type: ignore[arg-type,misc,return-value]
    assert (len(found.quantities), len(found.dropped)) == (0, 1)
