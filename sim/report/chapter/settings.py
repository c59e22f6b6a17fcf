"""二、情景设定: what each scenario asks and what it sets."""

from __future__ import annotations

from collections import Counter

from sim.material import View
from sim.report.blocks import Span
from sim.report.chapter.draft import Draft
from sim.report.tables.scenarios import scenario_names, scenario_table, settings
from sim.report.wording import allowed, listed, quoted
from sim.report.wording_results import setting_names

#: Settings named in a sentence.
MOST_NAMED = 5


def write_settings(draft: Draft) -> None:
    """The section; left out where the results hold no scenario."""
    material = draft.material
    made = draft.table(scenario_table(material, draft.edition, draft.lang))
    if not material.views:
        return
    if not draft.edition.reasons:
        made = None
        draft.leave_out(
            "各情景的设定表（内部测算稿、审议稿列出）", "the table of what each scenario sets (in the other editions)"
        )
    draft.heading("情景设定", "Scenarios")
    names = scenario_names(material, draft.edition, draft.lang)
    count = len(names)
    shown = [quoted(name, draft.lang) for name in names]
    reference = draft.refer(made, zh="各情景的取值见", en="What each sets is in ")
    intro = draft.say(
        f"本章测算{count}个情景：{listed(shown, 'zh')}。各情景按同一模型、同一批公布数测算，差别只来自设定。",
        f"This chapter has {count} scenarios: {listed(shown, 'en')}. All are of the same model and figures, so that "
        "they differ by what they set alone.",
    )
    if count == 1:
        intro = draft.say(f"本章按{shown[0]}测算。", f"This chapter is of the scenario {shown[0]}.")
    draft.write(intro, reference)
    for view, name in zip(material.views, names, strict=True):
        draft.write(_described(draft, view, name), _question(draft, view), _rests(draft, view))
    draft.write(_worlds(draft, names))
    draft.add(made)


def _described(draft: Draft, view: View, name: str) -> str:
    kinds = Counter(kind for kind, _, _ in settings(view, int(view.document["as_of"])))
    shown = quoted(name, draft.lang)
    if not kinds:
        return draft.say(
            f"{shown}不改变政策力度，外部条件沿由公布数校准的路径延续，作为比较的基准。",
            f"{shown} leaves all levers unchanged and the world on its calibrated path: what others are compared with.",
        )
    parts = []
    for kind, zh, en in (("levers", "项政策力度", "lever"), ("world", "项外部条件", "world assumption"),
                         ("projects", "个项目", "project"), ("events", "次冲击", "shock")):  # fmt: skip
        if kinds[kind]:
            parts.append(draft.say(f"{kinds[kind]}{zh}", f"{kinds[kind]} {en}{'' if kinds[kind] == 1 else 's'}"))
    named = setting_names(view, draft.edition, draft.lang)
    least = named[:MOST_NAMED]
    more = draft.say("等", " and others") if len(named) > len(least) else ""
    return draft.say(
        f"{shown}设定{listed(parts, 'zh')}，包括{'、'.join(least)}{more}{_over(view, 'zh')}。",
        f"{shown} sets {listed(parts, 'en')}, among them {', '.join(least)}{more}{_over(view, 'en')}.",
    )


def _over(view: View, lang: str) -> str:
    """That shocks of years with published figures have no further effect."""
    as_of = int(view.document["as_of"])
    years = [value["year"] for kind, _, value in settings(view, as_of) if kind == "events"]
    over = [year for year in years if year is not None and year <= as_of]
    if not over:
        return ""
    return (
        f"；其中{len(over)}次冲击设在已有公布数的年份，不再另计"
        if lang == "zh"
        else f"; {len(over)} of its shocks {'is' if len(over) == 1 else 'are'} in years with published figures, "
        "without further effect"
    )


def _question(draft: Draft, view: View) -> str:
    """The question that a scenario answers, where the edition may show it; files give it in Chinese."""
    question = allowed(view.resolved.get("question") or "", draft.edition)
    if not question or draft.lang == "en":
        return ""
    return f"该情景回答的问题是：{question.rstrip('。？?')}？"


def _rests(draft: Draft, view: View) -> str:
    statements = view.resolved.get("rests_on", ())
    if not statements or not draft.edition.sources:
        return ""
    count = len(statements)
    return draft.say(
        f"设定依据{count}处文件原文，列于附录。",
        f"It rests on {count} statements of documents, listed in the appendix.",
    )


def _worlds(draft: Draft, names: list[str]) -> tuple[Span, ...] | str:
    """That differences mix policy and luck where scenarios assume other worlds."""
    first = draft.material.views[0].resolved
    other = [
        quoted(name, draft.lang)
        for view, name in zip(draft.material.views[1:], names[1:], strict=True)
        if view.resolved.get("world") != first.get("world") or view.resolved.get("events") != first.get("events")
    ]
    if not other:
        return ""
    base = quoted(names[0], draft.lang)
    return draft.say(
        f"{listed(other, 'zh')}的外部条件与{base}不同，两者之间的差别既有政策的作用，也有外部环境的影响，"
        "不能都算作政策效果。",
        f"{listed(other, 'en')} assumes another world than {base}: what they differ by is not all due to policy.",
    )
