"""`python benchmarks/run.py [--write] [--large]`: how fast the simulator is, as ratios within one process.

Nothing here runs in a test or in the continuous check: times depend on the machine and on who else uses it.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

import numpy as np  # noqa: E402 - after the path is set

from benchmarks import measure  # noqa: E402
from benchmarks.report import Row, page, shown  # noqa: E402
from sim.randomness import BLOCK  # noqa: E402

PAGE = PROJECT / "docs" / "performance.md"


def rows(repeats: int, large: bool) -> list[Row]:
    """Measure everything."""
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
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--only-memory", type=int, metavar="DRAWS", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only_memory:
        sys.stdout.write(f"{measure.own_peak(options.only_memory)}\n")
        return
    described = machine()
    measured = rows(options.repeats, options.large)
    sys.stdout.write(shown(measured) + "\n")
    if options.write:
        PAGE.write_text(page(measured, described), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
