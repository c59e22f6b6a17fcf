"""What `solve` says below its packages: how to read them, what was left out, and where the files are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from sim.cli.terminal import page, wrap_cells
from sim.language import Text
from sim.levers.catalogue import LEVERS
from sim.output.tables import number_text

Record = Mapping[str, Any]


def said(zh: str, en: str, lang: str) -> None:
    """One sentence, wrapped to the page."""
    for line in wrap_cells(Text(zh, en).pick(lang), page()):
        click.echo(line)


def _named(ids: Sequence[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(LEVERS[name].label.pick(lang) for name in ids)


def print_notes(document: Record, lang: str) -> None:
    """What holds of all packages: warnings, how cost and checks are to be read, levers left out, where files are."""
    end = "" if lang == "zh" else "_en"
    for warning in document[f"warnings{end}"]:
        said(f"提示：{warning}", f"Note: {warning}", lang)
    listed = document["packages"] or [document["best"]]
    money = document["cost_kind"] == "money"
    if not money and any(not one["on_record"] for package in listed for one in package["details"]):
        said(
            "* 没有可比的历史记录，以允许范围较宽一侧的三分之一代替一个标准差：此时的“相当于”只是约定，不是证据。",
            "* no comparable record: a third of the wider side of the bounds stands in for a deviation, by convention.",
            lang,
        )
    _left_out(document, lang)
    if any(package["details"] for package in listed):
        said(
            "历史标准差是一省一年偏离自身均值的幅度；连续几年保持同样的偏离要难得多，代价没有按年数加重。",
            "Deviations are those of a province in one year; holding one for years is harder, and costs no more here.",
            lang,
        )
        _how_checked(document, listed[0], lang)
        said(
            "组合说的是“若做到则如何”，不说明用什么措施做到；证据等级见 list levers（I 按定义计入，A 至 D 由强到弱）。",
            "A package says what if, not how; for the grades of evidence see list levers (I by definition, A to D).",
            lang,
        )
    if document["written"]:
        said(f"情景文件：{document['written']}", f"Scenario file: {document['written']}", lang)
    said(
        f"结果文件夹：{document['result']}（result.json、packages.csv）", f"Files: {document['result']}", lang
    )  # fmt: skip


def _how_checked(document: Record, package: Record, lang: str) -> None:
    """What the search asked for beyond what was wanted, and how fresh the fresh draws are."""
    if document["reachable"] and package["margin"] > 0.0:
        points = number_text(100.0 * package["margin"], 1)
        said(
            f"搜索时比要求多要{points}个百分点（抽样误差的余量），组合因此略大；加大 --draws 可以缩小余量。",
            f"The search asked for {points} points more than wanted (Monte Carlo error); more --draws need less.",
            lang,
        )
    if document["as_of"] > document["base_year"]:
        said(
            "新抽样与搜索用的是同一批后验样本，只换了今后的冲击，所以检验不到样本本身的误差；标准误已按样本数计。",
            "Fresh draws share the members of the posterior with the search and differ in the shocks to come.",
            lang,
        )


def _left_out(document: Record, lang: str) -> None:
    """Levers that were not used, and why."""
    reasons = (
        ("idle", Text("对这些目标没有作用、未用的杠杆", "Levers that do not move these targets")),
        (
            "fixed",
            Text("原情景设为对数正态分布、不便增减的杠杆", "Levers that the scenario makes lognormal, not moved"),
        ),
        ("without_cost", Text("没有写花费、未用的杠杆", "Levers without a cost, not used")),
    )
    for key, reason in reasons:
        if document[key]:
            names = [_named(document[key], way) for way in ("zh", "en")]
            said(f"{reason.zh}：{names[0]}。", f"{reason.en}: {names[1]}.", lang)
    if not document["any_direction"] and not document["already"]:
        said(
            "只考虑把杠杆往好处动；要连往坏处动的也算，加 --any-direction。",
            "Levers are moved only to where they do good; --any-direction allows the rest.",
            lang,
        )
