"""六、实现目标所需力度: what targets need a year, what levers would have to do, what a sweep of settings reaches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.material import Finished
from sim.report.chapter.draft import Draft
from sim.report.tables.packages import NO_PACKAGES, packages_of, packages_table, plain, solution_targets
from sim.report.tables.path import NO_PATH, path_rows, path_table
from sim.report.tables.sweep import sweep_table
from sim.report.wording import listed
from sim.report.wording_effort import harder_sentences, sweep_sentence
from sim.report.wording_figures import chance_only, chance_phrase


def write_effort(draft: Draft) -> None:
    """The section; left out where no result speaks of it, and in the public edition."""
    material, edition = draft.material, draft.edition
    asked = bool(path_rows(material)) or (edition.chances and (bool(material.solutions) or bool(material.sweeps)))
    if not edition.reasons or not asked:
        _tell_left_out(draft)
        return
    draft.heading("实现目标所需力度", "What it would take")
    several = edition.chances and bool(material.solutions or material.sweeps) and bool(path_rows(material))
    if path_rows(material):
        if several:
            draft.heading("每年所需水平", "What is needed a year", 2)
        _write_path(draft)
    else:
        draft.table(NO_PATH)
    if edition.chances:
        _write_solutions(draft)
        _write_sweeps(draft)
    else:
        _tell_left_out(draft)


def _tell_left_out(draft: Draft) -> None:
    material = draft.material
    if draft.edition.chances:
        for made in (NO_PATH, NO_PACKAGES):
            draft.table(made)
        return
    if material.required_path is not None and not draft.edition.reasons:
        draft.leave_out("达到目标每年所需的水平（审议稿列出）", "what targets need a year (in the review edition)")
    if material.solutions or material.sweeps:
        draft.leave_out(
            "达到要求概率所需的政策组合、取值组合下的概率（内部测算稿列出）",
            "packages of levers and the sweep of settings (in the internal edition)",
        )


def _write_path(draft: Draft) -> None:
    made = draft.table(path_table(draft.material, draft.edition, draft.lang))
    draft.write(*harder_sentences(draft.material, draft.edition, draft.lang), draft.refer(made))
    draft.add(made)


def _write_solutions(draft: Draft) -> None:
    material = draft.material
    if not material.solutions:
        draft.table(NO_PACKAGES)
        return
    draft.heading("所需政策力度", "What levers would have to do", 2)
    for place, found in enumerate(material.solutions):
        made = draft.table(packages_table(material, draft.edition, draft.lang, place))
        draft.write(_solution(draft, found), draft.refer(made))
        draft.add(made)


def _solution(draft: Draft, found: Finished) -> str:
    """Whether the goal is reached, by what, or that it is out of reach within the bounds."""
    document = found.document
    goals = listed(solution_targets(found, draft.lang), draft.lang)
    wanted = f"{100 * document['wanted']:.6g}%"
    start = chance_only(document["start"]["probability"], draft.lang)
    if document["already"]:
        return draft.say(
            f"{goals}：原情景的概率已达到{wanted}，不需要增加力度。", f"{goals}: reached with {wanted} as things are."
        )
    packages = packages_of(found)
    best = packages[0] if packages else None
    if document["reachable"] and best is not None:
        parts = listed([_setting(one, draft.lang) for one in best["details"]], draft.lang)
        count = len(document["packages"])
        text = draft.say(
            f"{goals}：原情景的概率为{start}。要使概率不低于{wanted}，代价最小的组合是{parts}，"
            f"检验所得概率{chance_phrase(best, 'zh')}。",
            f"{goals}: probability {start} as things are. The cheapest package for {wanted}: {parts}; probability on "
            f"fresh draws {chance_phrase(best, 'en')}.",
        )
        others = draft.say(f"另有{count - 1}个代价相近的组合。", f"{count - 1} other packages cost about as much.")
        return draft.text([text, others if count > 1 else ""])
    return _unreachable(draft, found, goals, wanted, start)


def _setting(one: Mapping[str, Any], lang: str) -> str:
    label, unit = (one[name if lang == "zh" else f"{name}_en"] for name in ("label", "unit"))
    value = plain(one["to"][-1])
    return f"{label}{value}{unit}" if lang == "zh" else f"{label} {value} {unit}"


def _unreachable(draft: Draft, found: Finished, goals: str, wanted: str, start: str) -> str:
    document = found.document
    best = document.get("best")
    most = chance_only(best["probability"], draft.lang) if best else ""
    if document["needs"]:
        return draft.say(
            f"{goals}：原情景的概率{start}；最多动用{document['most']}项政策力度达不到{wanted}，约需{document['needs']}项。",
            f"{goals}: probability {start}; {document['most']} levers do not reach {wanted}, about "
            f"{document['needs']} would.",
        )
    details = best["details"] if best else []
    names = listed(
        [one["label" if draft.lang == "zh" else "label_en"] for one in details if one["at_bound"]], draft.lang
    )
    why = draft.say(f"其中{names}已用到上限或下限。", f" At their bounds: {names}.") if names else ""
    text = draft.say(
        f"{goals}：原情景的概率{start}；各项政策力度在允许范围内用足，可达的最高概率{most}，达不到{wanted}，"
        "按现有口径测算在允许的力度内不可达，",
        f"{goals}: probability {start}; the levers within their bounds reach {most} at most, not {wanted}: "
        "out of reach.",
    )
    return text.rstrip("，") + ("。" if draft.lang == "zh" else "") + why


def _write_sweeps(draft: Draft) -> None:
    if not draft.material.sweeps:
        return
    draft.heading("取值组合试算", "Combinations of settings", 2)
    for place in range(len(draft.material.sweeps)):
        made = draft.table(sweep_table(draft.material, draft.edition, draft.lang, place))
        if made is not None:
            draft.write(sweep_sentence(draft.material, place, made, draft.lang), draft.refer(made))
            draft.add(made)
