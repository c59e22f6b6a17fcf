"""`facts`: where a number comes from: document, line, quote, rounding, scope, and what is built on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.documents import Documents, open_documents
from sim.cli.facts.pages import print_fact, print_ledger, print_target
from sim.cli.facts.provenance import print_provenance, provenance_of
from sim.cli.inputs import load_pack, refused
from sim.cli.terminal import write_json
from sim.errors import nearest
from sim.facts.ledger import Fact
from sim.facts.sources import Source
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.peers.regions import read_peers
from sim.reading.nodes import dotted
from sim.reading.source import Keys, read
from sim.region.pack import Pack
from sim.resources import data_path
from sim.scenario.load import DEFAULT_HORIZON
from sim.targets import TargetPlace, read_targets, status_of, target_files, target_places

Record = dict[str, Any]

FILES_OF_PACK = ("base_year.yaml", "region.yaml")


@options.command(
    Text(
        zh="一个数字从哪里来。不写编号时列出整本台账；写事实或目标的编号时给出文件、行号、原文、口径和用处。",
        en="Where a number comes from. Without an id the whole ledger; with the id of a fact or target its sources.",
    )
)
@options.argument("id", Text("事实或目标的编号", "id of a fact or a target"), required=False)
@options.region
@options.option(
    "--sources",
    metavar="DIR",
    text=Text("原始文件所在文件夹：逐字核对引文，并显示整句", "folder of the documents: check quotes, show sentences"),
)
@options.as_json
@click.pass_context
def command(ctx: click.Context, id: str | None, region: str, sources: str | None, as_json: bool) -> None:
    """Show the ledger, one fact, or one target."""
    lang = language(ctx)
    pack = load_pack(region)
    described = pack.sources
    documents = None if sources is None else open_documents(sources)
    if id is None:
        _ledger(pack, documents, as_json, lang)
        return
    document = find(pack, described, documents, id)
    if document["target"] is not None:
        document["target"]["provenance"] = provenance_of(pack, id)
    if as_json:
        write_json(document)
        return
    if document["target"] is not None:
        print_target(document["target"], lang)
        if document["target"]["provenance"] is not None:
            print_provenance(document["target"]["provenance"], lang)
    if document["fact"] is not None:
        print_fact(document["fact"], lang)


def _ledger(pack: Pack, documents: Documents | None, as_json: bool, lang: str) -> None:
    """The whole ledger; with documents, only after every quote has been found in them."""
    if documents is not None:
        documents.check(pack.ledger.facts)
    records = [fact_record(fact, pack) for fact in pack.ledger.facts]
    if as_json:
        write_json(records)
    else:
        print_ledger(records, lang)


def find(pack: Pack, described: Mapping[str, Source], documents: Documents | None, id: str) -> Record:
    """The fact and the target of that id (a target's fact often bears its name); raises InputError for neither."""
    facts = {fact.id: fact for fact in pack.ledger.facts}
    places = target_places(pack)
    if id not in facts and id not in places:
        # A region to compare with, which has a file of its own.
        peers = read_peers(data_path("calibration"), pack.words)
        theirs = {fact.id: fact for fact in peers.facts}
        if id not in theirs:
            raise refused("ID", *_unknown({*facts, *places, *theirs}, id))
        facts, described = theirs, peers.sources

    def full(name: str | None) -> Record | None:
        return None if name not in facts else full_record(facts[name], pack, described, documents)

    target = None
    if id in places:
        place = places[id]
        target = target_record(pack, place, places)
        target |= {"fact": full(place.line.fact), "base": full(place.line.base)}
    same = target is not None and target["fact"]["id"] == id
    return {"id": id, "target": target, "fact": None if same else full(id)}


def _unknown(ids: Collection[str], id: str) -> tuple[str, str]:
    """What to say of an id that does not exist; the list of all is too long for a message."""
    near = nearest(id, ids)
    alike = [name for name in ids if name.startswith(f"{id}.")][:5]
    if near is None and alike:
        return (
            f"未知的编号“{id}”；以它开头的有：{'、'.join(alike)}。不写编号可列出全部",
            f'unknown id "{id}"; beginning with it: {", ".join(alike)}. Without an id all are listed',
        )
    zh, en = ("", "") if near is None else (f"，您是否想写“{near}”？", f', did you mean "{near}"?')
    return (
        f"未知的编号“{id}”{zh or '。'}不写编号可列出全部",
        f'unknown id "{id}"{en or "."} Without an id all are listed',
    )


def fact_record(fact: Fact, pack: Pack) -> Record:
    """One row of the ledger with the interval its words stand for."""
    names = ("id", "region", "indicator", "period", "value", "printed", "unit", "price_basis", "scope", "rounding")
    later = ("nature", "attribute", "document", "line", "quote", "note")
    return {
        **{name: getattr(fact, name) for name in names},
        "interval": _interval(fact, pack),
        **{name: getattr(fact, name) for name in later},
        "place": f"{fact.shown}:{fact.row}",
    }


def _interval(fact: Fact, pack: Pack) -> Record | None:
    if fact.value is None:
        return None
    found = fact.interval(pack.words)
    reason = pack.words[fact.rounding].reason
    if fact.grade in pack.words:
        wider = pack.words[fact.grade].reason
        reason = Text(reason.zh + wider.zh, f"{reason.en} {wider.en}")
    return {
        "low": found.low, "high": found.high, "centre": found.centre, "sd": found.sd, "shape": found.shape,
        "reason": reason.zh, "reason_en": reason.en,
    }  # fmt: skip


def full_record(fact: Fact, pack: Pack, described: Mapping[str, Source], documents: Documents | None = None) -> Record:
    """A fact with its document, other reports of the same thing, its uses, and the sentence it stands in."""
    source = described.get(fact.document)
    names = ("title", "publisher", "date", "address", "grade", "note")
    others = [f for f in pack.ledger.find(fact.indicator, fact.period, fact.region) if f.id != fact.id]
    return {
        **fact_record(fact, pack),
        "source": None if source is None else {name: getattr(source, name) for name in names},
        "others": [fact_record(other, pack) for other in others],
        "later": [fact_record(other, pack) for other in later_facts(fact, pack)],
        "used_in": uses(fact.id, pack),
        "sentence": None if documents is None else documents.sentence(fact),
    }


def later_facts(fact: Fact, pack: Pack) -> list[Fact]:
    """Figures of the same indicator and region for later periods, targets left out, by period."""
    same = (
        other
        for other in pack.ledger.facts
        if (other.indicator, other.region) == (fact.indicator, fact.region)
        and other.nature != "target" and other.last_year > fact.last_year
    )  # fmt: skip
    return sorted(same, key=lambda other: (other.last_year, other.period, other.row))


def uses(id: str, pack: Pack) -> list[Record]:
    """Where the files of the pack name a fact: file and line, key, and the target when it is one's."""
    out = []
    for path in (*(pack.folder / name for name in FILES_OF_PACK), *target_files(pack)):
        source = read(path)
        for keys, value in _leaves(source.data, ()):
            if value != id or keys[-1] in ("id", "reading_of"):
                continue
            target = source.data["targets"][keys[1]]["id"] if keys[0] == "targets" else None
            place = f"{source.shown}:{source.position(keys)[0]}"
            out.append({"place": place, "key": dotted(keys), "role": _role(keys), "target": target})
    return out


def _role(keys: Keys) -> str:
    """What a fact is used as, from where it is named: target, target_base, base_year, bounded, rail, …"""
    if keys[0] == "targets":
        return "target_base" if keys[-1] == "base" else "target"
    return "base_year" if keys[0] == "facts" else str(keys[0])


def _leaves(data: object, keys: Keys) -> Iterator[tuple[Keys, object]]:
    """Every scalar of a document and the keys that lead to it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*keys, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from _leaves(value, (*keys, i))
    else:
        yield keys, data


def target_record(pack: Pack, place: TargetPlace, places: Mapping[str, TargetPlace]) -> Record:
    """A target in the words of the plan, how it is read, and by which mechanism it is computed."""
    line = place.line
    target = next(t for t in read_targets(pack) if t.id == line.id)
    status, reason = status_of(target, DEFAULT_HORIZON, pack)
    indicator = INDICATORS.get(target.indicator)
    copied = ("id", "reading_of", "row", "category", "label", "unit", "target_text", "nature", "owners", "year")
    later = ("operator", "value", "value_high", "tolerance", "tolerance_reason", "benchmark", "margin", "base_text")
    return {
        **{key: getattr(line, key) for key in copied},
        **{key: getattr(line, key) for key in later},
        "readings": [other.line.id for other in places.values() if other.line.reading_of == line.id],
        "indicator": target.indicator,
        "indicator_label": target.label.zh if indicator is None else indicator.label.zh,
        "indicator_label_en": target.label.en if indicator is None else indicator.label.en,
        "mechanism": "none" if indicator is None else indicator.mechanism,
        "status": status,
        "reason": None if reason is None else reason.zh,
        "reason_en": None if reason is None else reason.en,
        "note": line.note,
        "note_en": line.note_en,
        "place": f"{place.source.shown}:{place.source.position(place.keys)[0]}",
    }
