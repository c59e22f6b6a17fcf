"""The offline page without a browser: what stands in it, in which edition, and what never does."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import itertools
import re
from typing import Any

import pytest

from sim.errors import InputError
from sim.language import Text
from sim.material import Doubt
from sim.report.editions import EDITIONS
from sim.report.guard import violations
from sim.webpage.desk import Desk
from tests.webpage_cases import NAMES, Parsed, material, of_ten, page, usual, with_documents, with_views

LIMIT = 500_000  # bytes
EVERY = [(edition, lang) for edition in EDITIONS for lang in ("zh", "en")]
PLAIN = ("review", "public")


@pytest.fixture(scope="module", params=EVERY, ids="-".join)
def every(request: pytest.FixtureRequest) -> tuple[str, str, str]:
    edition, lang = request.param
    return edition, lang, usual(edition, lang)


def test_page_is_whole_and_accessible(every: tuple[str, str, str]) -> None:
    _, lang, text = every
    parsed = Parsed(text)
    assert text.startswith("<!DOCTYPE html>\n")
    assert parsed.unclosed == []
    assert parsed.named("html")[0]["lang"] == {"zh": "zh-CN", "en": "en"}[lang]
    levels = [int(tag[1]) for tag, _ in parsed.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert [len(parsed.named(tag)) for tag in ("header", "main", "footer")] == [1, 1, 1]
    assert parsed.named("a")[0]["href"] == "#main"
    assert len(parsed.named("caption")) == len(parsed.named("table"))
    assert all(cell.get("scope") in ("col", "row") for cell in parsed.named("th"))
    ids = [attributes["id"] for _, attributes in parsed.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert all(section["aria-labelledby"] in ids for section in parsed.named("section"))


def test_nothing_can_be_asked_for_from_anywhere(every: tuple[str, str, str]) -> None:
    _, _, text = every
    parsed = Parsed(text)
    assert set(re.findall(r"https?://[^\s\"'<]+", text)) == {"http://www.w3.org/2000/svg"}  # a name, never an address
    for tag, attributes in parsed.elements:
        assert not {"src", "srcset", "action", "style", "integrity"} & set(attributes), (tag, attributes)
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|WebSocket|innerHTML|eval\(", text)
    policy = next(m["content"] for m in parsed.named("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    script = [text for tag, text in parsed.texts if tag == "script"][1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy


def test_no_edition_shows_what_it_must_not(every: tuple[str, str, str]) -> None:
    edition, _, text = every
    parsed = Parsed(text)
    attributes = [value for _, found in parsed.elements for value in found.values() if value]
    policy = [value for value in attributes if not value.startswith("default-src")]
    layers = [*(text for _, text in parsed.texts), *policy]
    assert violations(layers, EDITIONS[edition], material().run_ids) == []


@pytest.mark.parametrize("edition", PLAIN)
def test_editions_without_chances_ship_neither_them_nor_their_script(edition: str) -> None:
    text = usual(edition)
    for word in ("概率", "80%区间", "分位", "中位", "chance", "quantile", "interval", "levels", "curves", "slider",
                 "p10", "p90"):  # fmt: skip
        assert word not in text.lower(), word
    data = Parsed(text).data()
    assert set(data) == {"words", "alphabet", "years", "milestones", "scenarios", "indicators"}
    keys = {key for item in data["indicators"] for key in item}
    assert keys == {"name", "unit", "group", "digits", "published", "start", "least", "width", "middle"}
    assert not re.search(r"\b(gdp_growth|plan14|baseline|stress|calibration)\b", text)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_row_of_the_plan_is_listed(edition: str) -> None:
    visible = Parsed(usual(edition)).visible()
    rows = [t for t in material().views[0].targets if t["row"] is not None and t["id"].startswith("plan14.")]
    assert len(rows) >= 25
    for record in rows:
        bare = re.sub("（[^（）]*）$", "", record["label"])
        assert bare in visible, record["label"]
    assert "数据" in visible
    assert "模型推算值，非统计数据" in visible
    assert {"internal": "内部测算稿", "review": "审议稿", "public": "公开稿"}[edition] in visible


def test_cut_off_and_ids_stand_on_the_internal_page_only() -> None:
    internal, review = (Parsed(usual(edition)).visible() for edition in ("internal", "review"))
    assert "使用截至2023年的数据" in internal
    assert "使用截至2023年的数据" in review
    run_id = material().run_ids[0]
    assert run_id in internal
    assert run_id not in review
    assert "每个情景120次模拟" in internal
    assert "120次" not in review


def test_sources_have_document_line_and_quote_as_the_edition_allows() -> None:
    fact = material().pack.ledger.get("gdp.2020")
    title = material().pack.sources[fact.document].title
    internal, review, public = (Parsed(usual(edition)).visible() for edition in EDITIONS)
    assert f"《{title}》第{fact.line}行 ({fact.document}:{fact.line})" in internal
    assert "[gdp.2020]" in internal
    assert f"《{title}》第{fact.line}行" in review
    assert fact.document not in review
    assert f"《{title}》" in public
    assert f"第{fact.line}行" not in public
    assert fact.quote in internal
    assert fact.quote in review
    assert fact.quote not in public


def test_a_target_cites_its_own_document_whatever_other_readings_of_it_rest_on() -> None:
    desk = Desk(material(), EDITIONS["internal"], "zh")
    energy = "plan14.energy_intensity_reduction.2025"
    ids = (f"{energy}.national", energy, "plan14.gdp_growth.2025.band", "plan14.gdp_growth.2025")
    told = [desk.of_target(record) for id in ids if (record := desk.lead.target(id)) is not None]
    where = [entry.where for entry in desk.register.entries.values()]
    assert told == [1, 2, 3, 3]  # the band is read in the same line as its target
    assert "energy_saving_plan14" in where[0]
    assert "003_7526d0927c5bbb45:635" in where[1]


def test_every_cited_source_is_in_the_list(every: tuple[str, str, str]) -> None:
    parsed = Parsed(every[2])
    rows = {attributes["id"] for _, attributes in parsed.elements if re.fullmatch(r"s\d+", attributes.get("id") or "")}
    cited = {f"s{n}" for _, found in parsed.elements for n in (found.get("data-s") or "").split()}
    data = parsed.data()
    cited |= {f"s{n}" for item in data["indicators"] for point in item["published"] for n in point["sources"]}
    cited |= {f"s{scenario['source']}" for scenario in data["scenarios"]}
    assert cited
    assert cited <= rows
    assert all(point["sources"] for item in data["indicators"] for point in item["published"])


def test_published_figures_are_those_of_the_ledger() -> None:
    data = Parsed(usual()).data()
    growth = data["indicators"][0]
    assert growth["name"] == "地区生产总值增速（不变价）"
    found = {point["year"]: point["text"] for point in growth["published"]}
    ledger = material().pack.ledger
    assert found[2020] == ledger.get("gdp_growth.2020").printed == "3.9"
    assert set(found) <= set(range(2020, 2024))
    assert growth["start"] == 1 + max(year for year in found) - 2020


def test_a_published_figure_keeps_its_rounding_word() -> None:
    marine = next(item for item in Parsed(usual()).data()["indicators"] if item["name"] == "海洋生产总值（现价）")
    assert next(p["text"] for p in marine["published"] if p["year"] == 2020) == "近1400"
    assert ">近1400<" in usual()
    assert ">c. 1400<" in usual(lang="en")


def test_size() -> None:
    assert len(of_ten().encode()) < LIMIT  # of fewer scenarios it is less


@pytest.mark.parametrize("edition", EDITIONS)
def test_same_bytes_again(edition: str) -> None:
    text = usual(edition)
    assert page(material(), edition) == text
    assert "\r" not in text
    assert str(material().results[0].folder) not in text


@pytest.mark.parametrize("edition", EDITIONS)
def test_names_of_users_are_only_text(edition: str) -> None:
    text = of_ten(edition)
    parsed = Parsed(text)
    assert parsed.unclosed == []
    assert len(parsed.named("script")) == 2
    assert parsed.named("img") == []
    assert [s["name"] for s in parsed.data()["scenarios"]] == list(NAMES.values())
    labels = parsed.text_in("label")
    assert all(name in labels for name in NAMES.values())
    assert not re.search("[\x00-\x08\x0e-\x1f\u202a-\u202e\u2066-\u2069\u2028\u2029]", text)
    assert "<" not in next(t for tag, t in parsed.texts if tag == "script")


def test_two_scenarios_of_one_name_can_be_told_apart() -> None:
    names = [s["name"] for s in Parsed(page(with_views(2, ["方案", "方案"]))).data()["scenarios"]]
    assert names == ["方案", "方案 (2)"]


def test_names_that_speak_of_chances_stay_out_of_the_other_editions() -> None:
    shown = with_views(2, ["达成概率90%", "基准"])
    assert "达成概率90%" in page(shown)
    names = [s["name"] for s in Parsed(page(shown, "review")).data()["scenarios"]]
    assert names == ["方案1", "基准"]


def test_scenarios_are_ranked_by_output_where_no_chances_stand() -> None:
    last = [view.indicator("gdp", 2035) for view in material().views]
    assert last[0] is not None
    assert last[1] is not None
    assert last[0]["p50"] > last[1]["p50"]
    assert [s["rank"] for s in Parsed(usual("review")).data()["scenarios"]] == ["高方案", "低方案"]
    assert [s["rank"] for s in Parsed(usual()).data()["scenarios"]] == ["", ""]
    assert [s["rank"] for s in Parsed(page(with_views(1), "review")).data()["scenarios"]] == [""]
    assert [s["rank"] for s in Parsed(page(with_views(3), "review")).data()["scenarios"]] == ["", "", ""]  # two equal


def test_few_indicators_and_missing_values() -> None:
    def three(document: dict[str, Any]) -> None:
        wanted = ("gdp", "gdp_growth", "population")
        document["indicators"] = [r for r in document["indicators"] if r["indicator"] in wanted]
        for record in document["indicators"]:
            if (record["indicator"], record["year"]) == ("gdp", 2030):
                record.update(dict.fromkeys(("p05", "p10", "p25", "p50", "p75", "p90", "p95", "mean")))

    data = Parsed(page(with_documents(three))).data()
    assert len(data["indicators"]) == 3
    gdp = next(item for item in data["indicators"] if item["name"].startswith("地区生产总值（"))
    place = (2030 - 2020 - gdp["start"]) * gdp["width"]
    assert gdp["middle"][0][place : place + gdp["width"]] == "~" * gdp["width"]


def test_region_without_targets() -> None:
    parsed = Parsed(page(with_documents(lambda document: document.update(targets=[]))))
    assert "规划目标：本地区没有录入规划目标。" in parsed.visible()
    assert len(parsed.data()["indicators"]) > 3


def test_result_without_distributions_has_no_line_to_move() -> None:
    parsed = Parsed(page(with_documents(lambda document: document.update(distributions=None))))
    assert "没有存各指标的分布" in parsed.visible()
    assert parsed.data()["levels"] == []
    assert "level" not in [attributes.get("id") for _, attributes in parsed.elements]


def test_probabilities_of_nothing_and_of_one_are_never_said_to_be_so() -> None:
    def extremes(document: dict[str, Any]) -> None:
        for place, record in enumerate(r for r in document["targets"] if r["status"] == "evaluated"):
            record.update(probability=float(place % 2), probability_low=None, probability_high=None)

    parsed = Parsed(page(with_documents(extremes)))
    assert {c["class"] for c in parsed.named("td") if " h" in (c.get("class") or "")} == {"n h0", "n h20"}
    cells = parsed.text_in("td").split("\n")
    assert "<5%" in cells
    assert ">95%" in cells
    assert "0%" not in cells
    assert "100%" not in cells


def test_material_without_a_scenario_is_refused_with_what_to_do() -> None:
    empty = dataclasses.replace(material(), views=(), results=())
    with pytest.raises(InputError, match="run 或 compare"):
        page(empty)


@pytest.mark.parametrize("edition", EDITIONS)
def test_grave_doubts_stand_in_red_without_names_of_folders_elsewhere(edition: str) -> None:
    text = Text("结果 base-0123456789ab 的文件写成后被改动过", "files of base-0123456789ab were changed")
    parsed = Parsed(page(dataclasses.replace(material(), doubts=(Doubt("edited", text),)), edition))
    assert "grave" in [found.get("class") for found in parsed.named("p")]
    assert "被改动过" in parsed.visible()
    assert ("base-0123456789ab" in parsed.visible()) == (edition == "internal")


@pytest.mark.parametrize("edition", EDITIONS)
def test_lesser_doubts_stand_on_the_internal_page_only(edition: str) -> None:
    doubt = Doubt("version", Text("由另一版程序算出", "computed by another version"))
    visible = Parsed(page(dataclasses.replace(material(), doubts=(doubt,)), edition)).visible()
    assert ("由另一版程序算出" in visible) == (edition == "internal")
