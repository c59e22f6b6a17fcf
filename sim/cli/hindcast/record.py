"""`hindcast` without a panel, and what renews the files that come with the program."""

from __future__ import annotations

import click

from sim.cli.hindcast.board import record_folder
from sim.cli.hindcast.options import Wanted, needed
from sim.cli.hindcast.origin import unwritable
from sim.cli.hindcast.pages import print_record, print_regions, record_document, regions_document
from sim.cli.inputs import load_pack, load_scenarios, posterior_for, refused
from sim.cli.terminal import write_json
from sim.experiment.model_error import MODEL_ERROR
from sim.hindcast.grades import grades, with_grades
from sim.hindcast.record import REGIONS, SCORES, YearScore, committed, read_rows, write_rows
from sim.hindcast.region import Fallen, fallen, origins_of
from sim.language import Text
from sim.output.store import write_text
from sim.reading.files import decode, read_bytes, shown_path
from sim.reference_class import committed_path, read_estimates, write_estimates
from sim.reference_class.page import renewed
from sim.resources import data_path, is_installed, project_root

SCENARIO = "baseline"


def record(wanted: Wanted) -> None:
    """Show the record that comes with the program. Raises InputError when there is none yet."""
    if wanted.as_json:
        write_json(record_document())
    else:
        print_record(wanted.lang)


def region(wanted: Wanted) -> None:
    """Where reported figures of a region fell in forecasts of earlier years; written to `--out` where it is given."""
    folder = None if wanted.out is None else record_folder(wanted.out)
    pack = load_pack(needed_name(wanted.region))
    (scenario,) = load_scenarios(pack, [SCENARIO], None)
    years = origins_of(pack)
    if not years:
        raise refused("--region", "基年以后还没有可比的公布数", "no comparable figure after the base year yet")
    found: list[Fallen] = []
    for year in years:
        click.echo(f"{pack.id} {year}", err=True)
        found += fallen(pack, scenario, year, posterior_for(pack, year))
    if folder is not None:
        path = folder / REGIONS
        held: tuple[Fallen, ...] = read_rows(path, Fallen) if path.is_file() else ()
        rows = [figure for figure in held if figure.region != pack.id] + found
        rows.sort(key=lambda figure: figure.region)
        try:
            write_rows(path, rows, Fallen)
        except OSError as error:
            raise unwritable(path, error) from error
    if wanted.as_json:
        write_json(regions_document(found))
    else:
        print_regions(found, wanted.lang)


def needed_name(name: str | None) -> str:
    """The region asked for."""
    if name is None:
        raise refused("--region", "需要写明", "is needed")
    return name


def estimate(wanted: Wanted) -> None:
    """Estimate the reference class anew, and renew its page where the program's own file was written."""
    path = needed(wanted.panel, "--panel")
    out = wanted.out or committed_path()
    if out.is_dir() or not out.parent.is_dir():
        raise refused("--out", f"“{out}”应为文件，所在文件夹须存在", f"'{out}' must be a file in a folder that exists")
    try:
        rows = write_estimates(path, out)
        page = project_root() / "docs" / "reference_class.md"
        if out == committed_path() and not is_installed() and page.is_file():
            write_text(page, renewed(page.read_text(encoding="utf-8"), read_estimates(out)))
    except OSError as error:
        raise unwritable(out, error) from error
    if wanted.as_json:
        write_json({"file": str(out), "rows": len(rows)})
        return
    _told(Text(f"已写出 {out}（{len(rows)} 行）", f"written {out} ({len(rows)} rows)"), wanted.lang)


def model_error(wanted: Wanted) -> None:
    """Write grades and errors of the record into `calibration/model_error.yaml`."""
    rows = read_rows(committed(SCORES), YearScore)
    if wanted.origins is not None:
        rows = tuple(row for row in rows if row.origin in wanted.origins)
    found = grades(rows)
    if not found:
        raise refused("--origins", "记录中没有这些起点", "the record holds none of these origins")
    path = data_path("calibration", MODEL_ERROR)
    shown = shown_path(path)
    try:
        write_text(path, with_grades(decode(read_bytes(path), shown), found, shown))
    except OSError as error:
        raise unwritable(path, error) from error
    if wanted.as_json:
        write_json({"file": shown, "grades": {f"{g.family}.{g.horizon}": g.grade for g in found}})
        return
    for graded in found:
        zh = f"{graded.family} {graded.horizon}年：{graded.grade}"
        en = f"{graded.family} {graded.horizon} y: {graded.grade}"
        spread = f"{graded.scale_low:.2f}—{graded.scale_high:.2f}"
        tail = f" bias {graded.bias:.2f}, scale {spread}, n {graded.n}, {graded.effective_years:.1f}"
        _told(Text(zh + tail, en + tail), wanted.lang)


def _told(text: Text, lang: str) -> None:
    click.echo(text.pick(lang))
