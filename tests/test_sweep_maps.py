"""Maps of a sweep: which points a cell holds, what it says of them, and the figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from sim.charts.style import contrast, overflowing, overlapping
from sim.charts.sweep_map import mark_texts, sweep_map_chart
from sim.charts.sweep_map_data import MapScale, SweepMapData, sweep_map_caption
from sim.errors import InputError
from sim.language import Text
from sim.region.pack import Pack
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.sweep.cells import cell_note, map_axes, map_target, point_map
from sim.sweep.map_figure import write_map
from sim.sweep.parts import Sweep
from sim.sweep.points import read_sweep
from sim.sweep.points_table import inputs_and_probabilities
from sim.sweep.slices import map_lines
from sim.sweep.store import Finished

HEAD = "name: s\nlabel: 小\ndraws: 300\ntargets: [plan14.gdp_growth.2025, plan14.trade_total.2025]\n"
GRID = "axes: {trade_growth: {values: [1, -1]}, fdi_growth: {values: [0, 5, 9]}, seed: {values: [1, 2]}}\n"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(data_path("calibration"), "west_coast")


def swept(folder: Path, pack: Pack, text: str) -> Sweep:
    (folder / "s.yaml").write_text(HEAD + text, encoding="utf-8")
    return read_sweep(folder / "s.yaml", pack=pack, scenarios=data_path("scenarios"))


def finished(sweep: Sweep, probability: Any) -> Finished:
    """A finished sweep with these probabilities of its first target; half of them for all targets together."""
    values = np.zeros((sweep.size, len(sweep.targets), 5))
    values[:, 0, 0], values[:, 0, 1] = probability, 0.01
    joint = np.column_stack([values[:, 0, 0] / 2.0, np.full(sweep.size, 0.02)])
    return Finished(values, np.zeros((sweep.size, 0, 1, 4)), joint, sweep.size, 0, 0, ())


def test_cells_are_means_over_the_other_axes(tmp_path: Path, pack: Pack) -> None:
    """Points in order: trade 1 with fdi 0, 5, 9 and seeds 1, 2 each; then trade -1."""
    sweep = swept(tmp_path, pack, GRID)
    done = finished(sweep, [0.1, 0.3, 0.2, 0.2, 0.0, 1.0, 0.5, 0.7, 0.6, 0.6, 0.9, 0.8])
    found = point_map(sweep, done, *map_axes(sweep, "fdi_growth,trade_growth"), sweep.targets[0])
    assert (found.across.marks, found.up.marks) == ((0.0, 5.0, 9.0), (-1.0, 1.0))
    assert np.allclose(found.probability, [[0.6, 0.6, 0.85], [0.2, 0.2, 0.5]])
    assert found.counts.tolist() == [[2, 2, 2], [2, 2, 2]]
    assert (found.standard_error, found.left_out) == (0.01, 0)
    assert cell_note(sweep, found).zh == "每格为其中2个点的平均（其余轴取值不同）"
    together = point_map(sweep, done, *map_axes(sweep, "fdi_growth,seed"), map_target(sweep, "joint"))
    assert np.allclose(together.probability, [[0.15, 0.2, 0.225], [0.25, 0.2, 0.45]])
    assert together.standard_error == pytest.approx(0.02)
    assert map_lines(sweep, together, "zh", 9, 9)[0] == "2 项目标同时达成的概率"


def test_drawn_values_are_put_into_cells_and_gaps_stay_blank(tmp_path: Path, pack: Pack) -> None:
    """Twenty points on a diagonal, four to a cell on average: three cells along each axis, one in three filled."""
    rows = "\n".join(f"  - {{trade_growth: {i / 2}, fdi_growth: {i / 2}}}" for i in range(36))
    sweep = swept(tmp_path, pack, f"points:\n{rows}\n")
    found = point_map(sweep, finished(sweep, np.arange(36) / 35.0), *sweep.axes, sweep.targets[0])
    assert found.across.binned
    assert found.across.marks == pytest.approx((0.0, 17.5 / 3, 35 / 3, 17.5))
    assert found.counts.tolist() == [[12, 0, 0], [0, 12, 0], [0, 0, 12]]
    assert np.isnan(found.probability[0, 1])
    assert np.diag(found.probability) == pytest.approx([5.5 / 35, 17.5 / 35, 29.5 / 35])
    lines = map_lines(sweep, found, "zh", 9, 9)
    assert "每格为其中12个点的平均" in lines[1]
    assert [line.split() for line in lines[3:]] == [
        ["0～5.833", "15%"], ["5.833～11.67", "50%"], ["11.67～17.5", "85%"]
    ]  # fmt: skip


def test_points_that_keep_the_base_are_left_out_and_counted(tmp_path: Path, pack: Pack) -> None:
    axes = "world_trade: {values: [1, 2]}, trade_growth: {values: [0, 3]}"
    sweep = swept(tmp_path, pack, f"design: one_at_a_time\naxes: {{{axes}}}\n")
    found = point_map(sweep, finished(sweep, [0.1, 0.2, 0.4, 0.8]), *map_axes(sweep, "world_trade,trade_growth"), None)
    # The base and trade_growth 3 keep the calibrated world.
    assert found.left_out == 2
    assert np.allclose(found.probability, [[0.1, 0.2]])
    assert "另有2个点在这两条轴上按基准情景，未画出" in cell_note(sweep, found).zh


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("fdi_growth", "--map: 应写两条不同的轴"),
        ("seed,seed", "--map: 应写两条不同的轴"),
        ("fdi_growth,trade_grwoth", "--map: 未知的名称“trade_grwoth”，您是否想写“trade_growth”"),
    ],
)
def test_axes_that_cannot_be_drawn(tmp_path: Path, pack: Pack, written: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        map_axes(swept(tmp_path, pack, GRID), written)
    assert words in caught.value.show("zh")


def test_a_target_that_is_not_there(tmp_path: Path, pack: Pack) -> None:
    with pytest.raises(InputError, match="--map-target: 未知的名称“gdp”"):
        map_target(swept(tmp_path, pack, GRID), "gdp")


def test_inputs_and_probabilities_of_points(tmp_path: Path, pack: Pack) -> None:
    sweep = swept(tmp_path, pack, "points: [{seed: 3, fdi_growth: 1}, {seed: 4, fdi_growth: 2}]\n")
    axes, inputs, probability = inputs_and_probabilities(sweep, finished(sweep, [0.25, 0.75]), sweep.targets[0].id)
    assert [axis.id for axis in axes] == ["seed", "fdi_growth"]
    assert inputs.tolist() == [[3.0, 1.0], [4.0, 2.0]]
    assert probability.tolist() == [0.25, 0.75]
    with pytest.raises(InputError, match="--fails: 未知的名称"):
        inputs_and_probabilities(sweep, finished(sweep, [0.25, 0.75]), "x")


LONG = Text("固定资产投资占地区生产总值比重的年均提高幅度及其折合的资本形成总额", "A very long name of an axis " * 5)


@pytest.mark.parametrize(
    ("across", "up", "lang"),
    [
        (MapScale(Text("外贸", "Trade"), (-6.0, 0.0, 6.0)), MapScale(Text("投资", "Investment"), (1.0,)), "en"),
        (MapScale(LONG, tuple(float(i) for i in range(-7, 7))), MapScale(LONG, tuple(i / 4 for i in range(24))), "zh"),
        (MapScale(LONG, tuple(2.0**53 - i for i in range(13, 0, -1))), MapScale(LONG, (0.0, 0.3333, 1.0), True), "zh"),
        (MapScale(LONG, tuple(i / 3 for i in range(9)), True), MapScale(LONG, (-1234.5, 0.0, 99999.0), True), "en"),
    ],
)  # fmt: skip
def test_no_text_of_a_map_runs_into_another(tmp_path: Path, across: MapScale, up: MapScale, lang: str) -> None:
    cells = tuple(
        tuple(None if (i + j) % 5 == 4 else (i * across.cells + j) / (up.cells * across.cells)
              for j in range(across.cells))
        for i in range(up.cells)
    )  # fmt: skip
    target = Text("规模以上工业增加值增速（2025年，目标值 8左右）", "Growth of value added of industry (2025, 8左右)")
    data = SweepMapData(target, across, up, cells, Text("说明" * 30, "a note " * 20), Text("来源", "source"), 0.012)
    figure = sweep_map_chart(data, lang)
    assert overlapping(figure) == ()
    assert overflowing(figure) == ()
    texts = [text.get_text() for text in figure.findobj(lambda one: hasattr(one, "get_text"))]
    drawn = sum(cell is not None for row in cells for cell in row)
    assert sum(text.endswith("%") for text in texts) == drawn + 3  # the key says <5%, 50%, >95%
    assert "抽样标准误不超过1.2个百分点" in sweep_map_caption(data, "zh")


def test_marks_are_the_numbers_people_write() -> None:
    assert mark_texts(MapScale(Text("", ""), (-1.5, 0.30000000000000004, 2.0**53))) == (
        "−1.5",
        "0.3",
        "9007199254740992",
    )


def test_colours_are_fixed_and_a_gap_has_none(tmp_path: Path) -> None:
    """Whatever the others say, 0, 50 and 100 % have the colours of the attainment map, the higher the darker."""
    row = (0.0, None, 0.5, 1.0)
    across, up = MapScale(Text("横", "a"), (1.0, 2.0, 3.0, 4.0)), MapScale(Text("纵", "b"), (1.0,))
    data = SweepMapData(Text("目标", "target"), across, up, (row,), Text("", ""), Text("", ""), 0.01)
    patches = {one.get_gid(): one for one in sweep_map_chart(data).findobj(Rectangle) if one.get_gid()}
    colours = [to_hex(patches[f"cell:0:{place}"].get_facecolor()) for place in range(4)]
    assert colours == ["#fbecd0", "#ffffff", "#9cb9c4", "#17507a"]
    assert [bool(patches[f"cell:0:{place}"].get_hatch()) for place in range(4)] == [False, True, False, False]
    dark = [contrast(colour, "#ffffff") for colour in colours]
    assert dark[0] < dark[2] < dark[3]


def test_the_figure_is_written_with_its_caption(tmp_path: Path, pack: Pack) -> None:
    sweep = swept(tmp_path, pack, GRID)
    found = point_map(sweep, finished(sweep, 0.4), *map_axes(sweep, "fdi_growth,trade_growth"), None)
    assert write_map(tmp_path / "out", sweep, found, "zh") == ["figures/map.png", "figures/map.svg"]
    first = {path.name: path.read_bytes() for path in (tmp_path / "out" / "figures").iterdir()}
    write_map(tmp_path / "out", sweep, found, "zh")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out" / "figures").iterdir()} == first
    assert first["map.txt"].decode().startswith("达成概率：2项目标同时达成，横轴：实际使用外资增长")
    assert "纵轴：外贸与港口开放（百分点/年）" in first["map.txt"].decode()
