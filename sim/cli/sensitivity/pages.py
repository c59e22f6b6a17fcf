"""What `sensitivity` prints, from its document alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from sim.cli.sensitivity.parts import Options, Told
from sim.cli.terminal import page, wrap_cells
from sim.language import Text
from sim.output.tables import cut_off_text


def print_sensitivity(document: Mapping[str, Any], parts: Mapping[str, Told], options: Options, lang: str) -> None:
    """The head, every part in turn, and where the files are."""
    end = "" if lang == "zh" else "_en"
    click.echo(cut_off_text(document, lang))
    place, label = document[f"region_label{end}"], document[f"scenario_label{end}"]
    draws, seed = f"{document['draws']:,}", document["seed"]
    click.echo(
        Text(
            f"{place} · {label} · {draws} 次模拟，同一组随机数 · 随机种子 {seed}",
            f"{place} · {label} · {draws} draws, the same for all · seed {seed}",
        ).pick(lang)
    )
    for name, told in parts.items():
        click.echo()
        for line in told(document[name], options, lang):
            click.echo(line)
    click.echo()
    for warning in document[f"warnings{end}"]:
        _note(Text(f"提示：{warning}", f"Note: {warning}").pick(lang))
    files = "、".join(f"{name}.csv" for name in _tables(parts))
    click.echo(
        Text(f"结果文件夹：{document['result']}（{files}、result.json）", f"Files: {document['result']}").pick(lang)
    )


def _tables(parts: Mapping[str, Told]) -> list[str]:
    return ["boxes" if name == "failure" else name for name in parts]


def _note(text: str) -> None:
    for line in wrap_cells(text, page()):
        click.echo(line)
