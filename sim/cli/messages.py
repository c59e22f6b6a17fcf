"""click's own messages about a command line that does not parse, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from sim.language import Text

_ERROR = Text(zh="错误：", en="Error: ")
_SEE_HELP = Text(zh="查看说明：", en="For help: ")

# Messages of click that carry no other mark of what went wrong; {0}, {1} stand for what was matched.
_WORDINGS = (
    (r"Got unexpected extra arguments? \((.*)\)", "多余的参数：{0}"),
    (r"Missing command\.", "缺少命令"),
    (r"Option '(.*)' requires an argument\.", "选项“{0}”后面需要一个值"),
    (r"Option '(.*)' does not take a value\.", "选项“{0}”不带值"),
    (r"'(.*)' is not one of (.*)\.", "“{0}”不在可用的值之内：{1}"),
    (r"'(.*)' is not a valid (?:integer|float).*\.", "“{0}”不是数"),
    (r"(.*) is not in the range (.*)\.", "{0}超出允许的范围{1}"),
    (r"\w+ '(.*)' does not exist\.", "“{0}”不存在"),
    (r"\w+ '(.*)' is a file\.", "“{0}”是文件，应为文件夹"),
    (r"\w+ '(.*)' is a directory\.", "“{0}”是文件夹，应为文件"),
)


def explain(error: click.ClickException, lang: str) -> str:
    """What went wrong, with the usage line and where help is; several lines, without a trailing break."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    lines = [_ERROR.pick(lang) + (error.format_message() if lang == "en" else _in_chinese(error))]
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        help_command = f"{context.command_path} --help" + ("" if lang == "zh" else " --lang en")
        lines = [context.get_usage(), _SEE_HELP.pick(lang) + help_command, "", *lines]
    return "\n".join(lines)


def _in_chinese(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项“{error.option_name}”" + _meant(error.possibilities)
        case click.exceptions.NoSuchCommand():
            return f"没有命令“{error.command_name}”" + _meant(error.possibilities)
        case click.MissingParameter():
            kind = "选项" if isinstance(error.param, click.Option) else "参数"
            return f"缺少{kind}{_name(error)}"
        case click.BadParameter():
            return f"{_name(error)}的值无效：{_translate(error.message)}"
    return _translate(error.message)


def _meant(possibilities: Sequence[str] | None) -> str:
    if not possibilities:
        return ""
    return f"，您是否想写“{possibilities[0]}”？"  # the nearest comes first


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return ""
    if isinstance(error.param, click.Argument):
        return f"“{error.param.human_readable_name}”"
    return f"“{max(error.param.opts, key=len)}”"


def _translate(message: str) -> str:
    for pattern, wording in _WORDINGS:
        found = re.fullmatch(pattern, message, flags=re.DOTALL)
        if found is not None:
            return wording.format(*found.groups())
    return message
