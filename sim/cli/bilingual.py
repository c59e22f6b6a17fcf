"""click's commands, options and arguments with help in two languages.

The language is read from the raw arguments before click parses them, so that `--lang` works before and after
the command's name, before and after `--help`, and for the messages about arguments that do not parse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from sim.cli.terminal import definition_list, page_width, wrap_cells
from sim.errors import InputError, Problem, unknown_name
from sim.language import LANGUAGES, Text

Value = TypeVar("Value")

USAGE = Text(zh="用法：", en="Usage: ")
HELP_OF_HELP = Text(zh="显示这段说明并退出", en="show this message and exit")
HELP_OF_LANG = Text(zh="说明和输出的语言：zh 中文（默认），en 英文", en="language: zh Chinese (default), en English")

_HEADINGS = {
    "arguments": Text(zh="参数：", en="Arguments:"),
    "options": Text(zh="选项：", en="Options:"),
    "commands": Text(zh="命令：", en="Commands:"),
}
_USAGE_WORDS = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
_PROBLEMS = "sim.problems"


def language_asked(arguments: Sequence[str]) -> str:
    """The language that raw arguments ask for: the last valid `--lang`, else Chinese."""
    asked = LANGUAGES[0]
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--":
            break
        value = following if word == "--lang" else word.removeprefix("--lang=")
        if value in LANGUAGES and word.startswith("--lang"):
            asked = value
    return asked


def language(ctx: click.Context) -> str:
    """The language of a running command."""
    return str(ctx.find_root().obj["lang"])


class Refused(Exception):
    """A value that an option's reader does not accept; `text` says what is allowed."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


class Checked(click.ParamType[Any]):
    """Type of an option whose value `read` turns from text into what the command gets, or refuses."""

    name = "value"

    def __init__(self, read: Callable[[str], object]) -> None:
        self.read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value read; raises InputError that names the option. Defaults that are not text pass."""
        if not isinstance(value, str):
            return value
        try:
            return self.read(value)
        except Refused as refused:
            key = "" if param is None else _shown_name(param)
            raise InputError(Problem(None, None, None, key, refused.text)) from None


def _shown_name(param: click.Parameter) -> str:
    return param.human_readable_name if isinstance(param, click.Argument) else max(param.opts, key=len)


def _handle(ctx: click.Context, handle: Callable[[], tuple[Any, list[str]]], args: list[str]) -> tuple[Any, list[str]]:
    """Keeps the problems of one parameter until all have been read, so that they are shown together."""
    try:
        return handle()
    except InputError as error:
        ctx.meta.setdefault(_PROBLEMS, []).extend(error.problems)
        return None, args


class Option(click.Option):
    """An option with its help in both languages."""

    def __init__(self, *args: Any, text: Text, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.text = text

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's spelling and its help in the language of `ctx`."""
        record = super().get_help_record(ctx)
        return None if record is None else (record[0], self.text.pick(language(ctx)))

    def handle_parse_result(
        self, ctx: click.Context, opts: Mapping[str, Any], args: list[str]
    ) -> tuple[Any, list[str]]:
        """Reads the option; a refused value is kept for the end."""
        return _handle(ctx, lambda: super(Option, self).handle_parse_result(ctx, opts, args), args)


class Argument(click.Argument):
    """An argument with its help in both languages."""

    def __init__(self, *args: Any, text: Text, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.text = text

    def handle_parse_result(
        self, ctx: click.Context, opts: Mapping[str, Any], args: list[str]
    ) -> tuple[Any, list[str]]:
        """Reads the argument; a refused value is kept for the end."""
        return _handle(ctx, lambda: super(Argument, self).handle_parse_result(ctx, opts, args), args)


def _read_language(value: str) -> str:
    if value not in LANGUAGES:
        raise Refused(unknown_name(value, LANGUAGES))
    return value


class Command(click.Command):
    """A command with help, usage and headings in both languages, and `--lang` among its options."""

    def __init__(self, *args: Any, text: Text, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.text = text
        lang = Option(["--lang"], text=HELP_OF_LANG, metavar="zh|en", type=Checked(_read_language), expose_value=False)
        self.params.append(lang)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """A context whose `obj["lang"]` is the language asked for anywhere in the arguments."""
        if parent is None:
            extra.setdefault("obj", {"lang": language_asked(args)})
        return super().make_context(info_name, args, parent=parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parses; raises one InputError with every refused value."""
        rest = super().parse_args(ctx, args)
        if _PROBLEMS in ctx.meta:
            raise InputError(ctx.meta[_PROBLEMS])
        return rest

    def get_usage(self, ctx: click.Context) -> str:
        """The line that shows how the command is written."""
        pieces = self.collect_usage_pieces(ctx)
        if language(ctx) == "zh":
            pieces = [_USAGE_WORDS.get(piece, piece) for piece in pieces]
        return USAGE.pick(language(ctx)) + " ".join([ctx.command_path, *pieces])

    def get_help(self, ctx: click.Context) -> str:
        """The whole page of help."""
        lang, width = language(ctx), page_width()
        lines = [*wrap_cells(self.get_usage(ctx), width), ""]
        lines += ["  " + line if line else "" for line in wrap_cells(self.text.pick(lang), width - 2)]
        for heading, rows in self.sections(ctx).items():
            if rows:
                lines += ["", _HEADINGS[heading].pick(lang), *definition_list(rows, width)]
        return "\n".join(lines)

    def sections(self, ctx: click.Context) -> dict[str, list[tuple[str, str]]]:
        """Heading to rows (spelling, explanation) of the page of help."""
        lang = language(ctx)
        arguments = [
            (param.make_metavar(ctx), param.text.pick(lang)) for param in self.params if isinstance(param, Argument)
        ]
        records = [param.get_help_record(ctx) for param in self.params if isinstance(param, click.Option)]
        options = [record for record in records if record is not None]
        options.append(("--help", HELP_OF_HELP.pick(lang)))
        return {"arguments": arguments, "options": options}
