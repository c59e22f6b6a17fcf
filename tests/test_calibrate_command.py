"""`calibrate`: what it prints and writes, and what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sim.cli.calibrate import command as calibrate
from sim.conditioning import service
from sim.conditioning.problem import ConditioningError, Problem
from sim.conditioning.service import region_problem
from sim.output.calibration_words import write_calibration_figure
from sim.region.pack import Pack
from tests.calibrate_cases import FACT, MOVED, YEAR, by_hand, placed, prepared, rows_of
from tests.running import call, files


@pytest.fixture(scope="module")
def problem(district: Pack) -> Problem:
    return region_problem(district, YEAR).problem()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return prepared(tmp_path, monkeypatch)


# --- What is printed and written ------------------------------------------------------------------------------


def test_what_moved_is_told_in_its_own_unit_with_the_facts_behind_it(
    place: Path, district: Pack, problem: Problem
) -> None:
    placed(place, district, by_hand(problem, {"west_coast.population.2022": 3.0}, {"qingdao.trade_total.2021": 2.6}))
    out = place / "结果"
    code, page, errors = call("calibrate", "--as-of", str(YEAR), "--out", str(out))
    assert (code, errors) == (0, "")
    # The prior's line is [5.0, 6.5, 8.0] %: one s.d. above the centre is 6.5 + 1.5 / 1.645 = 7.41. The rest of the
    # city has 0.7 of it in common, and so moves by 0.7 and keeps sqrt(1 - 0.49) of its spread.
    row, rest = rows_of(out / "parameters.csv")
    assert (rest["stream"], rest["scope"]) == ("qingdao.potential_growth_first_year", "青岛市其余地区")
    assert (float(rest["mean_moved"]), float(rest["sd_left"])) == pytest.approx((0.7, 0.714), abs=0.05)
    assert (row["stream"], row["unit"], row["scope"]) == (MOVED.stream, "growth %", "青岛西海岸新区")
    assert [float(row[f"p{q}_before"]) for q in ("05", "50", "95")] == pytest.approx([5.0, 6.5, 8.0])
    assert [float(row[f"p{q}_after"]) for q in ("05", "50", "95")] == pytest.approx([7.41] * 3, abs=0.01)
    assert (float(row["mean_moved"]), float(row["sd_left"])) == pytest.approx((1.0, 0.0), abs=1e-3)
    assert row["facts"] == "west_coast.gdp_growth.2022 +0.90、qingdao.gdp.2023 -0.10"
    assert row["place"].endswith(".yaml:" + row["place"].rpartition(":")[2])
    for said in ("数据截止2023年", "1 个方向（其中 1 个把不确定性减半以上）", "首年潜在增速", "80%", "0.10"):
        assert said in page
    assert "青岛西海岸新区2022年地区生产总值增速推高0.9" in page.replace("\n", "").replace(" ", "")
    first = page[page.index("一、") : page.index("二、")].replace("\n", "").replace(" ", "")
    assert "青岛西海岸新区2022年常住人口" in first
    assert "余差+3.0个误差" in first
    assert "待核实" in first
    assert "青岛市2021年外贸进出口总额" in first
    # Nothing else may speak of such a figure: it is not said to agree with others.
    assert "先验未料到，其他公布数没有与之相抵的；校准按它移动，宜先核实" in first
    assert "相衔接" not in page
    assert "大体没有采用：只随公布数所及的方向略有移动" in page.replace("\n", "")
    assert first.index("常住人口") < first.index("外贸")
    assert not re.search("错误|矛盾|可疑|冲突", page)


def test_every_figure_is_in_the_table_with_its_numbers(place: Path, district: Pack, problem: Problem) -> None:
    placed(place, district, by_hand(problem, {}, {FACT: 2.0}))
    out = place / "结果"
    assert call("calibrate", "--as-of", str(YEAR), "--out", str(out))[0] == 0
    lines = rows_of(out / "facts.csv")
    used = {line["id"]: line for line in lines if line["status"] == "used"}
    assert set(used) == set(problem.ids) - problem.terms
    assert (used[FACT]["value"], used[FACT]["unit"]) == ("4.8", "%")
    assert float(used[FACT]["before"]) == pytest.approx(2.0)
    world = used["world.national_growth.2022"]
    assert (world["value"], world["region"], world["label"]) == ("", "", "2022年全国经济增长（外部世界）")
    refused = {line["id"]: line["reason"] for line in lines if line["status"] == "refused"}
    assert "窄口径" in refused["west_coast.trade_total.2021.narrow"]
    assert not set(refused) & set(used)


def test_the_surprise_of_the_world_is_told_as_the_world_had_it(place: Path, district: Pack, problem: Problem) -> None:
    # 2.2 are left of a surprise that should be nought: the model has -2.2, what happened was so much lower.
    placed(place, district, by_hand(problem, {"world.national_growth.2022": 2.2}))
    code, out, _ = call("calibrate", "--as-of", str(YEAR), "--json")
    line = next(f for f in json.loads(out)["facts"] if f["id"] == "world.national_growth.2022")
    assert (code, line["residual"]) == (0, -2.2)


def test_json_is_one_document_and_the_same_again(place: Path, district: Pack, problem: Problem) -> None:
    placed(place, district, by_hand(problem))
    code, out, errors = call("calibrate", "qingdao", "--as-of", str(YEAR), "--json")
    document = json.loads(out)
    assert (code, errors, document["region"], document["family"]) == (0, "", "qingdao", "qingdao")
    assert (document["facts_used"], document["surprises"]) == (
        len(problem.ids) - len(problem.terms) - 9,
        9,  # three series, three years
    )
    assert call("calibrate", "qingdao", "--as-of", str(YEAR), "--json")[1] == out


def test_files_are_the_same_bytes_and_a_foreign_folder_is_left_alone(
    place: Path, district: Pack, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrate, "write_calibration_figure", write_calibration_figure)
    placed(place, district, by_hand(problem))
    for name in ("a", "b"):
        assert call("calibrate", "--as-of", str(YEAR), "--out", str(place / name))[0] == 0
    assert files(place / "a") == files(place / "b")
    assert {"calibration.json", "facts.csv", "parameters.csv", "manifest.json", "figures/captions.txt",
            "figures/prior_posterior.png", "figures/prior_posterior.svg"} == set(files(place / "a"))  # fmt: skip
    foreign = place / "其他"
    foreign.mkdir()
    (foreign / "私人.txt").write_text("x", encoding="utf-8")
    code, out, errors = call("calibrate", "--as-of", str(YEAR), "--out", str(foreign))
    assert (code, out) == (2, "")
    assert "不是本程序写的文件" in errors
    assert [path.name for path in foreign.iterdir()] == ["私人.txt"]


def test_as_of_the_base_year_nothing_is_used(place: Path) -> None:
    code, out, _errors = call("calibrate", "--as-of", "2020", "--out", str(place / "基年"))
    assert code == 0
    assert "没有用到公布数" in out
    document = json.loads((place / "基年" / "calibration.json").read_text(encoding="utf-8"))
    assert (document["facts"], document["parameters"], document["facts_used"]) == ([], [], 0)
    assert not (place / "基年" / "figures").exists()


# --- What is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as-of", "2019"), "早于基年 2020"),
        (("--as-of", "2050"), "晚于可比公布数的最后一年 2023"),
        (("青岛",), "未知的名称“青岛”"),
        (("qingdao", "--region", "west_coast"), "只写一个地区"),
        (("--write", "--inflate"), "随程序发布的校准用种子 1"),
        (("--prove", "0"), "应为1到10,000之间的整数"),
    ],
)
def test_wrong_input_is_told(place: Path, arguments: tuple[str, ...], said: str) -> None:
    code, out, errors = call("calibrate", *arguments)
    assert (code, out) == (2, "")
    assert said in errors


def test_figures_beyond_the_model_are_named(place: Path, district: Pack, problem: Problem) -> None:
    placed(place, district, by_hand(problem, {FACT: -5.5}))
    code, out, errors = call("calibrate", "--as-of", str(YEAR))
    assert (code, out) == (2, "")
    assert "青岛西海岸新区2022年地区生产总值增速（west_coast.gdp_growth.2022，相差 -5.5 个误差）" in errors
    assert "--inflate" in errors
    assert not re.search("错误|矛盾|可疑|冲突", errors)


def test_a_run_refuses_them_as_well(district: Pack, problem: Problem, place: Path) -> None:
    placed(place, district, by_hand(problem, {FACT: -5.5}))
    with pytest.raises(ConditioningError) as caught:
        service.posterior_of(district, YEAR, place / "posterior")
    assert caught.value.facts == (FACT,)


def test_a_damaged_file_is_told_of_and_made_anew(
    place: Path, district: Pack, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed(place, district, by_hand(problem)).write_bytes("不是校准结果".encode())
    monkeypatch.setattr(calibrate, "make_posterior", lambda *arguments: (by_hand(problem), None))
    code, _, errors = call("calibrate", "--as-of", str(YEAR), "--json")
    assert code == 0
    assert "已损坏" in errors
    assert "重新校准" in errors
    assert call("calibrate", "--as-of", str(YEAR), "--json")[2] == ""  # it is whole again
