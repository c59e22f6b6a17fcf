"""Numbers of a calibration as they are printed, on the page and in the figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.conditioning.residuals import shown
from sim.language import Text
from sim.output.parameter_words import parameter_name

#: Rows of the figure: more would not fit a page.
DRAWN = 16
STEM = "prior_posterior"
UNITS = {
    "1": Text("", ""),
    "pp": Text("个百分点", " points"),
    "growth %": Text("%", "%"),
}


def interval(values: Sequence[float], like: Sequence[float], unit: str, lang: str, between: str = "") -> str:
    """p5 to p95 with the median, `0.010—0.040（0.025）`, with the unit; digits as the interval `like` calls for.

    between : what stands before the median, for instance a line break.
    """
    spread = (like[2] - like[0]) / 3.0
    word = UNITS.get(unit, Text(unit, f" {unit}")).pick(lang)
    low, middle, high = (shown(x, spread) for x in values)
    if lang == "en":
        return f"{low} to {high}{word}{between or ' '}({middle})"
    joined = "至" if min(values[0], like[0]) < 0 else "—"
    return f"{low}{joined}{high}{word}{between}（{middle}）"


def whose(record: Mapping[str, Any], lang: str) -> str:
    """The region, the year of a shock, and the cell or indicator."""
    end = "" if lang == "zh" else "_en"
    member = record[f"member{end}"]
    parts = [record[f"scope{end}"], str(record["year"] or ""), (member or "").replace("（其余地区）", "")]
    return ("·" if lang == "zh" else ", ").join(part for part in parts if part)


def what(record: Mapping[str, Any], lang: str) -> str:
    """The number itself, without whose it is."""
    if record["kind"] == "prior" and lang == "zh":
        return parameter_name(record["name"])
    return str(record["label" if lang == "zh" else "label_en"])


def write_calibration_figure(folder: Path, document: Mapping[str, Any], lang: str) -> bool:
    """Draw the figure of a calibration into `folder`; False where nothing moved."""
    rows = document["parameters"][:DRAWN]
    if not rows:
        return False
    from sim.charts import save
    from sim.charts.prior_posterior import prior_posterior_chart
    from sim.charts.prior_posterior_data import PriorPosteriorData, prior_posterior_caption

    data = PriorPosteriorData(
        tuple(_row(record) for record in rows),
        Text(
            f"先验见 priors.yaml、world.yaml 各行；公布数 {document['facts_used']} 项见 facts.csv",
            f"priors.yaml and world.yaml, line by line; {document['facts_used']} reported figures in facts.csv",
        ),
        Text(
            "横轴以各参数自己的先验为标尺：浅色条为先验p5—p95，线和点为校准后的p5—p95和中位数；"
            f"列移动最大的{len(rows)}项，共{len(document['parameters'])}项",
            "each row on the scale of its own prior: pale bar p5 to p95 before, line and dot p5 to p95 and median "
            f"after; the {len(rows)} furthest moved of {len(document['parameters'])}",
        ),
    )
    region = Text(document["region_label"], document["region_label_en"])
    caption = prior_posterior_caption(region, document["as_of"], lang)
    stem = STEM + ("" if lang == "zh" else f"_{lang}")
    save(prior_posterior_chart(data, lang), folder, stem, description=caption)
    (folder / "captions.txt").write_bytes(f"{stem}：{caption}\n".encode())
    return True


def _row(record: Mapping[str, Any]) -> Any:
    """A row of the figure."""
    from sim.charts.prior_posterior_data import PriorPosteriorRow

    before, after = (
        Text(*(interval(record[when], record["before"], record["unit"], lang, "\n") for lang in ("zh", "en")))
        for when in ("before", "after")
    )
    low, middle, high = record["after_score"]
    name, of = (Text(say(record, "zh"), say(record, "en")) for say in (what, whose))
    return PriorPosteriorRow(name, of, before, after, (low, middle, high))
