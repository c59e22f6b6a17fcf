"""Targets held against each other under the accounts: what the rest would have to do, with the arithmetic.

A share and growth of the whole give growth of the part and of everything else; population and growth give GDP per
head; growth of a region and of the city it is in give the growth of the rest of the city.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.facts.ledger import Fact
from sim.facts.units import UNITS
from sim.language import Text
from sim.preflight.finding import Finding, derived, figure, moves, place, plain, who_confirms
from sim.preflight.pace import reported_growth
from sim.preflight.record import Record
from sim.preflight.statements import Statement, tags

#: Points a year by which two growth rates must differ to be worth a line: less than that is within what printed
#: whole percents and five-year averages leave open.
WORTH_SAYING = 1.0
_FLOORS = (">=", "about", "between")
_SUM_OF_SHARES = 100.0
#: Growth in percent after which nothing is left: no later growth makes up for it.
NOTHING_LEFT = -100.0


@dataclass(frozen=True, slots=True)
class Growth:
    """Yearly growth of GDP that a target asks for [%], up to `year`."""

    statement: Statement
    year: int

    @property
    def rate(self) -> float:
        """Percent a year."""
        assert self.statement.value is not None
        return self.statement.value

    def over(self, years: int) -> float:
        """Factor over some years."""
        return float((1.0 + self.rate / 100.0) ** years)


def growth_to(everything: Sequence[Statement], region: str | None, first: int, year: int, total: str) -> Growth | None:
    """The yearly growth that is asked for from `first` to `year`: an average over them, or one year's rate for one."""
    asked = [s for s in everything if s.region == region and s.value is not None and s.operator in _FLOORS]
    own = [s for s in asked if s.value is not None and s.value > NOTHING_LEFT]
    averages = [s for s in own if s.indicator == f"{total}_growth_average" and s.first_year is not None]
    covering = [s for s in averages if s.first_year is not None and s.first_year <= first and year <= s.year]
    covering.sort(key=lambda s: (s.first_year != first, s.year != year, not s.first_reading))
    singles = [s for s in own if s.indicator == f"{total}_growth" and s.first_year is None and s.year == year == first]
    found = (*covering, *singles)
    return Growth(found[0], year) if found else None


def yearly(factor: float, years: int) -> float:
    """Percent a year of a factor over some years."""
    return float(100.0 * (factor ** (1.0 / years) - 1.0))


def shares_and_growth(s: Statement, everything: Sequence[Statement], record: Record) -> Iterator[Finding]:
    """A share of GDP that moves while GDP grows: growth of the part and of everything else."""
    identities = record.definitions.identities
    base = record.base(s)
    if not s.indicator.endswith("_share") or base is None or s.value is None or base.indicator != s.indicator:
        return
    years, start, end = s.year - base.last_year, base.number / 100.0, s.value / 100.0
    growth = growth_to(everything, s.region, base.last_year + 1, s.year, identities.total)
    if years < 1 or growth is None or not (0.0 < start < 1.0 and 0.0 < end < 1.0):
        return
    part, rest = (
        yearly(growth.over(years) * end / start, years),
        yearly(growth.over(years) * (1 - end) / (1 - start), years),
    )
    if abs(part - rest) < WORTH_SAYING:
        return
    name = identities.total_of_share(s.indicator.removesuffix("_share"))
    slower, others = _own_growth(s, name, part, everything)
    message = _share_message(s, base, growth, years, (part, rest), record, name)
    message = Text(
        message.zh + slower.zh + who_confirms(s.owners).zh, message.en + slower.en + who_confirms(s.owners).en
    )
    yield Finding(s.id, "inconsistent", message, (growth.statement.id, base.id, *others))


def _share_message(
    s: Statement, base: Fact, growth: Growth, years: int, rates: tuple[float, float], record: Record, name: str
) -> Text:
    part, rest = rates
    told, gdp = s.told(), growth.statement.told()
    speed = reported_growth(s.region, name, base.last_year, record, base)
    past = Text("", "") if speed is None else Text(
        f"（{speed.span.replace('-', '—')}年已报增速{plain(speed.value)}%）",
        f" ({plain(speed.value)} % reported for {speed.span})",
    )  # fmt: skip
    share = f"{base.printed}%→{plain(s.value or 0.0)}%"
    return Text(
        f"{told.zh}，基数{figure(base).zh}；{gdp.zh}。按此推算：{years}年间占比{share}，"
        f"而总量年均{moves(growth.rate, plain)}%，该部分年均需{moves(part)}%{past.zh}，其余各部分合计年均"
        f"{moves(rest)}%，每年相差{derived(abs(part - rest))}个百分点（各部分价格涨幅相同时）；"
        f"占比按现价、增速按不变价，两项目标需衔接。",
        f"{told.en}, base {figure(base).en}; {gdp.en}. With the share going {share} in {years} years while the whole "
        f"grows {plain(growth.rate)} % a year, the part must grow {derived(part)} % a year{past.en} and all the rest "
        f"{derived(rest)} %, {derived(abs(part - rest))} points apart (with prices moving alike). To be aligned. ",
    )


def _own_growth(
    s: Statement, name: str, needed: float, everything: Sequence[Statement]
) -> tuple[Text, tuple[str, ...]]:
    """Targets for growth of the same part that are below what its share asks for."""
    wanted = (f"{name}_growth", f"{name}_growth_average")
    own = [o for o in everything if o.region == s.region and o.indicator in wanted and o.year <= s.year]
    low = [o for o in own if o.value is not None and o.value < needed - 0.05]
    zh = "".join(f"{o.told().zh}低于所需的{derived(needed)}%。" for o in low)
    en = "".join(f"{o.told().en} is below the {derived(needed)} % needed. " for o in low)
    return Text(zh, en), tuple(o.id for o in low)


def shares_of_a_whole(everything: Sequence[Statement], record: Record) -> Iterator[Finding]:
    """Targets for all parts of a whole that do not sum to it, or a part that is larger than its whole."""
    identities = record.definitions.identities
    by_name = {(s.region, s.indicator, s.year): s for s in everything if s.value is not None and s.first_year is None}
    for region, year in sorted({(region, year) for region, _, year in by_name}):
        for line in identities.sums:
            parts = [by_name.get((region, part, year)) for part in line.parts]
            whole = None if line.whole is None else by_name.get((region, line.whole, year))
            known = [s for s in parts if s is not None]
            if len(known) == len(parts) and (line.whole is None or whole is not None):
                yield from _sum_finding(known, whole, Text(line.label, line.label_en))
        for part, whole_name in identities.parts:
            small, large = by_name.get((region, part, year)), by_name.get((region, whole_name, year))
            if small is not None and large is not None and _base(small) > _base(large) + 1e-9:
                yield _larger(small, large, Text("部分大于全体", "a part is more than its whole"))


def _base(s: Statement) -> float:
    return (s.value or 0.0) * UNITS.get(s.unit, ("", 1.0))[1]


def _sum_finding(parts: Sequence[Statement], whole: Statement | None, label: Text) -> Iterator[Finding]:
    total = sum(_base(s) for s in parts)
    wanted = _SUM_OF_SHARES if whole is None else _base(whole)
    open_digits = [0.5 * 10.0 ** -(s.fact.decimals if s.fact else 0) * UNITS.get(s.unit, ("", 1.0))[1] for s in parts]
    if abs(total - wanted) <= sum(open_digits) + 1e-9:
        return
    zh, en = "；".join(s.told().zh for s in parts), "; ".join(s.told().en for s in parts)
    numbers = " + ".join(plain(_base(s)) for s in parts)
    rest = () if whole is None else (whole.id,)
    yield Finding(parts[0].id, "inconsistent", Text(
        f"{zh}。{label.zh}，而{numbers}＝{plain(total)}，与{plain(wanted)}相差{plain(abs(total - wanted))}，需衔接。"
        f"{who_confirms(_owners(parts)).zh}",
        f"{en}. {label.en}, but {numbers} = {plain(total)}, {plain(abs(total - wanted))} from {plain(wanted)}. "
        f"{who_confirms(_owners(parts)).en}",
    ), (*(s.id for s in parts[1:]), *rest))  # fmt: skip


def _larger(small: Statement, large: Statement, why: Text) -> Finding:
    asked = who_confirms(_owners((small, large)))
    return Finding(small.id, "inconsistent", Text(
        f"{small.told().zh}，而{large.told().zh}：{why.zh}，需衔接。{asked.zh}",
        f"{small.told().en}, {large.told().en}: {why.en}. {asked.en}",
    ), (large.id,))  # fmt: skip


def _owners(group: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(owner for s in group for owner in s.owners))


def people_and_growth(
    s: Statement, everything: Sequence[Statement], record: Record, base_year: int
) -> Iterator[Finding]:
    """A population target: growth of population from every figure of today, and GDP per head with growth of GDP."""
    if s.indicator != "population" or s.value is None or s.value <= 0.0 or s.operator not in _FLOORS:
        return
    total = record.definitions.identities.total
    gdp = record.yearly(s.region, total).get(base_year)
    growth = growth_to(everything, s.region, base_year + 1, s.year, total)
    starts = _people(s, record, gdp)
    if gdp is None or gdp.number <= 0.0 or growth is None or not starts or s.year <= gdp.last_year:
        return
    years = s.year - gdp.last_year
    rates = [yearly(s.value / people, years) for people, _, _ in starts]
    if max(rates) < WORTH_SAYING:
        return
    head = gdp.number_in("亿元") * growth.over(years) / s.value
    lines, english = [], []
    for (people, why, _), rate in zip(starts, rates, strict=True):
        now = gdp.number_in("亿元") / people
        change = yearly(head / now, years)
        lines.append(
            f"从{derived(people)}万人（{why.zh}）起年均需{moves(rate)}%，"
            f"人均由{now:.2f}万元到{head:.2f}万元，年均{moves(change)}%"
        )
        english.append(
            f"from {derived(people)} ({why.en}) {derived(rate)} % a year, GDP per head from {now:.2f} to {head:.2f} "
            f"10,000 yuan, {derived(change)} % a year"
        )
    whole = figure(gdp)
    later, newest = _since(s, record)
    message = Text(
        f"{s.told().zh}，与{growth.statement.told().zh}及地区生产总值{whole.zh}同时成立时："
        f"{'；'.join(lines)}。{later.zh}可能是人口口径不同，需衔接。{who_confirms(s.owners).zh}",
        f"{s.told().en} with {growth.statement.told().en} and GDP of {whole.en}: "
        f"{'; '.join(english)}.{later.en} The population concepts may differ. {who_confirms(s.owners).en}",
    )
    others = (growth.statement.id, gdp.id, *(id for _, _, ids in starts for id in ids), *newest)
    yield Finding(s.id, "inconsistent", message, tuple(dict.fromkeys(others)))


def _since(s: Statement, record: Record) -> tuple[Text, tuple[str, ...]]:
    """Growth of population required from the latest figure on record."""
    series = record.yearly(s.region, "population")
    years = [year for year in series if year < s.year]
    if not years or s.value is None or series[years[-1]].number <= 0.0:
        return Text("", ""), ()
    latest = series[years[-1]]
    rate = yearly(s.value / latest.number_in("万人"), s.year - years[-1])
    return Text(
        f"最近一个数{figure(latest).zh}，此后年均需{moves(rate)}%。",
        f" From the latest figure, {figure(latest).en}, {derived(rate)} % a year is required.",
    ), (latest.id,)


def _people(s: Statement, record: Record, gdp: Fact | None) -> list[tuple[float, Text, tuple[str, ...]]]:
    """Population of the year of GDP [万人] by every report, and what reported GDP per head implies."""
    if gdp is None:
        return []
    out: list[tuple[float, Text, tuple[str, ...]]] = []
    for fact in record.of(s.region, "population"):
        if fact.period == gdp.period and fact.value is not None and fact.value > 0.0:
            scope = "、".join(sorted(tags(fact))) or "常住人口"
            out.append((fact.number_in("万人"), Text(f"{scope}，{place(fact)}", f"{scope}, {place(fact)}"), (fact.id,)))
    identities = record.definitions.identities
    rate = record.yearly(identities.nation, identities.exchange_rate).get(gdp.first_year)
    for line in identities.per_head:
        head = record.yearly(s.region, line.per_head).get(gdp.first_year)
        known = head is not None and head.number > 0.0 and not (line.dollars and (rate is None or rate.number <= 0.0))
        if line.of != identities.total or head is None or not known:
            continue
        yuan = head.number_in("元")
        used: tuple[str, ...] = (head.id,)
        if line.dollars and rate is not None:
            yuan, used = head.number_in("美元") * rate.number, (head.id, rate.id)
        printed = f"{head.printed}{head.unit}"
        why = Text(f"按人均{printed}推算，{place(head)}", f"implied by {printed} a head, {place(head)}")
        out.append((gdp.number_in("亿元") * 1e4 / yuan, why, used))
    return out
