"""One page on one number: ten answers in their order, how a probability moves, money, editions, and ids that fail."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.language import Text
from sim.material import Material
from sim.output.layout import wrap_cells
from sim.output.probability import probability_text
from sim.report.blocks import Report
from sim.report.brief.answers import Answer
from sim.report.brief.chance import Distribution, moved_chances, step_of
from sim.report.brief.page import ROOM, brief_in, fitted
from sim.report.brief.subject import Context, context_of
from sim.report.editions import EDITIONS
from sim.report.guard import texts_of, violations
from sim.targets import Target, read_targets
from tests.report_cases import column, material_of, table
from tests.running import call

QUESTIONS = ["从哪来，统计局认不认", "什么口径", "与目标、时序进度差多少，折成亿元多少", "全市第几，占多少",
             "与市里、省里衔接吗", "靠什么项目，拉动几个点", "高半个点、低半个点行不行", "以往对外讲过什么数",
             "能不能公开", "谁负责，每年到多少"]  # fmt: skip
IDS = ("gdp_growth", "plan14.marine_share.2025", "forest_cover", "plan14.energy_intensity_reduction.2025",
       "plan14.labour_productivity.2025", "gdp.2023", "budget_revenue", "academicians",
       "china.plan15.schooling_years.2030")  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("brief") / "run"


@pytest.fixture(scope="module")
def material(folder: Path) -> Material:
    return material_of(folder, "--keep-draws", "--draws", "1000")


@pytest.fixture(scope="module")
def contexts(material: Material) -> dict[tuple[str, str], Context]:
    return {(e.id, lang): context_of(material, e, lang) for e in EDITIONS.values() for lang in ("zh", "en")}


identity = id
_PAGES: dict[tuple[int, str], tuple[Context, Report]] = {}


def page_of(context: Context, id: str) -> Report:
    """A page, made once for each context and number."""
    key = (identity(context), id)
    if key not in _PAGES:
        _PAGES[key] = (context, brief_in(context, id))
    return _PAGES[key][1]


def said(report: Report) -> dict[str, str]:
    """Answers by question without its number."""
    found = table(report, "brief")
    questions = [text.partition(". ")[2] for text in column(found, "question")]
    return dict(zip(questions, column(found, "answer"), strict=True))


def test_ten_answers_in_their_order_for_every_kind_of_number(contexts: dict[tuple[str, str], Context]) -> None:
    for id in IDS:
        answers = said(page_of(contexts["internal", "zh"], id))
        assert list(answers)[:10] == QUESTIONS
        assert all(text.endswith("。") and len(text) > 4 for text in answers.values()), id


def test_editions_show_no_more_than_they_may(contexts: dict[tuple[str, str], Context]) -> None:
    for context in contexts.values():
        for id in IDS:
            report = page_of(context, id)
            assert violations(texts_of(report), context.page.edition, report.run_ids) == []
    assert "概率" in said(page_of(contexts["internal", "zh"], "gdp_growth"))[QUESTIONS[6]]


def test_growth_answers_by_published_figures(contexts: dict[tuple[str, str], Context]) -> None:
    answers = said(page_of(contexts["review", "zh"], "gdp_growth"))
    assert answers[QUESTIONS[0]].startswith("目标“8左右”：《区“十四五”规划纲要》第582行“")
    # The average of 10.3, 4.8 and 6.0 is 7.0; one point of the 5003.38 of 2023 is 50.
    assert "2021—2023年年均增长7.0%，比目标值低1.0个百分点" in answers[QUESTIONS[2]]
    assert "5003.38亿元折算，1.0个百分点约合50亿元" in answers[QUESTIONS[2]]
    # For 7.5: 1.075^5 / 1.22531 = 1.17165, root 1.0824; for 8.5: 1.50366 / 1.22531 = 1.22716, root 1.1078.
    assert "定为7.5须2024—2025年年均增速8.2%；定为8.5须2024—2025年年均增速10.8%" in answers[QUESTIONS[6]]
    assert answers[QUESTIONS[4]].startswith("本目标比青岛市高2.5个百分点")


def test_without_a_number_nothing_is_moved_or_turned_into_money(contexts: dict[tuple[str, str], Context]) -> None:
    answers = said(page_of(contexts["internal", "zh"], "plan14.labour_productivity.2025"))
    assert answers[QUESTIONS[6]] == "没有带数值的目标，无从上调下调。"
    assert "没有2020年以后的公布数" in answers[QUESTIONS[2]]
    assert "不折算成亿元" in answers[QUESTIONS[2]]
    assert "区发改局" in answers[QUESTIONS[9]]


def test_figures_that_cannot_be_compared_are_not_subtracted(contexts: dict[tuple[str, str], Context]) -> None:
    text = said(page_of(contexts["internal", "zh"], "plan14.marine_share.2025"))[QUESTIONS[2]]
    assert "口径调整不可比" in text
    assert "比目标值" not in text


def test_a_figure_is_the_subject_of_its_own_page(contexts: dict[tuple[str, str], Context]) -> None:
    report = page_of(contexts["internal", "zh"], "gdp.2023")
    assert report.title == "青岛西海岸新区2023年地区生产总值（现价）"
    answers = said(report)
    assert answers[QUESTIONS[0]].startswith("公布数5003.38亿元：《首破5000亿元大关 看新区发展“厚”度》")
    assert "公开引用前请核对原件" in answers[QUESTIONS[8]]


def test_an_unknown_id_names_the_nearest(contexts: dict[tuple[str, str], Context]) -> None:
    for id, near in (("plan14.gdp_grwth.2025", "plan14.gdp_growth.2025"), ("forest_covr", "forest_cover"),
                     ("gdp.203", "gdp.2023")):  # fmt: skip
        with pytest.raises(InputError) as caught:
            brief_in(contexts["internal", "zh"], id)
        assert f"您是否想写“{near}”" in str(caught.value.problems[0].text.zh)


def test_a_share_below_a_value_is_read_between_quantiles() -> None:
    found = Distribution((0.01, 0.5, 0.99), (0.0, 10.0, 30.0))
    assert found.below(5.0) == pytest.approx(0.255)  # half way between 0.01 and 0.5
    assert found.below(20.0) == pytest.approx(0.745)
    assert (found.below(-1.0), found.below(40.0)) == (0.01, 0.99)
    known = found.with_point(5.0, 0.3)
    assert known.below(5.0) == pytest.approx(0.3)
    assert known.below(7.5) == pytest.approx(0.4)  # half way between 0.3 at 5 and 0.5 at 10
    assert known.below(2.5) == pytest.approx(0.155)


def _target(operator: str, value: float, **fields: object) -> Target:
    made = Target("t", "x", 2025, operator, Text("", ""), "%", value=value)  # type: ignore[arg-type]
    return replace(made, **fields)  # type: ignore[arg-type]


def _document() -> dict[str, object]:
    levels = [round(0.01 * n, 2) for n in range(1, 100)]
    line = {"indicator": "x", "year": 2025, "values": [10.0 * level for level in levels]}  # uniform on 0-10
    return {"distributions": {"levels": levels, "values": [line]}}


def test_chances_move_with_the_target_whichever_way_it_is_met() -> None:
    def moved(target: Target, probability: float) -> tuple[float, float]:
        found = moved_chances(_document(), target, {"p50": 5.0, "probability": probability})
        assert found is not None
        return found

    assert moved(_target(">=", 6.0), 0.4) == pytest.approx((0.45, 0.35))
    assert moved(_target("<=", 6.0), 0.6) == pytest.approx((0.55, 0.65))
    assert moved(_target("about", 6.5, tolerance=0.5), 0.4) == pytest.approx((0.45, 0.35))
    assert moved(_target("between", 4.0, value_high=5.0), 0.1) == pytest.approx((0.1, 0.1))
    # The exact probability wins over the quantiles: from 0.41 at 6 down to 0.35 at the quantile 6.5.
    assert moved(_target(">=", 6.0), 0.41) == pytest.approx((0.45, 0.35))


def test_chances_of_what_the_quantiles_are_not_about_are_not_told() -> None:
    record = {"p50": 5.0, "probability": 0.4}
    assert moved_chances(_document(), _target("above", 1.0), record) is None
    assert moved_chances(_document(), _target(">=", 6.0), {**record, "p50": 5.5}) is None
    assert moved_chances(_document(), replace(_target(">=", 6.0), year=2030), record) is None
    assert moved_chances({"distributions": None}, _target(">=", 6.0), record) is None
    assert moved_chances(_document(), _target(">=", 6.0), {**record, "probability": None}) is None


def test_steps_are_half_a_point_or_five_per_cent() -> None:
    assert (step_of(8.0, "%"), step_of(3000.0, "亿元"), step_of(-40.0, "天")) == (0.5, 150.0, 2.0)


def test_moved_chances_are_those_of_the_draws(material: Material, folder: Path) -> None:
    view = material.views[0]
    with np.load(folder / "draws.npz") as archive:
        names = archive.files
        draws = {name: archive[name] for name in names}
    checked = 0
    for target in read_targets(material.pack):
        record = view.target(target.id)
        if record is None or target.operator != ">=" or target.indicator not in draws or record["probability"] is None:
            continue
        found = moved_chances(view.document, target, record)
        if found is None or target.value is None:
            continue
        values = draws[target.indicator][:, target.year - 2020]
        step = step_of(target.value, target.unit)
        exact = [float((values >= target.value + by - 1e-9).mean()) for by in (-step, step)]
        assert found == pytest.approx([min(max(p, 0.01), 0.99) for p in exact], abs=0.015), target.id
        checked += 1
    assert checked >= 8


def test_a_page_too_long_loses_minor_parts_and_never_a_question() -> None:
    long = Answer(Text("问", "q"), tuple(f"第{n}句" + "话" * 40 for n in range(6)))
    short = Answer(Text("问", "q"), ("只有一句",))
    kept, _, dropped = fitted([long, short], [short], "zh", 5)
    assert kept[0].parts == long.parts[: len(kept[0].parts)]
    assert 1 <= len(kept[0].parts) < 6
    assert kept[1] == short
    assert dropped >= 6 - len(kept[0].parts)
    needed = replace(long, needed=3)
    kept, _, _ = fitted([needed, long], [], "zh", 9)
    assert len(kept[0].parts) >= 3, "what is needed goes last"
    assert fitted([short], [short], "zh", 31) == ([short], [short], 0)


def test_printed_chances_have_steps_of_five_points(contexts: dict[tuple[str, str], Context]) -> None:
    record = contexts["internal", "zh"].view.target("plan14.trade_total.2025")
    assert record is not None
    text = said(page_of(contexts["internal", "zh"], "trade_total"))[QUESTIONS[6]]
    assert f"目标≥3000的达成概率{probability_text(record['probability'])}" in text


def test_the_command_prints_the_page_of_a_result(folder: Path, material: Material) -> None:
    code, out, err = call("brief", "forest_cover", str(folder))
    assert (code, err) == (0, "")
    assert out.startswith("青岛西海岸新区2025年森林覆盖率 · 内部测算稿\n")
    assert all(f"{i}. {question}\n" in out for i, question in enumerate(QUESTIONS, 1))
    assert call("brief", "forest_cover", str(folder)) == (code, out, err)
    english = call("brief", "forest_cover", str(folder), "--lang", "en", "--edition", "public")
    assert english[0] == 0
    assert "10. Who answers for it" in english[1]
    assert "probability" not in english[1].split("Left out")[0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("forest_covr",), "forest_cover"),
        (("forest_cover", "nowhere"), "没有这个结果文件夹"),
        (("forest_cover", "FOLDER", "--seed", "3"), "--seed"),
        (("forest_cover", "FOLDER", "--out", "page.pdf"), ".docx"),
        (("forest_cover", "FOLDER", "--edition", "secret"), "internal"),
        ((), "ID"),
    ],
)
def test_mistakes_are_told_with_exit_code_2(
    folder: Path, material: Material, arguments: tuple[str, ...], told: str
) -> None:
    code, out, err = call("brief", *(str(folder) if word == "FOLDER" else word for word in arguments))
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_a_city_answers_for_its_own_figures(tmp_path: Path) -> None:
    context = context_of(material_of(tmp_path / "city", "--region", "qingdao"), EDITIONS["review"], "zh")
    answers = said(page_of(context, "gdp_growth"))
    assert list(answers)[:10] == QUESTIONS
    assert "山东省" in answers[QUESTIONS[3]]


def test_the_baseline_is_run_once_where_no_result_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.cli.run.document.results_folder", lambda: tmp_path)
    first = call("brief", "forest_cover", "--draws", "240")
    made = [path for path in tmp_path.glob("baseline-*") if (path / "result.json").exists()]
    assert first[0] == 0
    assert len(made) == 1
    stamp = (made[0] / "result.json").stat().st_mtime_ns
    assert call("brief", "forest_cover", "--draws", "240")[1] == first[1]
    assert (made[0] / "result.json").stat().st_mtime_ns == stamp


def test_every_page_has_room_on_one_sheet(contexts: dict[tuple[str, str], Context]) -> None:
    for (_, lang), context in contexts.items():
        lines, asked, told_in = ROOM[lang]
        for id in IDS:
            found = table(page_of(context, id), "brief")
            cells = [tuple(wrap_cells(cell.text, room) for cell, room in zip(row, (asked, told_in), strict=True))
                     for row in found.rows]  # fmt: skip
            assert sum(max(map(len, row)) for row in cells) <= lines, (lang, id)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs soffice to count the pages of a Word file")
def test_the_word_file_is_one_page_of_a4(folder: Path, material: Material, tmp_path: Path) -> None:
    code, _, err = call("brief", "gdp_growth", str(folder), "--out", str(tmp_path / "page.docx"))
    assert (code, err) == (0, "")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
                    str(tmp_path / "page.docx")], check=True, capture_output=True, timeout=120)  # fmt: skip
    pdf = (tmp_path / "page.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert re.search(rb"/MediaBox\s*\[\s*0 0 595\.\d+ 841\.\d+", pdf)
