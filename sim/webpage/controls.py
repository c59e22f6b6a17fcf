"""What the reader chooses with, and the frame of the chart; the script fills both."""

from __future__ import annotations

from typing import Any

from sim.language import Text
from sim.webpage.desk import Desk
from sim.webpage.elements import Html, element, joined
from sim.webpage.lines import GROUPS
from sim.webpage.words import PLAIN


def controls(desk: Desk, data: dict[str, Any]) -> Html:
    """Scenarios to show, indicator and year."""
    say = desk.say
    boxes = []
    for place, scenario in enumerate(data["scenarios"]):
        field = element("input", type="checkbox", name="scenario", value=place, checked=True)
        key = element("span", class_="key", data_key=place, aria_hidden="true")
        rank = scenario["rank"] + say(PLAIN["colon"]) if scenario["rank"] else ""
        boxes.append(element("label", field, key, rank + scenario["name"]))
    years = []
    for place, year in enumerate(data["milestones"]):
        field = element("input", type="radio", name="year", value=year, checked=place == 0)
        years.append(element("label", field, say(Text(f"{year}年", str(year)))))
    parts = [
        element("fieldset", element("legend", say(Text("情景", "Scenarios"))), *boxes, class_="scenarios"),
        element("p", _indicators(desk, data)),
        element("fieldset", element("legend", say(Text("年份", "Year"))), *years),
        element("p", element("button", say(Text("打印", "Print")), type="button", id="print")),
    ]
    head = element("h2", say(Text("选择", "Choose")), id="choose-head")
    return element("section", head, *parts, class_="controls", aria_labelledby="choose-head")


def _indicators(desk: Desk, data: dict[str, Any]) -> Html:
    groups: list[Html] = []
    for place, title in enumerate(GROUPS):
        options = [
            element("option", f"{item['name']}（{item['unit']}）" if desk.lang == "zh" else item["name"], value=number)
            for number, item in enumerate(data["indicators"]) if item["group"] == place
        ]  # fmt: skip
        if options:
            groups.append(element("optgroup", *options, label=desk.say(title)))
    select = element("select", *groups, id="indicator")
    return element("label", desk.say(Text("指标", "Indicator")), " ", select)


def chart_section(desk: Desk, data: dict[str, Any]) -> Html:
    """The chart with what is read aloud, the target line where the edition has one, and its numbers as a table."""
    say = desk.say
    head = element("h2", say(Text("指标走势", "The chosen indicator")), id="chart-head")
    if not data["indicators"]:
        nothing = Text("结果中没有可画的推算值。", "The results hold no projected value to draw.")
        return element("section", head, element("p", say(nothing)), aria_labelledby="chart-head")
    how = Text(
        "图中左右键移动年份，上下键更换情景，读出数值和来源。",
        "Left and right keys move the year, up and down the scenario; value and source are read out.",
    )
    plot = element("div", id="plot", tabindex="0", role="group", aria_label=say(how))
    said = element("p", id="said", role="status", aria_live="polite", class_="unseen")
    figure = element("figure", plot, said, element("div", id="legend"), element("figcaption", id="caption"))
    table = element(
        "details", element("summary", say(Text("图中数据（表）", "The numbers of the chart as a table"))),
        element("div", id="numbers", class_="frame", tabindex="0", role="region",
                aria_label=say(Text("图中数据", "Numbers of the chart"))),
        class_="numbers",
    )  # fmt: skip
    line = _target_line(desk, data) if desk.edition.chances else Html("")
    hint = element("p", say(how), class_="note hint")
    return element("section", head, figure, hint, line, table, aria_labelledby="chart-head")


def _target_line(desk: Desk, data: dict[str, Any]) -> Html:
    """Controls of the target line; a sentence where the results hold no distributions."""
    say = desk.say
    head = element("h3", say(Text("移动目标线，看达成概率", "Move the target line and read the probability")))
    if not data["levels"]:
        text = Text(
            "所用结果没有存各指标的分布（由较早的版本算出），不能移动目标线；重新测算后即可。",
            "These results hold no distributions (made by an earlier version): compute them again to move the line.",
        )
        return joined([head, element("p", say(text))])
    which = element("select", id="goal")
    number = element("input", type="number", id="level", step="any", inputmode="decimal")
    fields = element(
        "p",
        element("label", say(Text("目标", "Target")), " ", which), " ",
        element("label", say(Text("目标值", "Value")), " ", number), " ",
        element("span", id="level-unit"), " ",
        element("button", say(Text("还原", "Reset")), type="button", id="reset"),
        class_="controls",
    )  # fmt: skip
    readings = element("div", id="readings", class_="frame", role="region", tabindex="0", aria_live="polite",
                       aria_label=say(Text("各情景达成概率", "Probability by scenario")))  # fmt: skip
    note = element("p", id="level-note", class_="note")
    hint = Text(
        "图中红线可用鼠标或手指拖动；选中后用上下键移动（Page Up、Page Down 走大步）。概率取整到5个百分点。",
        "Drag the red line in the chart, or select it and use the arrow keys (Page Up, Page Down). To 5 points.",
    )
    return element("div", head, element("p", say(hint), class_="note hint"), fields, readings, note, id="line")
