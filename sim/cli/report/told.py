"""What the author is told when a report is written: the files, the doubts, and what the edition leaves out."""

from __future__ import annotations

from sim.cli.report.files import Made
from sim.language import Text
from sim.reading.files import shown_path


def told(made: Made, lang: str) -> str:
    """Lines for the terminal."""
    zh, report = lang == "zh", made.report
    lines = [f"{report.title} · {report.edition.label.pick(lang)}", report.cut_off, ""]
    lines.append("已写：" if zh else "Written:")
    for path, changed in made.written:
        if path.suffix in (".svg", ".pdf"):
            continue  # beside the PNG of that name
        same = "" if changed else Text("（未变）", " (unchanged)").pick(lang)
        lines.append(f"  {shown_path(path)}{same}")
    if report.warnings:
        lines += ["", "请先核实：" if zh else "To be checked first:", *(f"  {text}" for text in report.warnings)]
    if report.left_out:
        head = f"{report.edition.label.zh}未列入（只告诉起草人）：" if zh else "Left out of this edition:"
        lines += ["", head, *(f"  {text}" for text in report.left_out)]
    return "\n".join(lines)
