"""The page of measurements: what was aimed at, what was measured, and why they differ. In Chinese, for planners."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.measure import Measured
from benchmarks.sweeping import DRAWS, WORKERS
from sim.sweep.workers import POINTS_TOGETHER as TOGETHER

#: What each line measures, and what explains its distance from the aim.
WHAT = {
    "kernel": "模型推演速度 ÷ 手写 NumPy 内核速度（同一组方程）",
    "whole": "完整试验（含指标、目标评判、流式汇总）用时 ÷（抽样＋推演与指标）用时",
    "memory": "流式汇总时，最多抽样的峰值内存 ÷ 10 万次抽样的峰值内存",
    "help": "`run.py --help` 启动用时（秒）",
    "one_worker": "20,000 次抽样的 `run`，1 个进程（秒）",
    "two_workers": "20,000 次抽样的 `run`，2 个进程（秒）",
    "comparison": "两个情景的 `compare` 用时 ÷ 两次单独 `run` 用时",
    "many": "十个情景的 `compare`（不归因）用时 ÷ 一个情景的用时",
    "pool": "`sweep`（2 个进程，每点 20,000 次，含存盘与出表）用时 ÷ 只做抽样、推演、评判的进程池",
    "sweep_memory": "同一 `sweep` 的峰值内存（GB）",
    "salib": "Sobol 指数与自助法区间（40 组输入、8,192 个样本、重抽 100 次）：SALib 用时 ÷ 本程序用时",
    "solve": "一次 `solve`（一个目标、全部杠杆、20,000 次抽样），1 个进程（秒）",
    "task": "Dask 集群上一个任务的额外用时（毫秒）",
    "cluster": "同一 `sweep` 在两个工作进程的 Dask 集群上（同一台机器）用时 ÷ 本机 2 个进程用时",
}
WHY = """## 与目标的差距从何而来

- **推演对手写内核**：内核把每年的状态写回原处，中间量放在几块反复使用的小缓存里；模型的方程是纯函数，
  每一步都得到新的数组。差的就是这些中间数组和逐年新状态的内存往来，不是 Python 本身。推演只占全部用时的
  四分之一左右，因此整次运行慢不到一成；为此把方程写成内核的样子，就没有人能读、能改了。
- **完整试验对抽样加推演**：每块要把 48 项指标、16 个年份逐行计入直方图，并对每个目标逐年判定何时首次达到。
  这部分每增加一行就多一遍内存往来；随机数和推演越快，比值越高。逐次模拟的增长核算（各部门、各渠道的拉动点）
  也算在完整试验里，约占一块用时的一成，分母里没有它。
- **两个进程**：20,000 次抽样只有几块，进程启动（载入程序库）与分块不均占去大半；抽样越多，越接近两倍。
- **内存**：逐年推演后即丢弃当年状态，每块只留指标值；20,000 次时全部数值留在内存以求精确分位数，
  超过 40,960 次改用直方图，内存不再随抽样数增加。

- **两个情景的比较**：抽样与冲击共用，但压力情景另有事件与自己的世界路径，成对差额还要把每块指标值再过几遍内存；
  两份全部数值同时留在内存。机器繁忙、内存首次使用慢时，省下的抽样抵不过这些，比值会在 0.9 与 1.2 之间摆动。
- **十个情景的比较**：抽样、参数和冲击共用；外部世界相同的相邻情景，全市其余地区也只推演一次。
- **批量测算**：比进程池多做的是分位数、逐批存盘（每批落盘一次）和最后的表。处理器用时之比不受别人占用的影响。
- **Sobol**：SALib 逐组输入重抽并取数；这里每次重抽只是给样本加权，全部输入的全部重抽是一次矩阵乘法。
  两边用同一批模型输出，先核对指数相同（相差 0.05 以内），推演的用时都不算在内。
- **一次 `solve`**：几乎全是推演。先逐个杠杆试算，再在线性化的模型上求解，只有少数组合回到模型上核对。
- **集群**：一个任务是一批点（至多 8 个），额外用时见[集群](cluster.md)。
- **启动**：`--help` 不载入 NumPy 等大库，其余时间用于 Python 自身与命令行库；机器繁忙时按比例变长。

## 每块多少次抽样

在 1,024 至 16,384 之间比较过：1,024 因调用次数多而慢约三成；2,048、4,096、8,192 相差在一成之内，小于噪声；
16,384 时快时慢。后来取 5,120：七个部门的一个数组（7×5,120×8 字节）刚过 NumPy 复用中间数组的 256 KB
门槛，每次抽样的用时由约 42 微秒降到约 33 微秒（同一台机器先后各测三遍）；20,000 次抽样正好四块，只多算 2%。

## 时间花在哪里

随机数约占一半（每个正态数约 8—10 纳秒），推演约四分之一，指标、评判与汇总约四分之一。
随机数按（种子，名称，块）取流，与分块、进程数、年限都无关，这是可重复性的代价，也是它的保证。
"""

#: What "1e9 evaluations" means: points times draws, each the path of one scenario to its horizon, judged.
EVALUATIONS = 10**9
#: Cores of the cluster that they are reckoned for.
CORES = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement beside its aim; none where what it needs is not installed, as `detail` says."""

    id: str
    measured: Measured | None
    aim: str
    detail: str

    def cells(self) -> tuple[str, str, str, str, str]:
        """What it is, aim, median, middle half, and the numbers behind it."""
        if self.measured is None:
            return WHAT[self.id], self.aim, "—", "—", self.detail
        low, high = self.measured.spread
        return WHAT[self.id], self.aim, f"{self.measured.middle:.2f}", f"{low:.2f}–{high:.2f}", self.detail


def shown(rows: Sequence[Row]) -> str:
    """Table of the measurements."""
    lines = ["| 量度 | 目标 | 实测（中位数） | 中间一半 | 明细 |", "|---|---|---:|---:|---|"]
    lines += ["| " + " | ".join(row.cells()) + " |" for row in rows]
    return "\n".join(lines)


def page(rows: Sequence[Row], machine: str) -> str:
    """The whole page."""
    return f"""# 速度与内存

本页由 `python benchmarks/run.py --write` 生成。比值都在同一进程内、载入程序库之后，两件事交替进行多次量得，
因此机器忙闲对两边相同；绝对用时只供参考。测试从不检查用时。

机器：{machine}。

{shown(rows)}

{WHY}"""


def cluster_part(task: float, point: float, start: float) -> str:
    """What a cluster costs and saves, from the seconds of a task without points, of one point and of starting."""
    batch, points = TOGETHER * point, EVALUATIONS // DRAWS
    hours = points * point / 3600.0
    enough = start / (point * (1 / WORKERS - 1 / CORES))
    return f"""| 量 | 数 |
|---|---:|
| 开工：连接、核对版本、载入程序、生成抽样 | {start:.1f} 秒 |
| 一个任务的额外用时：1,000 个空任务，分发、取回、登记 | {1e3 * task:.1f} 毫秒 |
| 一个点的用时：{DRAWS:,} 次抽样，全部目标，一个核 | {point:.2f} 秒 |
| 一个任务（{TOGETHER} 个点）的用时 | {batch:.1f} 秒 |
| 额外用时所占 | {100 * task / (batch + task):.1f}% |
| 多少个点起，{CORES} 个核比本机 {WORKERS} 个进程快 | {math.ceil(enough)} 个 |
| 十亿次评估 = {points:,} 个点 × {DRAWS:,} 次抽样，一个核 | {hours:.1f} 小时 |
| 同上，{CORES} 个核 | {60 * hours / CORES:.1f} 分钟 |"""
