"""Every ledger against the documents it is typed from: sources, lines, quotes, and numbers inside quotes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from sim.cli.documents import layout
from sim.facts.ledger import Fact, Ledger, read_ledger
from sim.facts.quotes import holds_number, said
from sim.facts.rounding import read_rounding
from sim.facts.sources import Source, read_sources
from sim.reading.source import read

ROOT = Path(__file__).resolve().parents[1]
CALIBRATION = ROOT / "calibration"
DOCUMENTS = ROOT.parent / "shared" / "sources"
NEEDS_DOCUMENTS = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the documents (../shared/sources beside the checkout) are not here"
)
WORDS = read_rounding(CALIBRATION / "rounding.yaml")
REGIONS = ("west_coast", "qingdao", "reference")
LEDGERS: dict[str, Ledger] = {name: read_ledger(CALIBRATION / name / "facts.csv", WORDS) for name in REGIONS}
OWN: dict[str, dict[str, Source]] = {name: dict(read_sources(CALIBRATION / name / "sources.yaml")) for name in REGIONS}
ALL = [(region, fact) for region in REGIONS for fact in LEDGERS[region].facts]


def source_of(region: str, fact: Fact) -> Source:
    return {**OWN["reference"], **OWN[region]}[fact.document]


def in_documents(fact: Fact) -> bool:
    return fact.document[:3].isdigit()


def test_every_document_is_described_and_every_description_used() -> None:
    """The shared table describes the five documents for all packs, so only their own are asked to be used."""
    for region in REGIONS:
        cited = {fact.document for fact in LEDGERS[region].facts}
        assert cited <= set(OWN[region]) | set(OWN["reference"]), region
        unused = set(OWN[region]) - cited
        assert {id for id in unused if not id[:3].isdigit()} == set(), region
    cited = {fact.document for _, fact in ALL}
    assert set(OWN["reference"]) <= cited


def test_facts_from_the_documents_have_a_line_and_others_have_none() -> None:
    assert [fact.id for _, fact in ALL if in_documents(fact) != (fact.line is not None)] == []


def test_addresses_are_those_of_original_publishers_only() -> None:
    for region in REGIONS:
        assert [id for id, s in OWN[region].items() if s.grade in ("mirror", "memory") and s.address] == []


def test_facts_typed_from_memory_say_so() -> None:
    for region, fact in ALL:
        assert (source_of(region, fact).grade == "memory") == ("凭记忆" in fact.note), fact.id


@NEEDS_DOCUMENTS
@pytest.mark.parametrize("region", REGIONS)
def test_every_quote_stands_on_its_line(region: str) -> None:
    texts = {path.stem: layout(path.read_text(encoding="utf-8")) for path in DOCUMENTS.glob("*.txt")}
    facts = [fact for fact in LEDGERS[region].facts if in_documents(fact)]
    assert [fact.id for fact in facts if fact.line not in texts[fact.document].lines(fact.quote)] == []


#: The quote holds only the level beside the growth: a growth without a number in its quote.
WITHOUT_NUMBER = {"gdp_growth.2017"}


@pytest.mark.parametrize("region", REGIONS)
def test_every_quote_holds_its_number(region: str) -> None:
    facts = [fact for fact in LEDGERS[region].facts if fact.printed]
    assert {fact.id for fact in facts if not holds_number(fact)} - WITHOUT_NUMBER == set()


def test_the_reader_of_quotes_tells_right_from_wrong() -> None:
    """The check above can fail: a slipped digit, a lost zero and a wrong power of ten are found."""
    numbers = {
        "GDP of 321.3 billion yuan": "321300000000", "9300억700만 위안": "930007000000",
        "1조2001억5000만": "1200150000000", "3만2145元": "32145", "939만4800명": "9394800", "第二名": "2",
    }  # fmt: skip
    for quote, number in numbers.items():
        assert Decimal(number) in set(said(quote)), quote
    assert Decimal("3213") not in set(said("GDP of 321.3 billion yuan"))
    fact = next(fact for _, fact in ALL if fact.id == "gdp.2020")
    assert holds_number(fact)
    for wrong in ("3721.86", "3721.7", "372168"):  # nor is a rounded number the printed one
        assert not holds_number(replace(fact, printed=wrong)), wrong


@pytest.mark.parametrize(
    ("region", "gdp", "sectors"),
    [
        # 82.25 + 1399.31 + 2240.12 = 3721.68; 425.41 + 4361.56 + 7613.59 = 12400.56.
        ("west_coast", "gdp.2020", ("82.25", "1399.31", "2240.12")),
        ("qingdao", "gdp.2020.press", ("425.41", "4361.56", "7613.59")),
    ],
)
def test_sectors_of_2020_add_up_to_gdp(region: str, gdp: str, sectors: tuple[str, str, str]) -> None:
    ledger = LEDGERS[region]
    names = [f"{name}_value_added.2020" for name in ("primary", "secondary", "tertiary")]
    assert tuple(ledger.get(id).printed for id in names) == sectors
    assert sum(map(Decimal, sectors)) == Decimal(ledger.get(gdp).printed)


@pytest.mark.parametrize("region", ["west_coast", "qingdao"])
def test_ids_begin_with_the_indicator_and_hold_the_period(region: str) -> None:
    """Actual figures are `<indicator>.<period>` with more behind; targets hold the year they are for."""
    for fact in LEDGERS[region].facts:
        if fact.nature == "target":
            assert f".{fact.last_year}" in fact.id, fact.id
        else:
            assert f"{fact.id}.".startswith(f"{fact.indicator}.{fact.period}."), fact.id


@pytest.mark.parametrize(
    "path", sorted(CALIBRATION.glob("*/targets/*.yaml")), ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)
def test_targets_give_their_facts_value_and_reasons(path: Path) -> None:
    ledger = LEDGERS[path.parts[-3]]
    reference = {fact.id: fact for fact in LEDGERS["reference"].facts}
    for line in read(path).data["targets"]:
        fact = reference.get(line["fact"]) or ledger.get(line["fact"])
        assert fact.nature == "target", line["id"]
        same = (line["indicator"], line["unit"]) == (fact.indicator, fact.unit)
        if same and line.get("value") is not None and line.get("reading_of") is None:
            assert fact.value in (line["value"], line.get("value_high")), line["id"]
        assert line.get("tolerance") is None or line["tolerance_reason"], line["id"]
        assert line.get("not_modelled") is None or line["not_modelled_en"], line["id"]
        assert line.get("operator") or line.get("not_modelled"), line["id"]
