"""Make docs/gallery.md and its pictures: `python docs/gallery.py`, or `--check` to see whether the page is stale.

Runs the commands that make the material, with few draws and in a folder that is gone afterwards, then draws every
figure of `sim.report.figures`, and the figures that `calibrate`, `calibrate --prove` and `sweep` draw themselves. The
check compares names, words and that each picture is there; it computes nothing.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parent
PROJECT = DOCS.parent
sys.path[:0] = [str(PROJECT), str(DOCS)]

from matplotlib.figure import Figure  # noqa: E402
from PIL import Image  # noqa: E402

from sim.charts.fonts import find_font  # noqa: E402
from sim.charts.proof import proof_figure  # noqa: E402
from sim.charts.save import rendered  # noqa: E402
from sim.conditioning.proof import AS_DRAWN, read_results  # noqa: E402
from sim.conditioning.synthetic import label_of  # noqa: E402
from sim.material import gather  # noqa: E402
from sim.report.blocks import Missing  # noqa: E402
from sim.report.editions import INTERNAL  # noqa: E402
from sim.report.figures import FIGURES, figure  # noqa: E402

PAGE = DOCS / "gallery.md"
IMAGES = DOCS / "images" / "gallery"
ACROSS = (760, 680, 600, 540, 480)  # pixels: the widest at which a picture stays below the limit
COLOURS = 64
LARGEST = 60_000  # bytes of a picture
QUANTITIES = 12  # of the proof
DRAWS, AS_OF = "2000", "2023"

RUN, COMPARE = "run 情景", "compare 情景1 情景2 …"
SENSITIVITY, VALUES, RECORD = "sensitivity 情景", "solve 情景 --target-values", "run 情景（记录随程序提交）"
#: Commands that make the material of the pictures; the first word is the folder of the result.
MATERIAL = {
    "compare": ["compare", "baseline", "plan_targets", "stress", "--no-figures"],
    "run": ["run", "baseline", "--no-figures"],
    "sensitivity": ["sensitivity", "baseline", "--show", "tornado,failure"],
    "values": ["solve", "--target-values"],
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure on the page: heading, what it shows in a few sentences, which editions hold it, what makes it."""

    name: str
    title: str
    shows: str
    editions: str
    command: str


ALL, INNER, NONE = "内部、审议、公开", "只在内部测算稿", "不进报告"
PASTED = (
    ("level_growth", "柱为总量，线为增速，标出已公布（实）和推算（虚）。总量按现价，增速按不变价。", RUN),
    ("structure", "三次产业各占多少，每年一柱，合计100%。", RUN),
    ("peers", "同级地区由大到小，本区突出；只用公布数，没有推算。", RUN),
    ("progress", "每个指标走完全程的百分之几，与已过时间（竖线）相比。", RUN),
    ("contributions", "三次产业各拉动几个百分点、占增长的多少。", RUN),
    ("dumbbell", "同一指标两个年份的位置和变化。", RUN),
    ("plan_lines", "高、中、低三条线；审议稿和公开稿里代替扇形图。", COMPARE),
    ("cells", "三次产业叠成合计；海洋经济是其中的一部分，画成斜线，不再叠一层。", RUN),
)
WORKING = (
    ("fan", "推算的中位数和50%、80%、90%区间，公布数为实线；目标标在它的年份，达成概率写在图题里。", RUN),
    ("attainment", "规划的全部指标、各个情景的达成概率；颜色固定在0、50%、100%，两张图可以并排比较。", COMPARE),
    ("chances", "达成概率和它的可能范围，按规划的顺序；测不了的写明原因。", RUN),
    ("waterfall", "两个情景差在哪几组输入上；分不出与零有别的标“不可区分”。", COMPARE),
    ("tornado", "一项输入从低值到高值，达成概率变几个百分点；没有历史记录的单列，不与别的比大小。", SENSITIVITY),
    ("target_setting", "写多高、有多大把握；建议值、上级目标和最近公布数都标在图上。", VALUES),
    ("box", "哪些条件一起出现时目标多半落空，落空的频率与平时相比。", SENSITIVITY),
    ("reliability", "以往说有几成把握，后来实际成了几成。", RECORD),
)
#: Figures that commands draw on their own.
OWN = (
    Entry("prior_posterior", "校准前后的参数", "公布数把哪些参数移动了多少，浅条为校准前，线和点为校准后。",
          NONE, "calibrate"),
    Entry("sweep_map", "批量测算的概率图", "两个输入同时变动时达成概率怎样变；没有算到的格子画斜线。",
          NONE, "sweep 清单 --map 横轴,纵轴"),
    Entry("proof", "校准方法的检验", "真值已知的合成地区里，真值落在后验的什么位置；曲线应在阴影带内。",
          NONE, "calibrate --prove N"),
)  # fmt: skip


def entries(rows: tuple[tuple[str, str, str], ...]) -> Iterator[Entry]:
    """Entries of figures of the registry, titled as it names them."""
    for name, shows, command in rows:
        kind = FIGURES[name]
        yield Entry(name, kind.label.zh, shows, INNER if kind.internal else ALL, command)


def page_text() -> str:
    """The page, from the tables above."""
    groups = (
        ("可以粘贴的图", "不含概率，三种稿本都能用。", tuple(entries(PASTED))),
        ("工作台上的图", "写着概率、区间或由什么决定，只进内部测算稿；审议稿和公开稿里自动略去，并告诉作者。",
         tuple(entries(WORKING))),
        ("其他命令自己画的图", "在结果文件夹的 `figures/` 里。", OWN),
    )  # fmt: skip
    lines = [
        "# 图样",
        "",
        "程序能画的每一种图，各一张。先按“材料”一栏测算，再交给 [`report`](report.md)，所选体例用到的图都会画出：",
        "`python run.py report 结果文件夹 … --format figures` 存成 PNG（300点/英寸）、SVG 和文字可选取的 PDF；",
        "Word 和网页用的是同样的图，Word、Excel 里能画的另有可编辑的原生图表。",
        "",
        "实线、实心为已公布，虚线、斜纹为推算；颜色经黑白打印和三种色觉的模拟检查，不靠颜色也分得清。"
        f"下列各图用{DRAWS}次模拟、截至{AS_OF}年的数据，**只作样子，不作结论**。",
    ]
    for title, said, group in groups:
        lines += ["", f"## {title}", "", said]
        for entry in group:
            lines += ["", f"### {entry.title}", "", f"![{entry.title}](images/gallery/{entry.name}.png)", ""]
            lines += [f"{entry.shows}", "", f"`{entry.name}` · {entry.editions} · 材料：`{entry.command}`"]
    lines += ["", "## 重画", "", "`python docs/gallery.py` 重新测算、重画本页所有的图（约一分钟）。"]
    return "\n".join(lines) + "\n"


def names() -> list[str]:
    """Names of all pictures, in the order of the page."""
    return [name for name, *_ in (*PASTED, *WORKING)] + [entry.name for entry in OWN]


def stale() -> list[str]:
    """What is wrong with the page as it is: other words, figures that it lacks, pictures that are gone or too large."""
    found = [name for name in FIGURES if name not in names()]
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != page_text():
        found.append(PAGE.name)
    paths = [IMAGES / f"{name}.png" for name in names()]
    return found + [path.name for path in paths if not path.is_file() or path.stat().st_size > LARGEST]


def _made(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "run.py", *arguments], cwd=PROJECT, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"run.py {' '.join(arguments)}\n{done.stderr}")


def draw_all(folder: Path) -> None:
    """Write every picture; `folder` takes the results meanwhile."""
    common = ["--draws", DRAWS, "--as-of", AS_OF]
    for name, arguments in MATERIAL.items():
        _made(*arguments, *common, "--out", str(folder / name))
    material = gather([folder / name for name in MATERIAL])
    for name in FIGURES:
        found = figure(name, material, INTERNAL, "zh")
        if isinstance(found, Missing):
            raise SystemExit(found.sentence("zh"))
        _write(name, rendered(found.draw(find_font()), "png"))
    _made("calibrate", "--as-of", AS_OF, "--out", str(folder / "calibrate"))
    _write("prior_posterior", (folder / "calibrate" / "figures" / "prior_posterior.png").read_bytes())
    axes = ["--map", "investment_growth,trade_growth"]
    _made("sweep", str(DOCS / "examples" / "sweeps" / "quick_sweep.yaml"), *axes, "--out", str(folder / "sweep"))
    _write("sweep_map", (folder / "sweep" / "figures" / "map.png").read_bytes())
    _write("proof", rendered(_proof(), "png"))


def _proof() -> Figure:
    """The committed ranks of the first quantities: all of them would be too small to see here."""
    ranks: dict[str, list[int]] = {}
    for one in read_results(PROJECT / "calibration" / "proof" / "ranks.csv"):
        for name, rank in one.ranks.items() if one.cohort == AS_DRAWN else ():
            ranks.setdefault(name, []).append(rank)
    labels = {name: label for name in ranks if (label := label_of(name)) is not None}
    return proof_figure({name: ranks[name] for name in list(labels)[:QUANTITIES]}, labels)


def _write(name: str, content: bytes) -> None:
    """A picture in few colours, as wide as the limit allows."""
    with Image.open(io.BytesIO(content)) as image:
        tried = (_compact(image.convert("RGB"), across) for across in ACROSS)
        small = next(found for found in tried if len(found) <= LARGEST)
    IMAGES.mkdir(parents=True, exist_ok=True)
    (IMAGES / f"{name}.png").write_bytes(small)
    print(f"docs/images/gallery/{name}.png", len(small))


def _compact(image: Image.Image, across: int) -> bytes:
    """PNG bytes of 64 colours. The octree keeps the colour of a small mark, which the median cut turns grey."""
    memory = io.BytesIO()
    small = image.resize((across, round(image.height * across / image.width)), Image.Resampling.LANCZOS)
    reduced = small.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    reduced.save(memory, "PNG", optimize=True)
    return memory.getvalue()


def main() -> int:
    """Make the page and its pictures, or only say what is stale."""
    if "--check" in sys.argv[1:]:
        found = stale()
        print("stale:", *found) if found else print("current")
        return 1 if found else 0
    PAGE.write_text(page_text(), encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as folder:
        draw_all(Path(folder))
    return 1 if stale() else 0


if __name__ == "__main__":
    sys.exit(main())
