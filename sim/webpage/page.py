"""The page put together: head, controls, chart, tables, sources, and the parts of the script its edition needs."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from sim.charts.palette import SCENARIOS
from sim.charts.style import cell_colours, contrast
from sim.errors import InputError, Problem
from sim.language import Text, clean
from sim.material import Material
from sim.output.tables import cut_off_text
from sim.report.blocks import Missing
from sim.report.editions import Edition
from sim.report.wording import listed, quoted
from sim.targets import read_targets
from sim.webpage.codes import ALPHABET
from sim.webpage.controls import chart_section, controls
from sim.webpage.desk import Desk
from sim.webpage.elements import Html, element, embedded, joined, raw
from sim.webpage.grid import Grid, grid_html
from sim.webpage.lines import all_years, indicator_data, milestones, plan_words, shown_indicators
from sim.webpage.tables import basis_grid, other_targets, outlook_grid, source_grid, target_grid
from sim.webpage.words import CHANCES, PLAIN

_FOLDER = Path(__file__).parent
#: Parts of the script in order; those of `_CHANCES` only where the edition shows probabilities.
_SCRIPTS = ("page.js", "chart.js", "chart_words.js", "tables.js")
_CHANCES = ("bands.js", "target_line.js")
#: Least contrast of text of this size (WCAG 2).
_READABLE = 4.5
#: Scenarios from which on a print needs a page in landscape.
_WIDE = 4

#: What is said on the page about results that are not as the program wrote them, without naming a folder.
_GRAVE = {
    "edited": Text(
        "本页所用的结果文件写成后被改动过，以下数字不能保证是测算所得，核实前请勿使用。",
        "Result files were changed after they were written: the numbers may not be what was computed.",
    ),
    "incomplete": Text(
        "本页所用的结果文件不完整，核实前请勿使用。", "Result files are missing: do not use these numbers unchecked."
    ),
}


def page_bytes(material: Material, edition: Edition, lang: str) -> bytes:
    """The page as UTF-8. Text is set in fonts of the reader's machine.

    Raises InputError when the material has no scenario: the page is about scenarios.
    """
    if not material.views:
        zh = "网页要有情景的结果：请至少给一个 run 或 compare 的结果文件夹"
        raise InputError(Problem(None, None, None, "RESULT", Text(zh, "a page needs a result of run or compare")))
    goals = {target.id: target for target in read_targets(material.pack)} if edition.chances else {}
    desk = Desk(material, edition, lang, goals=goals)
    body, data = _body(desk)
    style, script = _style(desk), _script(desk)
    title = f"{_title(desk)} · {desk.say(edition.label)}"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(script, style)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", style),
    )
    scripts = joined([element("script", embedded(data), type="application/json", id="data"), element("script", script)])
    page = element("html", head, element("body", body, scripts), lang="zh-CN" if lang == "zh" else "en")
    return f"<!DOCTYPE html>\n{page}\n".encode()


def _title(desk: Desk) -> str:
    label = desk.say(desk.material.pack.label)
    return desk.say(Text(f"{label}经济社会发展情景测算", f"{label}: scenarios of its development"))


def _style(desk: Desk) -> Html:
    heat = []
    if desk.edition.chances:
        for step in range(21):
            fill, ink = cell_colours(step / 20)
            ink = ink if contrast(fill, ink) >= _READABLE else "#000"
            heat.append(f".h{step}{{background:{fill};color:{ink}}}")
    wide = len(desk.views) >= _WIDE
    sheet = f"@page{{size:A4 {'landscape' if wide else 'portrait'};margin:15mm 14mm}}"
    sheet += "@media print{#plot svg{max-height:75mm}}" if wide else ""  # below the head on the first page
    return raw("\n".join([(_FOLDER / "page.css").read_text(encoding="utf-8"), *heat, sheet]))


def _script(desk: Desk) -> Html:
    names = _SCRIPTS + (_CHANCES if desk.edition.chances else ())
    parts = [(_FOLDER / name).read_text(encoding="utf-8") for name in names]
    return raw("\n".join(['"use strict";', *parts, "start();\n"]))


def _policy(script: str, style: str) -> str:
    """Nothing may be loaded from anywhere; of scripts and styles only these very ones run."""
    own = f"script-src '{_hash(script)}'; style-src '{_hash(style)}'"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _body(desk: Desk) -> tuple[Html, dict[str, Any]]:
    """The page's body and the data of its script; sources come last, when all are cited."""
    data = _data(desk)
    sections = [
        chart_section(desk, data),
        _section(desk, "targets", Text("规划目标", "Targets of the plan"), target_grid(desk)),
        _section(desk, "outlook", Text("主要指标", "Main indicators"), outlook_grid(desk)),
        _folded(desk, "others", Text("其他文件中的目标", "Targets of other documents"), other_targets(desk)),
        _folded(desk, "basis", Text("口径与责任单位", "How targets are read, and owners"), basis_grid(desk)),
    ]
    sections.append(_folded(desk, "sources", Text("来源附录", "Sources"), source_grid(desk)))
    skip = element("a", desk.say(Text("跳到正文", "Skip to content")), href="#main", class_="skip")
    main = element("main", controls(desk, data), *sections, id="main", tabindex="-1")
    tip = element("div", id="tip", role="tooltip", hidden=True)
    return joined([skip, _header(desk), main, tip, _footer(desk)]), data


def _data(desk: Desk) -> dict[str, Any]:
    """What the script reads. Nothing that the edition must not show is in it."""
    chances = desk.edition.chances
    words = {key: desk.say(text) for key, text in (PLAIN | (CHANCES if chances else {})).items()}
    ranks = [""] * len(desk.views) if chances else plan_words(desk)
    names = desk.names()
    scenarios = [
        {"name": names[place], "rank": ranks[place], "colour": SCENARIOS[place % len(SCENARIOS)],
         "source": desk.of_model(place)}
        for place in range(len(desk.views))
    ]  # fmt: skip
    indicators = [indicator_data(desk, name, group) for name, group in shown_indicators(desk)]
    data: dict[str, Any] = {
        "words": words,
        "alphabet": ALPHABET,
        "years": all_years(desk),
        "milestones": milestones(desk),
        "scenarios": scenarios,
        "indicators": indicators,
    }
    if chances:
        levels: list[float] = next(
            (found["levels"] for v in desk.views if (found := v.document.get("distributions"))), []
        )
        data["levels"] = levels
    return data


def _header(desk: Desk) -> Html:
    say, lead = desk.say, desk.lead
    names = listed([quoted(name, desk.lang) for name in desk.names()], desk.lang)
    lines = [
        element("p", say(desk.edition.label), class_="edition"),
        element("h1", _title(desk)),
        element("p", cut_off_text(lead.document, desk.lang), class_="cut"),
        element("p", say(Text(f"情景：{names}。", f"Scenarios: {names}."))),
        *_doubts(desk),
    ]
    if desk.edition.ids:
        draws = lead.document["draws"]
        ids = ", ".join(desk.material.run_ids) if desk.lang == "en" else "、".join(desk.material.run_ids)
        zh, en = f"每个情景{draws}次模拟；结果编号：{ids}。", f"{draws} draws a scenario; results: {ids}."
        lines.append(element("p", say(Text(zh, en)), class_="note"))
    return element("header", *lines)


def _doubts(desk: Desk) -> list[Html]:
    """Doubts: all in the internal edition, elsewhere the grave ones, without the names of folders."""
    doubts = desk.material.doubts
    if desk.edition.ids:
        stop = "。" if desk.lang == "zh" else "."
        said = [(doubt.grave, desk.say(doubt.text).rstrip("。.") + stop) for doubt in doubts]
    else:
        said = [(True, desk.say(_GRAVE[kind])) for kind in dict.fromkeys(d.kind for d in doubts if d.grave)]
    word = Text("请先核实：", "To be checked first: ")
    return [
        element("p", element("strong", desk.say(word)), clean(text), class_="grave" if grave else "doubt",
                role="alert" if grave else None)
        for grave, text in dict.fromkeys(said)
    ]  # fmt: skip


def _section(desk: Desk, id: str, title: Text, grid: Grid | Missing) -> Html:
    head = element("h2", desk.say(title), id=f"{id}-head")
    inside = element("p", grid.sentence(desk.lang)) if isinstance(grid, Missing) else grid_html(desk, grid)
    return element("section", head, inside, aria_labelledby=f"{id}-head")


def _folded(desk: Desk, id: str, title: Text, grid: Grid | Missing | None) -> Html:
    """A section that is opened when it is wanted, and for printing."""
    if grid is None or isinstance(grid, Missing):
        return Html("")
    rows = desk.say(Text(f"（{len(grid.rows)}行）", f" ({len(grid.rows)} rows)"))
    summary = element("summary", element("h2", desk.say(title), element("small", rows), id=f"{id}-head"))
    return element("section", element("details", summary, grid_html(desk, grid)), aria_labelledby=f"{id}-head")


def _footer(desk: Desk) -> Html:
    say = desk.say
    text = Text(
        "本页为单个文件，不联网即可使用，也不向任何地方发送内容。模型推算值，非统计数据。",
        "One file that works without a network and sends nothing anywhere. Model values, not official statistics.",
    )
    return element("footer", element("p", say(text)))
