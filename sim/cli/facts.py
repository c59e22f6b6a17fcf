"""`facts`: where a number comes from: document, line, quote, rounding, scope, and what is built on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.fact_pages import print_fact, print_ledger, print_target
from sim.cli.inputs import load_pack, refused
from sim.cli.terminal import write_json
from sim.errors import InputError, Problem, nearest
from sim.facts.ledger import Fact, Source, quote_lines, read_sources
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.reading.files import decode, read_bytes, shown_path
from sim.reading.nodes import dotted
from sim.reading.source import Keys, YamlSource, read
from sim.region.pack import Pack
from sim.scenario.load import DEFAULT_HORIZON
from sim.targets import read_targets, status_of, targets_file

Record = dict[str, Any]

SENTENCE_ENDS = "。！？"
#: Characters on each side of a quote within which a sentence must end; in tables it does not.
LONGEST_SIDE = 150
FILES_OF_PACK = ("base_year.yaml", "region.yaml", "targets.yaml")


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
    described = read_sources(pack.folder / "sources.yaml")
    documents = None if sources is None else Documents(_folder(sources))
    if id is None:
        _ledger(pack, documents, as_json, lang)
        return
    document = find(pack, described, documents, id)
    if as_json:
        write_json(document)
        return
    if document["target"] is not None:
        print_target(document["target"], lang)
    if document["fact"] is not None:
        print_fact(document["fact"], lang)


def _folder(name: str) -> Path:
    if not Path(name).is_dir():
        raise refused("--sources", f"没有文件夹“{name}”", f'there is no folder "{name}"')
    return Path(name)


def _ledger(pack: Pack, documents: Documents | None, as_json: bool, lang: str) -> None:
    """The whole ledger; with documents, only after every quote has been found in them."""
    if documents is not None:
        documents.check(pack.ledger.facts)
    records = [fact_record(fact, pack) for fact in pack.ledger.facts]
    if as_json:
        write_json(records)
    else:
        print_ledger(records, lang)


@dataclass(frozen=True, slots=True)
class Documents:
    """The texts of the documents in a folder, `<document>.txt`, each read once."""

    folder: Path
    texts: dict[str, str] = field(default_factory=dict)

    def text(self, document: str) -> str:
        """The text of one document; raises InputError when it is not in the folder or not readable."""
        if document not in self.texts:
            path = self.folder / f"{document}.txt"
            self.texts[document] = decode(read_bytes(path), shown_path(path))
        return self.texts[document]

    def problem(self, fact: Fact) -> Problem | None:
        """What is wrong with the quote of a fact; None when it stands where the ledger says, or has no line."""
        if fact.line is None:
            return None
        lines = quote_lines(self.text(fact.document), fact.quote)
        if fact.line in lines:
            return None
        place = f"{fact.document}.txt"
        found = "、".join(map(str, lines[:5]))
        zh = f"引文“{fact.quote}”不在 {place} 第 {fact.line} 行" + (f"，而在第 {found} 行" if lines else "，全文也没有")
        en = f'quote "{fact.quote}" is not on line {fact.line} of {place}' + (f" but on {found}" if lines else "")
        return Problem(fact.shown, fact.row, None, fact.id, Text(zh, en))

    def check(self, facts: Sequence[Fact]) -> None:
        """Raises InputError naming every quote that does not match."""
        problems: list[Problem] = []
        for fact in facts:
            try:
                found = self.problem(fact)
                problems += [] if found is None else [found]
            except InputError as error:
                problems += error.problems
        if problems:
            raise InputError(problems)

    def sentence(self, fact: Fact) -> str | None:
        """The whole sentence around a quote, without white space; None for a fact that has no line."""
        self.check([fact])
        return None if fact.line is None else sentence_around(self.text(fact.document), fact.quote, fact.line)


def sentence_around(text: str, quote: str, line: int) -> str:
    """The sentence of `text` that holds `quote`, which starts on `line` (from 1); white space left out.

    Where no sentence ends within LONGEST_SIDE characters on both sides, as in tables, the lines around the quote
    are given instead, with ` / ` between them: without white space the numbers of a table would run together.
    """
    lines = ["".join(part.split()) for part in text.split("\n")]
    joined, wanted = "".join(lines), "".join(quote.split())
    place = joined.index(wanted, sum(map(len, lines[: line - 1])))
    end = place + len(wanted)
    before = joined[max(0, place - LONGEST_SIDE) : place]
    # From the last character of the quote, which may itself end the sentence.
    after = joined[end - 1 : end + LONGEST_SIDE]
    start = max(before.rfind(mark) for mark in SENTENCE_ENDS)
    stops = [after.find(mark) for mark in SENTENCE_ENDS if mark in after]
    if start < 0 or not stops:
        near = (" ".join(part.split()) for part in text.split("\n")[max(0, line - 2) : line + 1])
        return " / ".join(part for part in near if part)
    return before[start + 1 :] + wanted[:-1] + after[: min(stops) + 1]


def find(pack: Pack, described: Mapping[str, Source], documents: Documents | None, id: str) -> Record:
    """The fact and the target of that id (a target's fact often bears its name); raises InputError for neither."""
    facts = {fact.id: fact for fact in pack.ledger.facts}
    source = read(targets_file(pack))
    places = {entry["id"]: i for i, entry in enumerate(source.data["targets"])}
    if id not in facts and id not in places:
        raise refused("ID", *_unknown({*facts, *places}, id))

    def full(name: str | None) -> Record | None:
        return None if name not in facts else full_record(facts[name], pack, described, documents)

    target = None
    if id in places:
        entry = source.data["targets"][places[id]]
        target = target_record(pack, source, places[id])
        target |= {"fact": full(entry["fact"]), "base": full(entry["base"])}
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
        "used_in": uses(fact.id, pack),
        "sentence": None if documents is None else documents.sentence(fact),
    }


def uses(id: str, pack: Pack) -> list[Record]:
    """Where the files of the pack name a fact: file and line, key, and the target when it is one's."""
    out = []
    for name in FILES_OF_PACK:
        source = read(pack.folder / name)
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


def target_record(pack: Pack, source: YamlSource, place: int) -> Record:
    """A target in the words of the plan, how it is read, and by which mechanism it is computed."""
    entry = source.data["targets"][place]
    target = next(t for t in read_targets(pack) if t.id == entry["id"])
    status, reason = status_of(target, DEFAULT_HORIZON, pack.benchmarks)
    indicator = INDICATORS[target.indicator]
    copied = ("id", "reading_of", "row", "category", "label", "unit", "target_text", "nature", "owners", "year")
    later = ("operator", "value", "value_high", "tolerance", "tolerance_reason", "benchmark", "margin", "base_text")
    return {
        **{key: entry[key] for key in copied},
        **{key: entry[key] for key in later},
        "readings": [t["id"] for t in source.data["targets"] if t["reading_of"] == entry["id"]],
        "indicator": target.indicator,
        "indicator_label": indicator.label.zh,
        "indicator_label_en": indicator.label.en,
        "mechanism": indicator.mechanism,
        "status": status,
        "reason": None if reason is None else reason.zh,
        "reason_en": None if reason is None else reason.en,
        "note": entry["note"],
        "note_en": entry["note_en"],
        "place": f"{source.shown}:{source.position(('targets', place))[0]}",
    }
