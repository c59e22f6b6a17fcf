"""Fonts, line breaks, places of labels, and files that come out equal byte by byte."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text as DrawnText

from sim.charts import ChartError, attainment_heatmap, fan_chart, find_font, save, style
from sim.charts.labels import Obstacle, clear_place, spread
from sim.language import Text
from tests.chart_examples import by_gid, fan, heat

# Fonts and line breaks


def test_a_missing_glyph_is_named() -> None:
    with pytest.raises(ChartError, match="“₂”（U\\+2082 SUBSCRIPT TWO）") as caught:
        fan_chart(fan(indicator=Text("CO₂排放", "CO₂")))
    assert "SUBSCRIPT TWO" in caught.value.show("en")


def test_text_of_another_font_is_refused(tmp_path: Path) -> None:
    figure = fan_chart(fan())
    figure.text(0.5, 0.5, "plain")
    with pytest.raises(ChartError, match="未指定字体"):
        save(figure, tmp_path, "figure")


def test_font_comes_from_the_package_and_not_from_the_system() -> None:
    figure = fan_chart(fan())
    files = {drawn.get_fontproperties().get_file() for drawn in figure.findobj(DrawnText) if drawn.get_text()}
    assert {Path(str(name)).name for name in files} == {"NotoSansSC-Regular.ttf"}


def test_users_font(tmp_path: Path) -> None:
    copy = tmp_path / "own.ttf"
    copy.write_bytes(find_font().path.read_bytes())
    figure = fan_chart(fan(), font=find_font(copy))
    assert {t.get_fontproperties().get_file() for t in figure.texts} == {str(copy)}
    with pytest.raises(ChartError, match="找不到字体"):
        find_font(tmp_path / "absent.ttf")
    (tmp_path / "broken.ttf").write_text("no font", encoding="utf-8")
    with pytest.raises(ChartError, match="不是可用的字体文件"):
        find_font(tmp_path / "broken.ttf")


def test_drawing_leaves_matplotlib_as_it_was(tmp_path: Path) -> None:
    program = (
        "import sys, matplotlib as mpl, matplotlib.style\n"
        "from matplotlib import font_manager\n"
        "before = dict(mpl.rcParams), len(font_manager.fontManager.ttflist)\n"
        "from tests.chart_examples import fan, heat\n"
        "from sim.charts import attainment_heatmap, fan_chart, save\n"
        f"save(fan_chart(fan()), {str(tmp_path)!r}, 'a'); attainment_heatmap(heat(2, 3))\n"
        "assert before == (dict(mpl.rcParams), len(font_manager.fontManager.ttflist))\n"
        "assert 'matplotlib.pyplot' not in sys.modules and 'zhplot' not in sys.modules\n"
    )
    root = Path(__file__).parent.parent
    subprocess.run([sys.executable, "-c", program], cwd=root, check=True)


def test_lines_obey_chinese_typesetting() -> None:
    font = find_font()
    lines = font.wrap("城镇（新增），就业人数。占比100.5%以上", 10.0, 41.0).split("\n")
    assert "".join(lines) == "城镇（新增），就业人数。占比100.5%以上"
    assert all(font.width(line, 10.0) <= 41.0 or len(line) <= 1 for line in lines)
    assert not [line for line in lines if line[0] in "），。%" or line[-1] == "（"]
    assert any("100.5%" in line for line in lines)


def test_even_lines_leave_no_hanzi_alone() -> None:
    font = find_font()
    assert font.wrap("制造业强基", 10.0, 41.0) == "制造业强\n基"
    assert font.wrap_evenly("制造业强基", 10.0, 41.0) == "制造业\n强基"
    assert font.wrap_evenly("Manufacturing core", 10.0, 80.0) == "Manufacturing\ncore"


def test_dollar_signs_are_not_mathematics(tmp_path: Path) -> None:
    figure = fan_chart(fan(indicator=Text("外资$x_1$额", "FDI $x_1$")))
    assert by_gid(figure, "indicator") == "外资$x_1$额"
    assert len(save(figure, tmp_path, "dollar")) == 2


# Places of labels


def test_spread_keeps_what_fits_and_parts_what_does_not() -> None:
    assert spread([90.0, 50.0, 10.0], 10.0, 0.0, 100.0) == (90.0, 50.0, 10.0)
    assert spread([50.0, 50.0, 50.0], 10.0, 0.0, 100.0) == (60.0, 50.0, 40.0)
    assert spread([99.0, 99.0], 10.0, 0.0, 100.0) == (100.0, 90.0)
    assert spread([1.0, 1.0], 10.0, 0.0, 100.0) == (10.0, 0.0)


def test_labels_keep_clear() -> None:
    wall = [Obstacle(float(x), 0.0, 60.0) for x in range(0, 101, 2)]
    box = clear_place((50.0, 50.0, 50.0, 50.0), (20.0, 8.0), (0.0, 0.0, 100.0, 100.0), wall, [])
    assert box[1] >= 63.0


# Files


@pytest.mark.parametrize("name", ["png", "svg", "pdf"])
@pytest.mark.parametrize("draw", [lambda: fan_chart(fan()), lambda: attainment_heatmap(heat(3, 5))])
def test_files_are_equal_byte_by_byte(
    draw: Callable[[], Figure], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = save(draw(), tmp_path / "one", "figure", (name,), description="标题 run 1a2b")
    with mpl.rc_context({"svg.hashsalt": None, "font.size": 20.0, "savefig.dpi": 50}):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
        (second,) = save(draw(), tmp_path / "two", "figure", (name,), description="标题 run 1a2b")
    assert first.read_bytes() == second.read_bytes()
    assert mpl.__version__.encode() not in first.read_bytes()
    assert [path.name for path in (tmp_path / "one").iterdir()] == [f"figure.{name}"]


def test_one_figure_saved_twice_is_equal(tmp_path: Path) -> None:
    figure = fan_chart(fan())
    for name in ("png", "svg", "pdf"):
        (first,) = save(figure, tmp_path, "first", (name,))
        (second,) = save(figure, tmp_path, "second", (name,))
        assert first.read_bytes() == second.read_bytes()


def test_png_has_300_dots_per_inch(tmp_path: Path) -> None:
    (path,) = save(fan_chart(fan()), tmp_path, "figure", ("png",))
    assert int.from_bytes(path.read_bytes()[16:20], "big") == int(15.6 / 2.54 * 300)


def test_svg_holds_letters_as_outlines_and_no_date(tmp_path: Path) -> None:
    (path,) = save(fan_chart(fan()), tmp_path, "figure", ("svg",), description="标题")
    content = path.read_text(encoding="utf-8")
    assert "<text" not in content
    assert "dc:date" not in content
    assert "标题" in content


def test_text_outside_the_figure_is_an_error(tmp_path: Path) -> None:
    figure = fan_chart(fan())
    figure.text(0.99, 0.5, "溢出的文字", fontproperties=find_font().properties(9))
    assert style.overflowing(figure) == ("溢出的文字",)
    with pytest.raises(ChartError, match="溢出的文字"):
        save(figure, tmp_path, "figure")
    assert list(tmp_path.iterdir()) == []


def test_overlapping_texts_are_found() -> None:
    figure = fan_chart(fan())
    for text in ("甲乙丙", "丁戊己"):
        figure.text(0.5, 0.02, text, fontproperties=find_font().properties(9))
    assert ("甲乙丙", "丁戊己") in style.overlapping(figure)


@pytest.mark.parametrize(
    ("stem", "name", "said"), [("a/b", "png", "文件名"), ("", "png", "文件名"), ("a", "jpg", "jpg")]
)
def test_wrong_names_are_refused(stem: str, name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ChartError, match=said):
        save(fan_chart(fan()), tmp_path, stem, (name,))


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(OSError, match="full"):
        save(fan_chart(fan()), tmp_path, "figure", ("svg",))
    assert list(tmp_path.iterdir()) == []
