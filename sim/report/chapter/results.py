"""三、主要结果: the leading scenario by topic, then what the others differ by."""

from __future__ import annotations

from sim.output.outlook import outlook_years
from sim.report.chapter.draft import Draft
from sim.report.editions import MODEL_VALUES
from sim.report.tables.comparison import difference_table
from sim.report.tables.outlook import outlook_table
from sim.report.tables.scenarios import scenario_names
from sim.report.wording import quoted
from sim.report.wording_results import (
    attribution_sentence,
    average_sentence,
    contribution_sentence,
    difference_sentence,
    energy_sentence,
    level_sentences,
    structure_sentence,
    topic_sentence,
)

#: Indicators of the table of differences.
DIFFERING = ("gdp", "gdp_growth", "secondary_share", "services_share", "marine_gop", "budget_revenue", "population",
             "household_income", "trade_total", "fdi", "energy_use", "co2_emissions")  # fmt: skip
#: With more scenarios than this only the first others are told of in words.
MOST_TOLD = 4


def write_results(draft: Draft) -> None:
    """The section; left out where the results hold no scenario."""
    lead = draft.lead
    if lead is None:
        return
    draft.heading("主要结果", "Main results")
    compared = draft.material.comparison is not None and len(draft.material.views) > 1
    if compared:
        draft.heading("基准走势" if not lead.resolved.get("levers") else "主要走势", "The leading scenario", 2)
    _write_lead(draft)
    if compared:
        draft.heading("情景比较", "Scenarios compared", 2)
        _write_compared(draft)


def _write_lead(draft: Draft) -> None:
    lead, edition, lang = draft.lead, draft.edition, draft.lang
    assert lead is not None
    material = draft.material
    _, later = outlook_years(lead.document)
    near = later[:2]
    name = quoted(scenario_names(material, edition, lang)[0], lang)
    made = draft.table(outlook_table(material, lead, edition, lang, plan=False))
    drawn = [one for one in (draft.figure("plan_lines"), draft.figure("fan") if edition.chances else None) if one]
    intro = draft.say(f"按{name}测算（{MODEL_VALUES.zh}），", f"Projected for {name} ({MODEL_VALUES.en}): ")
    levels = level_sentences(lead, near, edition, lang)
    if levels:
        draft.write(
            intro + levels[0],
            average_sentence(lead, near[0], edition, lang) if near else "",
            *levels[1:],
            draft.refer(made, *drawn),
        )
    draft.add(made, *drawn)
    causes = draft.figure("contributions")
    draft.write(
        structure_sentence(material, lead, near, lang),
        contribution_sentence(lead, near[0], lang) if near else "",
        draft.refer(causes),
    )
    draft.add(causes)
    topics = (("marine_gop", "trade_total", "fdi"), ("population", "household_income", "budget_revenue"))
    draft.write(*(topic_sentence(material, lead, names, near, lang) for names in topics))
    draft.write(energy_sentence(lead, near[0], lang) if near else "")


def _write_compared(draft: Draft) -> None:
    material, edition, lang = draft.material, draft.edition, draft.lang
    lead = draft.lead
    assert lead is not None
    _, later = outlook_years(lead.document)
    near = later[:2]
    names = scenario_names(material, edition, lang)
    by_id = dict(zip((view.id for view in material.views), names, strict=True))
    assert material.comparison is not None
    order = [name for name in material.comparison.document["scenarios"] if name in by_id]
    told = [by_id[id] for id in order]
    shown = order[1 : MOST_TOLD + 1]
    for id in shown:
        draft.write(
            difference_sentence(material, id, by_id[id], told, near, lang),
            attribution_sentence(material, id, near[0], lang) if near else "",
        )
    last = near[-1] if near else None
    made = draft.table(difference_table(material, edition, lang, DIFFERING, last))
    waterfall = draft.figure("waterfall") if edition.chances else None
    draft.write(draft.refer(made, waterfall, zh="各指标的差别见", en="Differences by indicator are in "))
    draft.add(made, waterfall)
