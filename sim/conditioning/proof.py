"""Proof of the computation where the truth is known: condition on made-up facts, and rank the truth that made them.

Truths are drawn from the prior, facts from truths and their errors. If conditioning is right, the rank of the truth
among draws of its posterior is uniform, for every quantity (`sim.conditioning.ranks`). That proves the computation,
never the model.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from sim.conditioning.condition import Conditioned, condition
from sim.conditioning.problem import EVERY, ConditioningError, Hypothesis, Problem, unknowns
from sim.conditioning.ranks import DRAWS, Uniformity, rank_of, uniformity
from sim.conditioning.subspace import centre_of, gaps
from sim.errors import InputError
from sim.errors import Problem as Mistake
from sim.language import Text
from sim.posterior.posterior import ConditionedDraws
from sim.randomness import BLOCK, Array, Draws, generator
from sim.reading.files import shown_path

#: Regions whose facts are as the prior and the errors make them, and regions with one fact that is wrong.
AS_DRAWN, OUTLIER = "as_drawn", "outlier"
#: Histories whose evidence at their centre is less than e^−HOPELESS of the best are not tried.
HOPELESS = 7.0
#: Groups of the diagnostic sample: a quarter of the usual, for speed.
GROUPS = 8
RANKS_FILE, SUMMARY_FILE = "ranks.csv", "summary.csv"
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trial:
    """One made-up region: its problem, the truth, and how draws give the quantities that are ranked.

    truth : quantity -> value; quantities : from draws to quantity -> (draw,); history : name of the hypothesis that
    is true, or another word where none is; wrong : id of the fact that is an outlier, or nothing.
    """

    problem: Problem
    as_of: int
    truth: Mapping[str, float]
    quantities: Callable[[Draws], Mapping[str, Array]]
    history: str = ""
    wrong: str = ""


#: Makes the region of a cohort with a number, from that number and its own random streams alone.
Maker = Callable[[str, int], Trial]


@dataclass(frozen=True, slots=True)
class Result:
    """What conditioning made of one region, as a line of the file; ranks by quantity, empty where it was refused."""

    cohort: str
    region: int
    seed: int
    key: str
    history: str
    said: Mapping[str, str]
    ranks: Mapping[str, int] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether the facts were too far from the model for conditioning."""
        return not self.ranks


#: Columns between those that name a region and the ranks.
SAID = (
    "status", "weight_of_truth", "weight_of_events", "effective", "pareto_k", "kept_back", "unsolved", "directions",
    "wrong_fact", "furthest_fact", "furthest_residual", "wrong_residual",
)  # fmt: skip
HEAD = ("cohort", "region", "seed", "key", "history", *SAID)


def tried(trial: Trial, cohort: str, region: int, seed: int, key: str = "") -> Result:
    """Condition one region and rank its truth."""
    own_seed = int(generator(seed, f"proof.{cohort}", region).integers(2**31))
    problem = replace(trial.problem, hypotheses=hopeful(trial.problem))
    try:
        found = condition(problem, own_seed, as_of=trial.as_of, members=BLOCK, groups=GROUPS)
    except ConditioningError as error:
        said = dict.fromkeys(SAID, "") | {"status": "refused", "wrong_fact": trial.wrong}
        return Result(cohort, region, seed, key, trial.history, said | {"furthest_fact": (*error.facts, "")[0]})
    draws = trial.quantities(ConditionedDraws(own_seed, 0, EVERY, BLOCK, found.posterior))
    chance = generator(seed, f"proof.{cohort}.ties", region).random(len(trial.truth))
    ranks = {
        name: rank_of(value, draws[name][:DRAWS], place)
        for (name, value), place in zip(trial.truth.items(), chance, strict=True)
    }
    return Result(cohort, region, seed, key, trial.history, _said(trial, found), ranks)


def hopeful(problem: Problem) -> tuple[Hypothesis, ...]:
    """Hypotheses that Laplace's approximation of their evidence does not rule out."""
    if len(problem.hypotheses) == 1:
        return problem.hypotheses
    scores = unknowns(problem)
    logs = []
    for one in problem.hypotheses:
        centre, slopes = centre_of(problem, scores, one)
        miss = gaps(problem, scores, centre[:, None], one)[:, 0]
        _, determinant = np.linalg.slogdet(np.eye(len(miss)) + slopes @ slopes.T)
        logs.append(float(np.log(one.probability) - 0.5 * (miss @ miss + centre @ centre + determinant)))
    return tuple(one for one, log in zip(problem.hypotheses, logs, strict=True) if log > max(logs) - HOPELESS)


def _said(trial: Trial, found: Conditioned) -> dict[str, str]:
    """Columns of SAID."""
    weights = {f.hypothesis.name: float(w) for f, w in zip(found.found, found.weights, strict=True)}
    main = found.main
    furthest = int(np.abs(main.residuals).argmax())
    wrong = main.residuals[trial.problem.ids.index(trial.wrong)] if trial.wrong else None
    return {
        "status": main.kind,
        "weight_of_truth": f"{weights.get(trial.history, 0.0):.4f}",
        "weight_of_events": f"{1.0 - weights.get('', 0.0):.4f}",
        "effective": f"{main.effective:.4f}",
        "pareto_k": f"{main.pareto_k:.3f}",
        "kept_back": f"{main.kept_back:.4f}",
        "unsolved": f"{found.unsolved:.5f}",
        "directions": str(len(main.linear.centre)),
        "wrong_fact": trial.wrong,
        "furthest_fact": trial.problem.ids[furthest],
        "furthest_residual": f"{main.residuals[furthest]:.3f}",
        "wrong_residual": "" if wrong is None else f"{wrong:.3f}",
    }


def prove(
    make: Maker,
    out: Path,
    seed: int,
    *,
    regions: int = 500,
    outliers: int = 0,
    key: str = "",
    told: Told = lambda text: None,
) -> tuple[Result, ...]:
    """Condition `regions` regions as drawn and `outliers` with a wrong fact; write ranks and summary into `out`.

    The file of ranks is replaced after every region, so that an interrupted proof goes on where it stopped and ends
    in the same bytes. `key` is a fingerprint of what is proved; `told` hears of every region. Raises InputError where
    `out` holds a proof with another key or seed.
    """
    wanted = [(AS_DRAWN, i) for i in range(regions)] + [(OUTLIER, i) for i in range(outliers)]
    path = out / RANKS_FILE
    known = {(r.cohort, r.region): r for r in (read_results(path) if path.exists() else ())}
    _require_same(path, known.values(), seed, key)
    out.mkdir(parents=True, exist_ok=True)
    for number, (cohort, region) in enumerate(wanted, start=1):
        if (cohort, region) not in known:
            known[cohort, region] = tried(make(cohort, region), cohort, region, seed, key)
            _replace(path, _table([known[key] for key in sorted(known)]))
            told(f"{number}/{len(wanted)} {cohort} {region} {known[cohort, region].said['status']}")
    results = tuple(known[key] for key in sorted(known))
    _replace(out / SUMMARY_FILE, summary_table(results))
    return results


def _require_same(path: Path, known: Iterable[Result], seed: int, key: str) -> None:
    others = sorted({(r.seed, r.key) for r in known} - {(seed, key)})
    if others and others[0][0] != seed:
        text = Text(
            f"这里是另一次检验（种子{others[0][0]}）；请换一个文件夹，或用同一个种子",
            f"holds another proof, with seed {others[0][0]}; use another folder or the same seed",
        )
        raise InputError(Mistake(shown_path(path), None, None, "seed", text))
    if others:
        text = Text(
            "这里的检验是按另外的先验、模型或发布数做的；请换一个文件夹",
            "holds a proof of other priors, another model or other reports; use another folder",
        )
        raise InputError(Mistake(shown_path(path), None, None, "key", text))


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".part")
    temporary.write_text(text, encoding="utf-8", newline="")
    temporary.replace(path)


def _table(results: Sequence[Result]) -> str:
    names = tuple(dict.fromkeys(name for r in results for name in r.ranks))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow((*HEAD, *names))
    for r in results:
        said = [r.said[name] for name in SAID]
        known = [r.cohort, r.region, r.seed, r.key, r.history]
        writer.writerow([*known, *said, *(r.ranks.get(name, "") for name in names)])
    return stream.getvalue()


def read_results(path: Path) -> tuple[Result, ...]:
    """The results of a file of ranks; raises InputError with the first line that is not one."""
    out = []
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ())[: len(HEAD)] != HEAD:
            text = Text("不是检验结果文件：列名不符", "not a file of a proof: its columns differ")
            raise InputError(Mistake(shown_path(path), 1, None, "", text))
        for row, line in enumerate(reader, start=2):
            try:
                out.append(_result(line))
            except (ValueError, TypeError) as error:
                text = Text(f"这一行读不出：{error}", f"cannot read this line: {error}")
                raise InputError(Mistake(shown_path(path), row, None, "", text)) from error
    return tuple(out)


def _result(line: Mapping[str, str]) -> Result:
    ranks = {name: int(value) for name, value in line.items() if name not in HEAD and value != ""}
    if any(not 0 <= rank <= DRAWS for rank in ranks.values()):
        raise ValueError(f"0 ≤ rank ≤ {DRAWS}")
    said = {name: line[name] for name in SAID}
    return Result(line["cohort"], int(line["region"]), int(line["seed"]), line["key"], line["history"], said, ranks)


def judged(results: Iterable[Result], cohort: str = AS_DRAWN) -> dict[str, Uniformity]:
    """Uniformity of the ranks of every quantity in a cohort; regions that were refused are left out."""
    found: dict[str, list[int]] = {}
    for one in results:
        for name, rank in one.ranks.items() if one.cohort == cohort else ():
            found.setdefault(name, []).append(rank)
    return {name: uniformity(np.array(ranks)) for name, ranks in found.items()}


#: Columns of the summary.
SUMMARY_HEAD = (
    "cohort", "quantity", "regions", "inside_band", "furthest_difference", "p_value", "chi_square", "chi_square_p",
    "mean_rank", "spread", "covered_50", "covered_90",
)  # fmt: skip


def summary_table(results: Sequence[Result]) -> str:
    """The summary as CSV text: a line for each quantity of each cohort."""
    lines = [",".join(SUMMARY_HEAD)]
    for cohort in (AS_DRAWN, OUTLIER):
        for name, u in judged(results, cohort).items():
            numbers = (u.furthest, u.p_value, u.chi_square, u.chi_square_p, u.mean, u.spread, *u.covered)
            shown = ",".join(f"{number:.4f}" for number in numbers)
            lines.append(f"{cohort},{name},{u.count},{'yes' if u.inside else 'no'},{shown}")
    return "\n".join(lines) + "\n"
