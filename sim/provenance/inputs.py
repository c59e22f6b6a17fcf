"""Every input that a simulation may ask for, by the stream it is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sim.facts.ledger import Fact
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.parameters.priors import Prior
from sim.provenance.chance import (
    CHANCES,
    EXISTS,
    OF_WORLD,
    PROJECT_DELAY,
    RAIL_DELAY,
    RAIL_LENGTH,
    RELATED,
    SIZE,
    STRIKES,
    TARGET,
    TARGET_BASE,
    TOLERANCE,
)
from sim.provenance.contribution import Contribution
from sim.provenance.effects import Constant, Question, parts_of
from sim.provenance.recording import Stream
from sim.reading.source import YamlSource, read
from sim.region.pack import Pack, RailLine
from sim.scenario.parts import AssumptionPath, Event, Project, Scenario
from sim.targets import target_places

THE_WORLD = Text("外部世界", "the world")
#: Prefix of the streams of the world.
WORLD_PREFIX = "world"
#: Chance that is told for each indicator by itself, because they have little in common.
BOUNDED = "bounded"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Inputs by stream. What is drawn for several cells or indicators with one meaning has one entry in `kinds`."""

    single: dict[Stream, tuple[Contribution, ...]]
    fixed: frozenset[Stream]  # those whose numbers are multiplied by a range of nothing
    kinds: dict[tuple[str, str], Contribution]
    twins: dict[str, str]  # region -> the region whose streams are half its own

    def of(self, stream: Stream) -> tuple[Contribution, ...]:
        """The inputs of a stream: one in a sound model, none when it has no provenance."""
        found = self.single.get(stream)
        if found is not None:
            return found
        region, _, rest = stream.name.partition(".")
        of_kind = self.kinds.get((f"{stream.source}.uniform" if stream.uniform else stream.source,
                                  f"{region}.{rest.partition('.')[0]}"))  # fmt: skip
        if of_kind is not None:
            return (of_kind,)
        # What the rest of a city has in common with a district, where only the rest has such a part.
        twin = self.twins.get(region)
        return () if twin is None else self.of(replace(stream, name=f"{twin}.{rest}"))


def inputs_of(question: Question) -> Inputs:
    """All inputs of the packs that are simulated together, of the world, and of the scenario."""
    single: dict[Stream, tuple[Contribution, ...]] = {}
    parts = parts_of(question.pack)
    for part in parts:
        for stream, made in _of_pack(part, question.pack):
            single[stream] = (*single.get(stream, ()), made)
    single |= {stream: (made,) for stream, made in _of_priors(question.pack.world.all(), THE_WORLD, WORLD_PREFIX, {})}
    single |= {stream: (made,) for stream, made in _of_scenario(question)}
    twins = {part.districts[0].id: part.id for part in parts if part.districts}
    return Inputs(single, frozenset(_fixed(question.pack)), _kinds(question.pack), twins)


def _fixed(pack: Pack) -> Iterator[Stream]:
    """Streams of numbers without a range."""
    by_prefix = {part.id: (*part.base_assumptions.values(), *part.priors.all()) for part in parts_of(pack)}
    for prefix, priors in {**by_prefix, WORLD_PREFIX: pack.world.all()}.items():
        yield from (Stream(prior.part, f"{prefix}.{prior.name}") for prior in priors if prior.low == prior.high)
    for part in parts_of(pack):
        lines = (line for line in part.rail if line.length[0] == line.length[1])
        yield from (Stream("parameters", f"{part.id}.rail.{line.id}") for line in lines)


def _of_priors(
    priors: Iterable[Prior], scope: Text, prefix: str, members: Mapping[str, Text], kind: str = "prior"
) -> Iterator[tuple[Stream, Contribution]]:
    """`members` are the names of the cells and indicators that a prior may be of."""
    for prior in priors:
        name, _, member = prior.name.partition(".")
        meaning = Text(prior.source, name.replace("_", " "))
        label = _both(members[member], meaning) if member else meaning
        made = Contribution(
            kind, f"{prefix}.{prior.name}", scope, label, _between(prior.low, prior.high), prior.unit, prior.grade,
            prior.date, prior.origin, prior.source,
        )  # fmt: skip
        yield Stream(prior.part, f"{prefix}.{prior.name}"), made


def _of_pack(part: Pack, asked: Pack) -> Iterator[tuple[Stream, Contribution]]:
    facts = (*part.base_facts.values(), *(bounded.fact for bounded in part.bounded))
    for fact in dict.fromkeys(fact for fact in facts if fact is not None):
        # As `draw_fact` names them.
        yield Stream("facts", f"{part.id}.{fact.id}"), fact_input(fact, part, asked)
    members = {cell.id: cell.label for cell in part.cells} | {
        bounded.indicator: INDICATORS[bounded.indicator].label for bounded in part.bounded
    }
    yield from _of_priors(part.base_assumptions.values(), rest_of(part), part.id, members, "assumption")
    yield from _of_priors(part.priors.all(), rest_of(part), part.id, members)
    yield from _of_rail(part, asked)
    for prior in part.priors.vectors.get(CHANCES[BOUNDED][1], ()):
        indicator = prior.name.partition(".")[2]
        name = f"{part.id}.{BOUNDED}.{indicator}"
        label = _both(members[indicator], CHANCES[BOUNDED][0])
        yield Stream("shocks", name), _chance(name, label, rest_of(part), (prior,), "shocks")


def _of_rail(part: Pack, asked: Pack) -> Iterator[tuple[Stream, Contribution]]:
    """Length and delay of every line of rail; a length that is reported is a fact."""
    source = read(part.folder / "region.yaml")
    for i, line in enumerate(part.rail):
        name = f"{part.id}.rail.{line.id}"
        fact_id = source.data["rail"][i].get("fact")
        length = None if fact_id is None else fact_input(part.ledger.get(fact_id), part, asked)
        place = _place(source, ("rail", i))
        yield Stream("parameters", name), length or _rail_input(line, part, place)
        late = _shown(line.delay)
        delay = replace(_rail_input(line, part, place), kind="chance", label=_both(line.label, RAIL_DELAY))
        delay = replace(delay, id=f"{part.id}.rail_delay.{line.id}", value=late, unit="1")
        yield Stream("shocks", name, True), delay


def _place(source: YamlSource, keys: tuple[str | int, ...]) -> str:
    return f"{source.shown}:{source.position(keys)[0]}"


def rest_of(pack: Pack) -> Text:
    """What the priors and the chance of a pack are about: of a city only what its districts leave."""
    if not pack.districts:
        return pack.label
    return Text(f"{pack.label.zh}其余地区", f"rest of {pack.label.en}")


def fact_input(fact: Fact, part: Pack, asked: Pack) -> Contribution:
    """A figure of the ledger, under the id by which the region asked for knows it."""
    id = fact.id if part.id == asked.id else f"{part.id}.{fact.id}"
    source = part.sources.get(fact.document)
    title = "" if source is None else f" {source.title}"
    where = f"{fact.document}:{fact.line}" if fact.line else fact.document
    word = "" if fact.rounding == "exact" else fact.rounding
    known = INDICATORS.get(fact.indicator)
    chinese = fact.quote if known is None else f"{known.label.zh}（{fact.period}）"
    english = f"{fact.indicator.replace('_', ' ')}, {fact.period}"
    scope = next((pack.label for pack in parts_of(asked) if pack.id == fact.region), part.label)
    return Contribution(
        "fact", id, scope, Text(chinese, english), f"{word}{fact.printed}", fact.unit, fact.grade,
        "" if source is None else source.date, f"{fact.shown}:{fact.row}", f"{where}{title}", fact.quote,
    )  # fmt: skip


def _rail_input(line: RailLine, part: Pack, place: str) -> Contribution:
    low, high = line.length
    return Contribution(
        "assumption", f"{part.id}.rail.{line.id}", part.label, _both(line.label, RAIL_LENGTH),
        _between(low, high), "公里", "", "", place, line.source,
    )  # fmt: skip


def _between(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g}—{high:g}"


def _shown(delay: Iterable[float]) -> str:
    """Chances of no delay, one year, two years, …"""
    return "、".join(f"{chance:g}" for chance in delay)


def _both(label: Text, what: Text) -> Text:
    return Text(f"{label.zh}：{what.zh}", f"{label.en}: {what.en}")


# --- Chance ---------------------------------------------------------------------------------------------------


def _kinds(pack: Pack) -> dict[tuple[str, str], Contribution]:
    """Chance by source and `<region>.<kind>`."""
    out = {}
    for part in parts_of(pack):
        strengths = part.priors
        for kind, (label, strength) in CHANCES.items():
            if kind == BOUNDED:
                continue
            priors = strengths.vectors.get(strength) or (strengths.scalars[strength],)
            source = "reporting" if priors[0].part == "reporting" else "shocks"
            name = f"{part.id}.{kind}"
            out[source, name] = _chance(name, label, rest_of(part), priors, source)
    for kind, (label, strength) in OF_WORLD.items():
        name = f"{WORLD_PREFIX}.{kind}"
        made = _chance(name, label, THE_WORLD, (pack.world.scalars[strength],), "shocks")
        out["shocks.uniform" if kind == "rare_event" else "shocks", name] = made
    return out


def _chance(name: str, label: Text, scope: Text, priors: tuple[Prior, ...], source: str) -> Contribution:
    """Chance of one kind; its value is the range of its strength, over all cells where they differ."""
    first = priors[0]
    low, high = min(p.low for p in priors), max(p.high for p in priors)
    value = _between(low, high)
    kind = "reporting" if source == "reporting" else "chance"
    return Contribution(
        kind, name, scope, label, value, first.unit, first.grade, first.date, first.origin, first.source
    )


# --- Scenario -------------------------------------------------------------------------------------------------


def _of_scenario(question: Question) -> Iterator[tuple[Stream, Contribution]]:
    scenario = question.scenario
    for section, paths in (("levers", scenario.levers), ("world", scenario.world)):
        for path in paths.values():
            yield Stream("scenario", path.id), _path_input(path, section, scenario)
    for event in scenario.events:
        made = _event_input(event, scenario)
        yield Stream("scenario", f"event.{event.id}"), made
        when = str(event.year) if event.probability is None else f"{event.probability:g}"
        strikes = replace(made, kind="chance", label=_both(event.label, STRIKES), value=when, unit="1")
        yield Stream("shocks", f"event.{event.id}", True), replace(strikes, id=f"events.{event.id}.strikes")
    for project in scenario.projects:
        yield Stream("shocks", f"project.{project.id}", True), _project_input(project, scenario)
        late = _project_input(project, scenario)
        late = replace(late, label=_both(project.label, PROJECT_DELAY), value=_shown(project.delay))
        yield Stream("shocks", f"project_delay.{project.id}", True), replace(late, id=f"projects.{project.id}.delay")


def _scenario_input(scenario: Scenario, key: str, label: Text, value: str, unit: str) -> Contribution:
    place = scenario.origins.get(key, "")
    return Contribution("scenario", key, scenario.label, label, value, unit, "", "", place, scenario.label.zh)


def _path_input(path: AssumptionPath, section: str, scenario: Scenario) -> Contribution:
    item = LEVERS[path.id] if section == "levers" else WORLD[path.id]
    numbers = [number for number in (*path.low, *path.high) if number is not None]
    value = f"{min(numbers):g}—{max(numbers):g}" if numbers else ""
    return _scenario_input(scenario, f"{section}.{path.id}", item.label, value, item.unit.zh)


def _event_input(event: Event, scenario: Scenario) -> Contribution:
    value = f"{event.size_low:g}—{event.size_high:g}"
    return _scenario_input(scenario, f"events.{event.id}", _both(event.label, SIZE), value, "%")


def _project_input(project: Project, scenario: Scenario) -> Contribution:
    label = _both(project.label, EXISTS)
    made = _scenario_input(scenario, f"projects.{project.id}", label, f"{project.probability:g}", "1")
    return replace(made, kind="chance")


# --- Constants ------------------------------------------------------------------------------------------------


def constant_input(constant: Constant, asked: Pack) -> Contribution:
    """A number without a stream: a target that reported growth may lean to, or a correlation."""
    part = next(part for part in parts_of(asked) if part.id == constant.region)
    if constant.section == "growth_targets":
        return fact_input(part.ledger.get(constant.key), part, asked)
    source = read(part.folder / "region.yaml")
    line = source.data["related"][constant.key]
    known = CHANCES.get(constant.key)
    what = Text("参数", "parameters") if known is None else known[0]
    return Contribution(
        "assumption", f"{part.id}.related.{constant.key}", part.label, _both(what, RELATED),
        f"{line['correlation']:g}", "1", "J", "", _place(source, ("related", constant.key)), line["source"],
    )  # fmt: skip


def judged_by(question: Question) -> Iterator[Contribution]:
    """What the verdict on the number uses beside the model: the target's row, its base, and its tolerance."""
    pack, target = question.pack, question.target
    for label, id in ((TARGET, target.fact), (TARGET_BASE, target.base_fact)):
        if id is not None:
            made = fact_input(pack.ledger.get(id), pack, pack)
            yield replace(made, kind="target", label=Text(f"{label.zh}：{made.label.zh}", label.en))
    place = target_places(pack).get(target.id)
    if place is not None and target.tolerance is not None:
        line = place.line
        yield Contribution(
            "target", f"{target.id}.tolerance", pack.label, TOLERANCE, f"{target.tolerance:g}", target.unit, "",
            "", _place(place.source, (*place.keys, "tolerance")), line.tolerance_reason or "",
        )  # fmt: skip
