"""The report says everything in Chinese first and in English second, and quotes what is a quotation as it is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdf
import pytest

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.bilingual import Bilingual, joined
from ledger.evidence.report import composed, report
from ledger.evidence.report_sections import MOST_CHANGES, changes_of_a_day
from ledger.explanation.content import Content
from ledger.explanation.report import limitation_in_short
from ledger.messages.report import REPORT
from tests.evidence.test_report import Told, hostile, read, told, unchanged

CHINESE = re.compile("[\u3400-\u9fff]")
CAPITALS = re.compile("[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整负]+")


@pytest.fixture(scope="module")
def real(reported: Told) -> Told:
    return reported


@pytest.fixture(scope="module")
def whole(real: Told) -> dict[str, Any]:
    return composed(real.material())[0]


@pytest.fixture(scope="module")
def pdf(reported_pdf: bytes) -> bytes:
    return reported_pdf


def pairs(value: Any) -> Iterator[dict[str, str]]:
    """Everything said in both languages, wherever it stands."""
    if isinstance(value, dict) and {"zh", "en"} <= set(value):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from pairs(one)
    elif isinstance(value, list):
        for one in value:
            yield from pairs(one)


def alone(value: Any) -> Iterator[str]:
    """Every text that does not stand beside another language."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from alone(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in ("zh", "en"):
                yield from alone(one)


def solid(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


# -- the catalogue ----------------------------------------------------------------------------------


def test_every_entry_of_the_report_says_the_same_in_both_languages() -> None:
    for code, (zh, en) in REPORT.items():
        assert zh.strip() and en.strip() and not CHINESE.search(en), code
        if code != "report.recorded_words":  # in English it points at the words instead of saying them again
            assert set(re.findall(r"\{(\w+)", zh)) == set(re.findall(r"\{(\w+)", en)), code


# -- what is handed to the setter -------------------------------------------------------------------


def test_whatever_the_report_says_it_says_in_both_languages(whole: dict[str, Any]) -> None:
    said = list(pairs(whole))
    assert len(said) > 500
    for one in said:
        assert one["zh"].strip() and one["en"].strip(), one


def test_chinese_that_stands_alone_is_a_quotation(real: Told, whole: dict[str, Any]) -> None:
    stored = b"".join(leaf for _, _, leaf in real.ledger.store.rows(real.contract)).decode()
    quoted = "\n".join(f"{words.title}\n{words.zh}\n{words.en}" for words in AGREEMENT.words.values())
    found = [text.replace("\u200b", "") for text in alone(whole) if CHINESE.search(text)]
    assert len(found) > 50
    for text in found:
        assert text in stored or text in quoted or CAPITALS.fullmatch(text), text


def test_an_explanation_is_told_with_the_english_of_each_step(real: Told, whole: dict[str, Any]) -> None:
    steps = {one["zh"]: one["en"] for path in ("termination.allowed", "damages.accrued")
             for one in real.ledger.explain(real.contract, path, real.question)["steps"]}  # fmt: skip
    shown = {one["text"]["zh"]: one["text"]["en"] for section in whole["sections"] for block in section["blocks"]
             if block["kind"] == "conclusion" for one in block["steps"]}  # fmt: skip
    assert steps and all(shown[zh] == en for zh, en in steps.items())


# -- what is on the pages ---------------------------------------------------------------------------


def test_every_section_has_each_sentence_in_chinese_and_in_english(
    whole: dict[str, Any], pdf: bytes, tmp_path: Path
) -> None:
    furniture = whole["header"], whole["words"]["result_short"]
    text = re.sub(r"CU12-1101-2025-018605第\d+页，共\d+页page\d+of\d+", "", solid(read(pdf, tmp_path)))
    text = re.sub(solid(f"{furniture[1]['zh']}{furniture[1]['en']}") + "[0-9a-f]{64}", "", text)
    text = text.replace(solid(f"{furniture[0]['zh']}{whole['cover_title']}{furniture[0]['en']}"), "")
    starts = [text.rindex(solid(f"{one['number']}{one['title']['zh']}{one['title']['en']}"))
              for one in whole["sections"]]  # fmt: skip
    assert starts == sorted(starts)
    for section, start, end in zip(whole["sections"], starts, [*starts[1:], len(text)], strict=True):
        for said in pairs(section["blocks"]):
            for words in (said["zh"], said["en"]):
                assert solid(words) in text[start:end], (section["name"], words)
    for said in pairs([whole["cover"], whole["nature"], whole["notes"], whole["summary"], whole["summary_title"]]):
        assert solid(said["zh"]) in text[: starts[0]] and solid(said["en"]) in text[: starts[0]], said


def test_title_bookmarks_and_attachments_are_named_in_both_languages(whole: dict[str, Any], pdf: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    title = whole["title"]
    assert str(reader.metadata.title).startswith(f"{title['zh']} {title['en']}")
    marks = [solid(str(one.title)) for one in reader.outline]
    assert marks == [solid(f"{one['number']}{one['title']['zh']}{one['title']['en']}") for one in whole["sections"]]
    described = {str(one.get_object().get("/Desc", "")) for one in reader.trailer["/Root"]["/AF"]}
    assert "全部结论及其回执 all conclusions, with their receipt" in described


# -- what was recorded ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "english"),
    [("n" * 48, "reason " + "n" * 48), ("n" * 49, "reason (as above)"), ("机房调整", "reason (as above)")],
)
def test_words_of_the_parties_stand_once_and_short_names_in_both(tmp_path: Path, reason: str, english: str) -> None:
    def contested() -> Iterator[dict[str, Any]]:
        listed = list(hostile())
        yield from (dict(one) for one in listed[:-1])
        yield {**listed[-1], "data": {"target": '"[', "reason": reason}}

    fact = told(tmp_path, contested(), unchanged).material().facts[-1]
    said = Content().of(fact, "")
    assert f"理由 {reason}" in said.zh and said.en.endswith(english)


def test_parts_are_joined_as_each_language_joins_them() -> None:
    assert joined(["#1", Bilingual("甲方", "party A")], "、") == Bilingual("#1、甲方", "#1, party A")


@pytest.mark.parametrize(("count", "left"), [(MOST_CHANGES, 0), (MOST_CHANGES + 1, 1)])
def test_changes_of_a_day_that_are_not_named_are_counted(count: int, left: int) -> None:
    paths = [f"obligations.pay-invoice:INV-{number}.state" for number in range(count)]
    said = changes_of_a_day([{"what": path, "from": "pending", "to": "overdue"} for path in paths])
    assert ("另有" in said[-1].zh, "more" in said[-1].en) == (left > 0, left > 0)
    assert sum("pay the invoice" in line.en and "pending → overdue" in line.en for line in said) == MOST_CHANGES


# -- what is not disclosed --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def partial(real: Told, tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, str]:
    """The story where a contest and the report of an incident without grade are not disclosed, and its words."""
    hidden = {fact.seq for fact in real.material().facts if fact.ref in ("contest-4", "report-5")}
    assert len(hidden) == 2
    made = report(real.material(withheld=frozenset(hidden), attachments={}))
    return real, read(made, tmp_path_factory.mktemp("partial"))


def test_who_contests_by_a_fact_not_disclosed_and_why_is_not_told(partial: tuple[Told, str]) -> None:
    case, words = partial
    (contest,) = (fact for fact in case.material().facts if fact.ref == "contest-4")
    assert "550000元不是直接经济损失" not in words
    assert f"#{contest.seq}——未披露，仅列摘要notdisclosed;onlyitsdigestislisted——{contest.digest[:16]}" in words


def test_an_incident_known_only_from_a_fact_not_disclosed_is_counted_but_not_named(partial: tuple[Told, str]) -> None:
    _, words = partial
    assert "另有1起事件的报告未披露" in words
    assert "Incidentswhosereportsarenotdisclosedandwhicharenotlistedhere:1." in words
    assert "2026-04-15inc-5" not in words


def test_without_anything_withheld_nothing_is_said_of_it(pdf: bytes, tmp_path: Path) -> None:
    words = read(pdf, tmp_path)
    assert "未披露" not in words.replace("（未披露的除外）", "") and "2026-04-15inc-5" in words


@pytest.mark.parametrize(("provisional", "zh", "en"), [
    (True, "2029-06-19（暂定）", "2029-06-19 (provisional)"), (False, "2029-06-19", "2029-06-19"),
])  # fmt: skip
def test_the_summary_says_that_a_last_day_is_provisional(provisional: bool, zh: str, en: str) -> None:
    debt = {"debt": "a3-r4:n", "state": "running", "last_day": "2029-06-19", "provisional": provisional}
    book: Any = SimpleNamespace(answer={"limitation": [debt]})

    said: Any = limitation_in_short(book)

    assert said == Bilingual(f"最早届满：违约金 a3-r4:n，{zh}", f"first to end: damages a3-r4:n, {en}")
