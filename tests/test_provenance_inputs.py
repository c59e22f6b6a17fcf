"""Nothing enters the model without provenance: every stream it asks for, and every number of a region pack."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.cli.inputs import load_pack, load_scenarios, targets_of
from sim.errors import InputError
from sim.facts.ledger import read_ledger
from sim.facts.rounding import read_rounding
from sim.provenance.effects import Question
from sim.provenance.inputs import inputs_of
from sim.provenance.recording import RecordingDraws, Stream
from sim.randomness import SOURCES
from sim.reading.source import read
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.targets import status_of

CALIBRATION = Path(__file__).resolve().parents[1] / "calibration"
RUNS = (("west_coast", "baseline"), ("west_coast", "plan_targets"), ("west_coast", "stress"), ("qingdao", "baseline"))
#: Numbers of a region pack that are no quantities, with the reason why no source is asked for.
STRUCTURAL = {
    "base_year": "the year from which the model runs: that of the facts it starts with",
    "censuses": "years of the national economic census, every five years by regulation",
    "marine_standard": "year from which GB/T 20794-2021 holds; the prior coverage_break gives the source",
}


@pytest.fixture(scope="module", params=RUNS, ids="-".join)
def asked(request: pytest.FixtureRequest) -> tuple[Question, dict[Stream, int]]:
    """All streams of a run. They are the same for every target; the one with the latest year asks for most rows."""
    region, name = request.param
    pack = load_pack(region)
    (scenario,) = load_scenarios(pack, [name], None)
    targets = [t for t in targets_of(pack, scenario) if status_of(t, scenario.horizon, pack)[0] == "evaluated"]
    question = Question(pack, scenario, max(targets, key=lambda target: target.year))
    seen: dict[Stream, int] = {}
    question.values(RecordingDraws(1, 0, frozenset(SOURCES), 8, seen))
    return question, seen


def test_every_stream_has_exactly_one_provenance(asked: tuple[Question, dict[Stream, int]]) -> None:
    question, seen = asked
    inputs = inputs_of(question)
    found = {f"{stream.source}.{stream.name}": [c.id for c in inputs.of(stream)] for stream in seen}
    assert len(found) > 400
    assert {name: ids for name, ids in found.items() if len(ids) != 1} == {}


def test_streams_that_no_file_explains_have_none(asked: tuple[Question, dict[Stream, int]]) -> None:
    inputs = inputs_of(asked[0])
    for stream in (
        Stream("parameters", "west_coast.luck"), Stream("parameters", "world.luck"), Stream("shocks", "world.luck"),
        Stream("shocks", "west_coast.luck"), Stream("facts", "gdp.1949"), Stream("scenario", "luck"),
        Stream("shocks", "world.national", True), Stream("parameters", "west_coast.relative"),
    ):  # fmt: skip
        assert inputs.of(stream) == (), stream


def test_every_input_says_where_it_is_from(asked: tuple[Question, dict[Stream, int]]) -> None:
    question, seen = asked
    pack, inputs = question.pack, inputs_of(question)
    facts = {fact.id: fact for fact in pack.ledger.facts}
    for stream in seen:
        (made, *_) = inputs.of(stream)
        assert made.kind in {
            "facts": {"fact"}, "parameters": {"prior", "assumption", "fact"}, "discrepancy": {"prior"},
            "shocks": {"chance"}, "reporting": {"prior", "reporting"}, "scenario": {"scenario"},
        }[stream.source]  # fmt: skip
        assert re.fullmatch(r"\S+\.(yaml|csv):\d+", made.place), stream
        assert made.label.zh, stream
        assert made.label.en, stream
        assert made.value, stream
        if made.kind == "fact":
            fact = facts[made.id]
            assert made.quote == fact.quote
            assert fact.document in pack.sources
            assert fact.document in made.source
        elif made.kind in ("prior", "reporting"):
            assert re.fullmatch(r"\d{4}(-\d\d)?", made.date), stream
            assert made.grade in tuple("ELMJ"), stream
        assert len(made.source) >= 4, stream


def test_a_place_is_the_line_that_it_says(asked: tuple[Question, dict[Stream, int]]) -> None:
    question, seen = asked
    inputs = inputs_of(question)
    root = CALIBRATION.parent
    for stream in seen:
        (made, *_) = inputs.of(stream)
        if made.kind in ("prior", "assumption"):
            file, _, row = made.place.rpartition(":")
            line = (root / file).read_text(encoding="utf-8").splitlines()[int(row) - 1]
            name = made.id.split(".")[2 if ".rail." in made.id else 1]
            assert name in line or made.value.split("—")[0] in line, made


# --- Files without provenance are refused -----------------------------------------------------------------------


PREMIUM = 'source: "国家级新区成熟后相对全国的增速差"'
CAPITAL = 'source: "白重恩、钱震杰（2009）总体45%；分部门为判断"'
INCOME = 'source: "2019年居民人均可支配收入名义增速，2018年约8.7%"'
RAIL = 'source: "规划专栏9；里程与工期为判断[J]，日期2021-03"'
PROPERTY = 'source: "判断[J]：住房市场同城"'
NONE = 'source: ""'


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("west_coast/priors.yaml", PREMIUM, "part: parameters", "mature_premium.source"),
        ("west_coast/priors.yaml", PREMIUM, NONE, "mature_premium.source"),
        ("west_coast/priors.yaml", f"date: 2020-12, {PREMIUM}", PREMIUM, "mature_premium.date"),
        ("west_coast/priors.yaml", CAPITAL, NONE, "capital_share.source"),
        ("world.yaml", 'source: "PPI长期均值"', 'source: " "', "producer_price_mean.source"),
        ("west_coast/base_year.yaml", INCOME, NONE, "income_growth_before.source"),
        ("west_coast/base_year.yaml", f", {INCOME}", "", "income_growth_before.source"),
        ("west_coast/region.yaml", f", {RAIL}", "", "rail[3].source"),
        ("west_coast/region.yaml", RAIL, NONE, "rail[3].source"),
        ("qingdao/region.yaml", f", {PROPERTY}", "", "related.property.source"),
        ("qingdao/region.yaml", PROPERTY, NONE, "related.property.source"),
    ],
)
def test_a_number_without_a_source_is_refused(tmp_path: Path, file: str, old: str, new: str, key: str) -> None:
    copied = tmp_path / "calibration"
    shutil.copytree(CALIBRATION, copied)
    path = copied / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_pack(copied, "west_coast")
    assert any(problem.key.endswith(key) for problem in caught.value.problems), caught.value.show("en")


@pytest.mark.parametrize("column", ["quote", "document"])
def test_a_fact_without_quote_or_document_is_refused(tmp_path: Path, column: str) -> None:
    rows = (CALIBRATION / "west_coast" / "facts.csv").read_text(encoding="utf-8").splitlines()
    header = rows[0].split(",")
    cells = rows[1].split(",")
    assert len(cells) == len(header), "a row without quoted commas"
    cells[header.index(column)] = ""
    path = tmp_path / "facts.csv"
    path.write_text("\n".join((rows[0], ",".join(cells))) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_ledger(path, read_rounding(CALIBRATION / "rounding.yaml"))
    assert column in {problem.key for problem in caught.value.problems}


# --- Every number of a pack -------------------------------------------------------------------------------------


def leaves(data: object, keys: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], object]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*keys, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from leaves(value, (*keys, i))
    else:
        yield keys, data


def numbers(path: Path) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Keys of every number of a file, and the entry of the file that it is part of."""
    data = read(path).data
    for keys, value in leaves(data):
        if isinstance(value, int | float) and not isinstance(value, bool):
            entry = data[keys[0]]
            for key in keys[1:2]:
                entry = entry[key]
            yield keys, entry if isinstance(entry, dict) else {}


@pytest.mark.parametrize("region", ["west_coast", "qingdao"])
@pytest.mark.parametrize("file", ["region.yaml", "base_year.yaml"])
def test_every_number_of_a_pack_has_a_source_or_a_reason_to_have_none(region: str, file: str) -> None:
    bare = [keys for keys, entry in numbers(CALIBRATION / region / file) if keys[0] not in STRUCTURAL
            and len(str(entry.get("source", ""))) < 4]  # fmt: skip
    assert bare == []


def test_every_structural_number_is_one() -> None:
    found = {keys[0] for keys, entry in numbers(CALIBRATION / "west_coast" / "region.yaml") if not entry}
    assert found == set(STRUCTURAL)


@pytest.mark.parametrize("region", ["west_coast", "qingdao"])
def test_every_fact_of_a_pack_has_a_document_and_a_quote(region: str) -> None:
    pack: Pack = load_pack(region)
    named = [
        *pack.base_facts.values(),
        *(bounded.fact for bounded in pack.bounded),
        *pack.growth_targets.values(),
    ]
    facts = [fact for fact in named if fact is not None]
    assert len(facts) > 10
    for fact in facts:
        assert fact.quote, fact.id
        assert fact.document in pack.sources, fact.id
