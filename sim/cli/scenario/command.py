"""`scenario`: what a scenario file says once its parents are read, and the JSON Schema for editors."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.bilingual import Checked, Command, Refused, language
from sim.language import Text

SCHEMA_FILE = "scenario.schema.json"

SUBCOMMANDS: Mapping[str, Text] = {
    "show": Text(
        "列出情景的每一个值和它写在哪个文件哪一行", "every value of a scenario and the file and line it stands in"
    ),
    "schema": Text("情景文件的 JSON Schema，供编辑器补全和检查", "the JSON Schema of scenario files, for editors"),
}


class Group(Command, click.Group):
    """A command with subcommands; their help stands in `SUBCOMMANDS`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest names for an unknown one."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise click.exceptions.NoSuchCommand(args[0], possibilities=self.commands, ctx=ctx)
        return super().resolve_command(ctx, args)

    def sections(self, ctx: click.Context) -> dict[str, list[tuple[str, str]]]:
        """The subcommands before the options."""
        rows = [(name, text.pick(language(ctx))) for name, text in SUBCOMMANDS.items()]
        return {"commands": rows, **super().sections(ctx)}


command = Group(
    name="scenario",
    text=Text(
        "查看一个情景文件合并上级之后的全部内容，或给编辑器用的格式说明。",
        "Look into a scenario file, or get the format for editors.",
    ),
    no_args_is_help=True,
)


@options.command(
    Text(
        zh="列出情景合并上级之后的每一个值：杠杆和外部假设逐年列出，项目、冲击、目标逐项列出，各附出处（文件:行）。",
        en="Every value of a scenario with its parents merged in: levers and world by year, projects, events and "
        "targets key by key, each with the file and line it stands in.",
    )
)
@options.argument("scenario", Text("情景名或情景文件", "name or file of a scenario"))
@options.region
@options.horizon
@options.as_json
@click.pass_context
def show(ctx: click.Context, scenario: str, region: str, horizon: int | None, as_json: bool) -> None:
    """Show the resolved scenario."""
    from sim.cli.terminal import write_json

    pages: Any = importlib.import_module("sim.cli.scenario.pages")
    document = pages.shown(scenario, region, horizon)
    if as_json:
        write_json(document)
    else:
        pages.print_scenario(document, language(ctx))


def _new_file(value: str) -> Path:
    path = Path(value)
    if path.is_dir():
        raise Refused(Text(f"“{value}”是文件夹，请写文件名，如 {SCHEMA_FILE}", f"'{value}' is a folder, name a file"))
    return path


@options.command(
    Text(
        zh="写出情景文件的 JSON Schema。编辑器据此补全键名、显示中文说明并标出错误："
        f"在情景文件第一行写 # yaml-language-server: $schema={SCHEMA_FILE}",
        en="The JSON Schema of scenario files. Editors complete keys and mark mistakes with it: let the first line of "
        f"a scenario be # yaml-language-server: $schema={SCHEMA_FILE}",
    )
)
@options.option(
    "--out",
    metavar="FILE",
    type=Checked(_new_file),
    text=Text("写入文件（默认印出）", "file to write (default: print)"),
)
@click.pass_context
def schema(ctx: click.Context, out: Path | None) -> None:
    """Print or write the JSON Schema."""
    from sim.cli.scenario.pages import write_schema

    write_schema(out)


command.add_command(show, "show")
command.add_command(schema, "schema")
