"""`python benchmarks/run.py [--write] [--large] [--only GROUP]`: how fast the simulator is, in ratios.

Nothing here runs in a test or in the continuous check: times depend on the machine and on who else uses it.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

import numpy as np  # noqa: E402 - after the path is set

from benchmarks import measure, on_cluster, sobol, solving, sweeping  # noqa: E402
from benchmarks.report import Row, cluster_part, page, shown  # noqa: E402
from sim.randomness import BLOCK  # noqa: E402

PAGE = PROJECT / "docs" / "performance.md"
CLUSTER = PROJECT / "docs" / "cluster.md"
MEASURED, END = "<!-- measured -->", "<!-- /measured -->"


def run_rows(repeats: int, large: bool) -> list[Row]:
    """The simulator itself: a run, a comparison, its memory and start."""
    out = []
    by_hand, model, speed = measure.against_kernel(4 * repeats)
    out.append(Row("kernel", speed, ">= 0.9", f"{1e3 * model.middle:.1f} / {1e3 * by_hand.middle:.1f} 毫秒"))
    whole, parts, ratio = measure.against_parts(2 * repeats)
    out.append(Row("whole", ratio, "<= 1.15", f"{1e3 * whole.middle:.0f} / {1e3 * parts.middle:.0f} 毫秒"))
    sizes = (100_000, 1_000_000, 10_000_000) if large else (100_000, 1_000_000)
    peaks = [measure.peak_memory(draws) for draws in sizes]
    growth = measure.Measured((peaks[-1] / peaks[0],))
    out.append(Row("memory", growth, "≈ 1", " → ".join(f"{peak:.0f}" for peak in peaks) + " MB"))
    help_, bare, _ = measure.start_up(repeats)
    out.append(Row("help", help_, "< 0.15 秒", f"其中空的 Python {bare.middle:.3f} 秒"))
    one, two, _ = measure.wall(max(3, repeats // 2))
    out.append(Row("one_worker", one, "只报告", f"每秒 {20_000 / one.middle:,.0f} 次抽样"))
    out.append(Row("two_workers", two, "只报告", f"每秒 {20_000 / two.middle:,.0f} 次抽样，含启动两个进程"))
    both, twice, ratio = measure.comparison(max(3, repeats // 2))
    out.append(Row("comparison", ratio, "< 1", f"{both.middle:.2f} / {twice.middle:.2f} 秒"))
    ten, one, ratio = measure.many(max(3, repeats // 2))
    out.append(Row("many", ratio, "< 8", f"{ten.middle:.2f} / {one.middle:.2f} 秒"))
    return out


def sweep_rows(repeats: int) -> list[Row]:
    """A sweep against a plain pool of processes, and its memory."""
    sweep, pool, ratio, used = sweeping.against_pool(max(3, repeats // 2))
    points = f"每秒 {sweeping.POINTS / sweep.middle:.1f} / {sweeping.POINTS / pool.middle:.1f} 点"
    out = [Row("pool", ratio, "<= 1.15", f"{points}；处理器用时之比 {used:.2f}")]
    own, worker = sweeping.peak_memory()
    total = measure.Measured(((own + sweeping.WORKERS * worker) / 1024.0,))
    out.append(Row("sweep_memory", total, "只报告", f"主进程 {own:.0f} MB，每个计算进程 {worker:.0f} MB"))
    return out


def sensitivity_rows(repeats: int) -> list[Row]:
    """Sobol indices against SALib."""
    found = sobol.against_salib(repeats)
    if found is None:
        return [Row("salib", None, ">= 20", "未安装 SALib")]
    theirs, ours, ratio = found
    return [Row("salib", ratio, ">= 20", f"{theirs.middle:.2f} / {ours.middle:.3f} 秒")]


def solve_rows(repeats: int) -> list[Row]:
    """One question of `solve`."""
    time, judged, packages = solving.one_question(max(3, repeats // 3))
    detail = f"评判 {judged} 个组合，每个 {time.middle / judged:.2f} 秒；给出 {packages} 个"
    return [Row("solve", time, "只报告", detail)]


def cluster_rows(repeats: int) -> list[Row]:
    """Overhead of a task on a Dask cluster, and a sweep on one of two workers."""
    if not on_cluster.installed():
        return [Row(name, None, "只报告", "未安装 distributed") for name in ("task", "cluster")]
    with on_cluster.cluster() as address:
        task = on_cluster.overhead(max(3, repeats // 2), address)
        there, here, ratio = on_cluster.against_workers(max(3, repeats // 3), address)
    milliseconds = measure.Measured(tuple(1e3 * time for time in task.repeats))
    return [
        Row("task", milliseconds, "只报告", f"{on_cluster.TASKS} 个空任务"),
        Row("cluster", ratio, "只报告", f"{there.middle:.1f} / {here.middle:.1f} 秒"),
    ]


GROUPS: Mapping[str, Callable[[int], list[Row]]] = {
    "sweep": sweep_rows, "sensitivity": sensitivity_rows, "solve": solve_rows, "cluster": cluster_rows,
}  # fmt: skip


def rows(repeats: int, large: bool, only: str | None) -> list[Row]:
    """Measure everything, or one group."""
    out = run_rows(repeats, large) if only in (None, "run") else []
    for name, group in GROUPS.items():
        out += group(repeats) if only in (None, name) else []
    return out


def write_cluster(measured: Sequence[Row]) -> None:
    """Write what a cluster costs into its page; nothing where it was not measured."""
    task = next((row.measured for row in measured if row.id == "task"), None)
    if task is None:
        return
    part = cluster_part(task.middle / 1e3, sweeping.seconds_a_point(), on_cluster.starting(3).middle)
    head, rest = CLUSTER.read_text(encoding="utf-8").split(MEASURED, 1)
    _, tail = rest.split(END, 1)
    CLUSTER.write_text(f"{head}{MEASURED}\n{part}\n{END}{tail}", encoding="utf-8", newline="\n")


def machine() -> str:
    """Processor, memory and versions; no name of a host or place."""
    model = platform.machine()
    cpu = Path("/proc/cpuinfo")
    if cpu.is_file():
        names = [line.split(":", 1)[1].strip() for line in cpu.read_text(encoding="utf-8").splitlines()
                 if line.startswith("model name")]  # fmt: skip
        model = names[0] if names else model
    load = os.getloadavg()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{model}，{os.cpu_count()} 个处理器，内存 {memory:.0f} GB；"
        f"{platform.system()}，Python {platform.python_version()}，NumPy {np.__version__}；"
        f"每块 {BLOCK} 次抽样；开始时的平均负载 {load:.1f}（超过处理器数，就是与别人共用着）"
    )


def main() -> None:
    """Measure, print, and with --write put the page into docs/."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=9, help="repeats of each pair (default 9)")
    parser.add_argument("--large", action="store_true", help="memory of a run of 10 million draws as well")
    parser.add_argument("--only", choices=("run", *GROUPS), help="measure this group only")
    parser.add_argument(
        "--write",
        action="store_true",
        help="write docs/performance.md, whole only, and the measured part of docs/cluster.md",
    )
    parser.add_argument("--only-memory", type=int, metavar="DRAWS", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only_memory:
        sys.stdout.write(f"{measure.own_peak(options.only_memory)}\n")
        return
    described = machine()
    measured = rows(options.repeats, options.large, options.only)
    sys.stdout.write(shown(measured) + "\n")
    if options.write:
        write_cluster(measured)
    if options.write and options.only is None:
        PAGE.write_text(page(measured, described), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
