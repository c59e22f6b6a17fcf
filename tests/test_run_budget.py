"""`run --budget` from outside, and standard errors where a posterior has fewer members than draws are asked for."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim.cli.inputs import load_scenarios, plan_of
from sim.cli.run.budget import print_budget, told_record, write_budget
from sim.cli.run.budget_file import budget_of, budget_record
from sim.cli.run.document import repeated_members
from sim.experiment.budget import INTERACTION, Budget, Share, Shift, error_budget
from sim.experiment.plan import Plan
from sim.experiment.results import independent_draws
from sim.experiment.run import run
from sim.posterior.posterior import Posterior
from sim.randomness import SOURCES
from sim.region.pack import Pack
from sim.resources import data_path
from sim.sweep.points import MEASURES, Evaluator, read_sweep
from tests.running import call, files

#: Two sources on: the budget takes six runs.
WORDS = ("--draws", "120", "--horizon", "2026", "--no-figures", "--without", "facts,discrepancy,scenario,reporting")


@pytest.fixture(scope="module")
def budgeted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A run with its budget: folder and page."""
    folder = tmp_path_factory.mktemp("budget") / "run"
    code, page, err = call("run", *WORDS, "--budget", "--out", str(folder))
    assert (code, err) == (0, "")
    return folder, page


def test_the_budget_is_printed_after_the_rest_and_written(budgeted: tuple[Path, str]) -> None:
    folder, page = budgeted
    first, second = page.index("误差来自哪里"), page.index("关闭一项来源时达成概率的变化")
    assert page.index("结果文件夹：") < first < second
    assert "error_budget.csv" in page[: page.index("误差来自哪里")]
    with (folder / "error_budget.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = json.loads((folder / "result.json").read_text(encoding="utf-8"))["error_budget"]
    assert len(rows) == len(found["shares"]) + len(found["shifts"])
    assert [float(r["value"]) for r in rows[: len(found["shares"])]] == [s["share"] for s in found["shares"]]
    assert found["draws"] == 120
    assert {s["year"] for s in found["shares"]} == {2025}


def test_a_finished_budget_is_read_again_and_shown_only_when_asked_for(budgeted: tuple[Path, str]) -> None:
    folder, page = budgeted
    before = files(folder)
    assert call("run", *WORDS, "--budget", "--out", str(folder))[1] == page
    code, plain, _ = call("run", *WORDS, "--out", str(folder), "--json")
    assert (code, json.loads(plain)["error_budget"]) == (0, None)
    assert "误差来自哪里" not in call("run", *WORDS, "--out", str(folder))[1]
    assert files(folder) == before


def test_a_run_without_budget_is_made_again_when_one_is_asked_for(tmp_path: Path, budgeted: tuple[Path, str]) -> None:
    folder = tmp_path / "later"
    assert call("run", *WORDS, "--out", str(folder))[0] == 0
    assert "error_budget.csv" not in files(folder)
    assert call("run", *WORDS, "--budget", "--out", str(folder))[0] == 0
    assert (folder / "error_budget.csv").read_bytes() == (budgeted[0] / "error_budget.csv").read_bytes()


def test_a_budget_survives_being_a_record() -> None:
    made = Budget(
        9, ("facts",), (Share("gdp", 2030, "facts", 0.25, 0.01),), (Shift("t", "facts", 0.5, 0.75, 0.25, 0.1),)
    )
    assert budget_of(json.loads(json.dumps(budget_record(made)))) == made


# Members of a posterior


def few_members(plan: Plan, members: int) -> Plan:
    """The plan under a posterior that moves nothing and has so many members."""
    return replace(plan, posterior=Posterior(2020, "key", 1, members, (), (), ()))


def planned(pack: Pack, draws: int) -> Plan:
    return plan_of(pack, load_scenarios(pack, ["baseline"], 2025), seed=1, draws=draws, chunk=None, workers=1)


def test_no_more_draws_count_than_a_posterior_has_members(district: Pack) -> None:
    plan = planned(district, 400)
    assert independent_draws(400, None) == 400
    assert independent_draws(400, few_members(plan, 100).posterior) == 100
    assert independent_draws(400, few_members(plan, 5120).posterior) == 400
    whole, few = (run(p)[0][0] for p in (plan, few_members(plan, 100)))
    for one, other in zip(whole.targets, few.targets, strict=True):
        assert one.probability == other.probability
        if one.probability is not None and 0.0 < one.probability < 1.0:
            # A quarter of the draws count: twice the error.
            assert other.standard_error == pytest.approx(2.0 * (one.standard_error or 0.0))
    assert (whole.joint.draws, few.joint.draws) == (400, 100)


def test_the_budget_counts_members_too(district: Pack) -> None:
    plan = replace(planned(district, 100), sources=frozenset(("parameters", "shocks")), horizon=2025)
    whole, few = (error_budget(p, ("gdp_growth",), (2025,)) for p in (plan, few_members(plan, 25)))
    for one, other in ((whole.shares, few.shares), (whole.shifts, few.shifts)):
        errors = [line.standard_error for line in one]
        assert max(errors) > 0.0
        # A quarter of the draws count: twice the error.
        assert [line.standard_error for line in other] == pytest.approx([2.0 * error for error in errors])
    assert [s.shift for s in few.shifts] == [s.shift for s in whole.shifts]


def test_a_sweep_counts_members_too(district: Pack, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(
        "name: s\nlabel: 小\ndraws: 100\ntargets: [plan14.gdp_growth.2025]\naxes: {investment_growth: {values: [0]}}\n",
        encoding="utf-8",
    )
    sweep = read_sweep(tmp_path / "s.yaml", pack=district, scenarios=data_path("scenarios"), horizon=2025)
    whole, few = (
        next(Evaluator(replace(sweep, plan=plan)).points([1])).values[0]
        for plan in (sweep.plan, few_members(sweep.plan, 25))
    )
    error = MEASURES.index("standard_error")
    assert whole[error] > 0.0
    assert few[error] == pytest.approx(2.0 * whole[error])
    assert few[0] == whole[0]


def test_what_is_counted_is_said(district: Pack) -> None:
    plan = planned(district, 400)
    assert repeated_members(plan) == []
    (said,) = repeated_members(few_members(plan, 100))
    assert "标准误按100次计" in said.zh
    assert "100 draws" in said.en
    assert repeated_members(replace(few_members(plan, 100), sources=frozenset())) == []


# Under a posterior of figures


def test_sources_that_go_with_the_parameters_are_not_told_apart(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    shares = zip((*SOURCES, INTERACTION), (0.001, 0.3, 0.5, -0.002, 0.0, 0.0, 0.201), strict=True)
    budget = Budget(9, SOURCES, tuple(Share("gdp", 2030, source, share, 0.01) for source, share in shares), ())
    record = told_record(budget_record(budget), joined=True)
    assert [row["share"] for row in record["shares"]] == [None, 0.3, 0.5, None, 0.0, 0.0, 0.201]
    assert record["note"].startswith("以公布数条件化以后，公布数、模型偏差和已过各年的冲击与参数连在一起")
    assert told_record(budget_record(budget), joined=False)["note"] is None
    again = budget_of(json.loads(json.dumps(record)))
    print_budget(again, (), "zh", joined=True)
    lines = capsys.readouterr().out.splitlines()
    (row,) = [line.split() for line in lines if " 2030 " in line]
    assert row[1:] == ["2030", "—", "30", "50", "—", "0", "0", "20"]
    assert sum("以公布数条件化以后" in line for line in lines) == 2
    write_budget(tmp_path, again, joined=True)
    with (tmp_path / "error_budget.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [r["value"] for r in csv.DictReader(stream)] == ["", "0.3", "0.5", "", "0.0", "0.0", "0.201"]
    assert told_record(budget_record(again), joined=True) == record


def test_a_budget_as_of_a_later_year_says_so(tmp_path: Path) -> None:
    words = ("--draws", "60", "--horizon", "2025", "--no-figures", "--as-of", "2023", "--without", "scenario,reporting")
    code, page, _ = call("run", *words, "--budget", "--json", "--out", str(tmp_path / "run"))
    assert code == 0
    found = json.loads(page)["error_budget"]
    empty = {row["source"] for row in found["shares"] if row["share"] is None}
    assert empty == {"facts", "discrepancy"}
    assert "“参数”" in found["note"]
    assert found["note_en"]
