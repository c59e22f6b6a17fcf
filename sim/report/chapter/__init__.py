"""The chapter of scenario analysis, written from results by rules: what the results do not support is not said."""

from __future__ import annotations

from sim.language import Text
from sim.material import Material
from sim.report.blocks import Report
from sim.report.chapter.appendix import write_appendix
from sim.report.chapter.basis import write_basis
from sim.report.chapter.draft import Draft
from sim.report.chapter.effort import write_effort
from sim.report.chapter.results import write_results
from sim.report.chapter.risks import write_risks
from sim.report.chapter.settings import write_settings
from sim.report.chapter.targets import write_targets
from sim.report.chapter.values import write_values
from sim.report.editions import MODEL_VALUES, Edition
from sim.report.shown_names import shown_material
from sim.report.wording import name_allowed

__all__ = ["chapter"]

SECTIONS = (
    write_basis,
    write_settings,
    write_results,
    write_targets,
    write_risks,
    write_effort,
    write_values,
    write_appendix,
)


def chapter(material: Material, edition: Edition, lang: str) -> Report:
    """The whole chapter in one edition and language."""
    material = shown_material(material, edition)
    draft = Draft(material, edition, lang)
    warnings = [doubt.text.pick(lang) for doubt in material.doubts]
    for doubt in material.grave:
        draft.write(name_allowed(_sentence(doubt.text, lang), _DOUBTED.pick(lang), edition), style="warning")
    for section in SECTIONS:
        section(draft)
    region = material.pack.label
    as_of = material.as_of
    subtitle = Text(f"{edition.label.zh}　数据截至{as_of}年", f"{edition.label.en}, figures up to {as_of}")
    return Report(
        title=Text(f"{region.zh}经济社会发展情景分析", f"Scenarios for {region.en}").pick(lang),
        subtitle=subtitle.pick(lang),
        template="chapter",
        edition=edition,
        lang=lang,
        region_label=region.pick(lang),
        cut_off=_cut_off(as_of, lang),
        blocks=tuple(draft.blocks),
        left_out=tuple(draft.left_out),
        warnings=tuple(warnings),
        run_ids=material.run_ids,
    )


#: In red where the name of a result must not stand on the page.
_DOUBTED = Text(
    "结果文件写成后被改动过或不完整，以下数字待重新测算。",
    "Result files were changed or are incomplete: compute again.",
)


def _sentence(text: Text, lang: str) -> str:
    return text.zh.rstrip("。") + "。" if lang == "zh" else text.en.rstrip(".") + "."


def _cut_off(as_of: int, lang: str) -> str:
    zh = f"使用截至{as_of}年的公布数；其后各年为{MODEL_VALUES.zh}。"
    return Text(zh, f"Published figures up to {as_of}; later years are {MODEL_VALUES.en}.").pick(lang)
