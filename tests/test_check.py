"""`check`: its page, its JSON, its letters, and when it fails."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.cli.check import command
from sim.cli.check.letters import letters, merged, statistics_office
from sim.cli.check.outcomes import print_outcomes
from sim.language import Text
from sim.reconcile import Conflict
from tests.preflight_cases import PROJECT, fact, findings, goal, pack
from tests.running import call

DOCUMENTS = PROJECT.parent / "shared" / "sources"
NEEDS_DOCUMENTS = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the documents (../shared/sources beside the checkout) are not here"
)
PLAN = "003_7526d0927c5bbb45"
CONFLICT = Conflict(
    "identity", ("gdp.2020", "gdp_per_capita_usd.2020", "population.2020"), 12.345, ("gdp_per_capita_usd.2020",),
    Text("两数按人均推算相差较大，待统计部门核实。", "Far apart a head."), "gdp.2020", "population_concept",
)  # fmt: skip


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    """One conflict, whatever the ledger holds: the reconciliation has tests of its own."""
    monkeypatch.setattr(command, "conflicts_of", lambda pack, definitions: (CONFLICT,))


def document(*arguments: str, expected: int = 0) -> Any:
    code, out, err = call("check", *arguments, "--json")
    assert code == expected, err
    return json.loads(out)


@pytest.mark.usefixtures("stub")
def test_json_has_the_fields_of_the_contract() -> None:
    found = document()
    assert found["region"] == "west_coast"
    assert found["conflicts"] == [{
        "kind": "identity", "facts": list(CONFLICT.facts), "gap": 12.345, "suspects": ["gdp_per_capita_usd.2020"],
        "message": CONFLICT.message.zh, "message_en": "Far apart a head.", "used": "gdp.2020",
        "cause": "population_concept",
    }]  # fmt: skip
    assert found["quotes"] == {
        "checked": 0, "failed": [], "converted": [], "skipped": {}, "number_not_in_quote": ["gdp_growth.2017"],
    }  # fmt: skip
    assert {"id", "label", "label_en", "finding", "message", "message_en", "others"} == set(found["targets"][0])
    rows = (PROJECT / "calibration" / "west_coast" / "facts.csv").read_text(encoding="utf-8-sig").splitlines()
    assert found["own_facts"] == len(rows) - 1 < found["facts"]
    assert "coverage" not in found
    jobs = [f for f in found["targets"] if f["id"] == "plan14.new_urban_jobs.2025" and f["finding"] == "vacuous"]
    assert jobs[0]["others"][0] == "new_urban_jobs.2020"
    trade = next(p for p in found["paces"] if p["id"] == "plan14.trade_total.2025")
    assert (trade["value"], trade["target_unit"], trade["unit"]) == (3000.0, "亿元", "%")


@pytest.mark.usefixtures("stub")
def test_the_page_in_both_languages() -> None:
    code, page, err = call("check")
    assert (code, err) == (0, "")
    parts = ("青岛西海岸新区：本区事实", "恒等关系 1", "差距 12.3 个修约宽度", "先核实 gdp_per_capita_usd.2020",
             "暂用 gdp.2020", f"gdp.2020 = 3721.68 亿元 · {PLAN}:57", "缺基数", "三、所需速度与以往速度",
             "城镇新增就业人数（plan14.new_urban_jobs.2025）", "数值不见于引文，备注也未说明换算：gdp_growth.2017",
             "本区事实", "连同全市、全国共")  # fmt: skip
    for part in parts:
        assert "".join(part.split()) in "".join(page.split())  # lines break anywhere
    assert "已核对" not in page
    english = call("check", "--lang", "en")[1]
    for part in ("Qingdao West Coast New Area:", "identities 1", "gap 12.3 rounding widths", "no baseline"):
        assert part in " ".join(english.split())


@pytest.mark.usefixtures("stub")
def test_outcomes_say_what_their_figures_are_worth() -> None:
    found = {outcome["id"]: outcome for outcome in document()["outcomes"]}
    assert found["report2021.gdp_growth.2021"]["caveat"] == "（转载页面，待核实）"
    assert "（口径未说明）" in found["report2021.fdi.2021"]["caveat"]
    assert "完成（转载页面，待核实）" in call("check")[1]


def test_no_outcome_is_said_to_be_none(capsys: pytest.CaptureFixture[str]) -> None:
    print_outcomes([], "zh")
    assert capsys.readouterr().out.strip() == "无"


def test_an_unknown_region_and_options_that_do_not_fit(tmp_path: Path) -> None:
    code, out, err = call("check", "west_cost")
    assert (code, out) == (2, "")
    assert "您是否想写“west_coast”？" in err
    assert call("check", "--coverage")[2].strip() == "--coverage: 须与 --sources 一起使用"
    assert call("check", "--force")[2].strip() == "--force: 须与 --letters 一起使用"
    assert "没有文件夹" in call("check", "--sources", "")[2]
    assert "没有文件夹" in call("check", "--sources", str(tmp_path / "none"))[2]
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert "应为文件夹" in call("check", "--letters", str(file))[2]


@pytest.mark.usefixtures("stub")
def test_a_quote_that_does_not_match_fails_but_is_reported(tmp_path: Path) -> None:
    (tmp_path / f"{PLAN}.txt").write_text("\n" * 56 + "达到 3721.86 亿元\n", encoding="utf-8")
    found = document("--sources", str(tmp_path), expected=2)
    failed = {f["id"]: f for f in found["quotes"]["failed"]}
    assert failed["gdp.2020"]["document"] == PLAN
    assert failed["gdp.2020"]["line"] == 57
    assert failed["gdp.2020"]["quote"] == "达到 3721.68 亿元"
    assert "gdp.2020.statistics" not in failed  # its document has no text here
    assert found["quotes"]["skipped"]["xihaian_statistics_2021_03"] > 0
    code, _, err = call("check", "--sources", str(tmp_path))
    assert code == 2
    assert "gdp.2020: 引文“达到 3721.68 亿元”不在" in err


@NEEDS_DOCUMENTS
@pytest.mark.usefixtures("stub")
def test_every_quote_stands_in_its_document() -> None:
    found = document("--sources", str(DOCUMENTS))
    assert found["quotes"]["failed"] == []
    assert found["quotes"]["checked"] > 100


@NEEDS_DOCUMENTS
@pytest.mark.usefixtures("stub")
def test_coverage_of_the_documents() -> None:
    found = document("--sources", str(DOCUMENTS), "--coverage")
    counts = {line["document"]: line for line in found["coverage_counts"]}
    assert counts.keys() >= {PLAN, "004_47ceb77e424ecea2"}
    for line in counts.values():
        assert line["figures"] == line["cited"] + line["uncited"]
        assert line["cited"] > 0
    assert len(found["coverage"]) == sum(line["uncited"] for line in counts.values())
    # 004 holds its text three times: each number with a unit of its first sentences is there at most once.
    places = [f["line"] for f in found["coverage"] if f["document"] == "004_47ceb77e424ecea2"]
    assert places == sorted(places)
    assert "六、尚未入账的数字" in call("check", "--sources", str(DOCUMENTS), "--coverage")[1]


@pytest.mark.usefixtures("stub")
def test_letters_are_written_and_do_not_change(tmp_path: Path) -> None:
    code, page, err = call("check", "--letters", str(tmp_path / "信"))
    assert (code, err) == (0, "")
    names = sorted(path.name for path in (tmp_path / "信").iterdir())
    start = "数据核实单-青岛西海岸新区"
    assert {"数据需求清单-青岛西海岸新区.md", f"{start}-区人社局.md", f"{start}-青岛西海岸新区统计局.md"} <= set(names)
    assert [name for name in names if " " in name or name.endswith(".part")] == []
    assert page.count("已写：") == len(names)
    before = {name: (tmp_path / "信" / name).read_bytes() for name in names}
    assert call("check", "--letters", str(tmp_path / "信"))[0] == 0
    assert {name: (tmp_path / "信" / name).read_bytes() for name in names} == before
    jobs = before[f"{start}-区人社局.md"].decode("utf-8")
    for part in ("收件单位：区人社局", "2020年：8万人", "第684行", "城镇新增就业人数 预期性 8", "| 答复 |"):
        assert part in jobs
    assert "12.3" not in jobs
    bureau = before[f"{start}-青岛西海岸新区统计局.md"].decode("utf-8")
    for part in (f"{CONFLICT.message.zh}请确认：", "| 地区生产总值、人均地区生产总值（美元）、常住人口 |"):
        assert part in bureau
    needs = before["数据需求清单-青岛西海岸新区.md"].decode("utf-8")
    assert "全员劳动生产率" in needs
    assert "区发改局" in needs


def test_a_malformed_ledger_is_wrong_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calibration = tmp_path / "calibration"
    shutil.copytree(PROJECT / "calibration", calibration)
    facts = calibration / "west_coast" / "facts.csv"
    lines = facts.read_text(encoding="utf-8-sig").splitlines()
    facts.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8-sig")
    monkeypatch.setattr(command, "data_path", lambda folder: calibration)
    code, out, err = call("check")
    assert (code, out) == (2, "")
    assert f":{len(lines) + 1}:1: id: 与第 2 行的编号重复" in err


@pytest.mark.parametrize("region", ["west_coast", "qingdao"])
def test_everything_a_real_pack_is_told_is_neutral(region: str) -> None:
    found = command.check(region)
    record = command.record(found)
    assert record["conflicts"]
    texts = letters(found.pack, found.targets, found.findings, found.conflicts)
    whole = json.dumps(record, ensure_ascii=False) + "".join(texts.values())
    for fact_of_pack in found.pack.ledger.facts:  # what documents themselves print is theirs
        whole = whole.replace(fact_of_pack.quote, "")
    assert [word for word in ("错误", "矛盾", "可疑", "冲突") if word in whole] == []


def test_one_bureau_under_two_names_gets_one_letter() -> None:
    names = merged(["区卫健局", "区卫生健康局", "区发改局", "区发展和改革局", "区工信局"])
    assert names == {
        "区卫健局": "区卫生健康局", "区卫生健康局": "区卫生健康局", "区发改局": "区发展和改革局",
        "区发展和改革局": "区发展和改革局", "区工信局": "区工信局",
    }  # fmt: skip


def test_letters_of_a_small_pack() -> None:
    held = goal("plan.forest_cover.2025", 23.09, base=23.09, base_fact="forest_cover.2020", owners=("林业局",))
    low = goal("plan.good_water_ratio.2025", 53, base=55, base_fact="good_water_ratio.2020", owners=())
    missing = goal("plan.new_economy_share.2025", None, operator="above", benchmark="city", owners=("甲局",))
    goals = [held, low, missing]
    facts = [fact("forest_cover.2020", 23.09), fact("good_water_ratio.2020", 55, quote="比例 55|%")]
    made = pack([*facts, *(row for _, row in goals)], "city")
    found = letters(made, [target for target, _ in goals], findings(goals, facts, "city"), ())
    assert list(found) == ["数据核实单-某区-责任单位待明确.md", "数据需求清单-某区.md"]
    assert "“比例 55｜%”" in found["数据核实单-某区-责任单位待明确.md"]
    assert "甲局" in found["数据需求清单-某区.md"]
    assert statistics_office(made) == "统计部门"


def test_it_needs_no_heavy_library() -> None:
    code = "import sys; from sim.cli.main import main; main(['check', '--json']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "sim.preflight" in loaded
    assert loaded & {"scipy", "pandas", "matplotlib"} == set()
