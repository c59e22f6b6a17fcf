"""The options of commands that set documents: edition, fonts of the text, font of the figures."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import options
from sim.cli.options import Function
from sim.language import Text
from sim.report.editions import EDITIONS

#: Font profiles of a Word file.
FONTS = ("common", "official")


def edition(function: Function) -> Function:
    """`--edition`: what the document may show."""
    return options.option(
        "--edition",
        default="internal",
        type=options.choice(EDITIONS),
        metavar="|".join(EDITIONS),
        text=Text(
            "版本：internal 内部测算稿（默认），review 审议稿，public 公开稿；后两种不含概率",
            "edition: internal (default), review or public; the latter two hold no probability",
        ),
    )(function)


def fonts(function: Function) -> Function:
    """`--fonts` and `--font`: the fonts of the text by profile, and the font file of the figures."""
    profile = options.option(
        "--fonts",
        default="common",
        type=options.choice(FONTS),
        metavar="|".join(FONTS),
        text=Text(
            "Word 字体：common 各机都有的（默认），official 公文字体（方正小标宋、仿宋_GB2312 等，须已安装）",
            "fonts of the Word file: common (default), or official ones of government documents, if installed",
        ),
    )
    file = options.option(
        "--font",
        "font",
        type=click.Path(path_type=Path),
        default=None,
        metavar="FILE",
        text=Text("图中汉字用的字体文件（默认随程序安装的思源黑体）", "font file of the figures"),
    )
    return profile(file(function))
