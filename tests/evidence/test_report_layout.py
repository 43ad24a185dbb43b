"""How the pages of report and catalogue look, in every edition: none nearly empty, no heading left behind, one tongue.

Measured on the PDF itself, by where its text stands.
"""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ledger.bilingual import Edition
from tests.evidence.conftest import Files
from tests.evidence.exported import Place
from tests.installed import installed

CHINESE = re.compile("[\u3400-\u9fff]")
FOOT, HEAD = 71.0, 790.0  # points: below and above them stand footer and header
LEAST = 0.2  # of the height between them that a page uses
XHTML = "{http://www.w3.org/1999/xhtml}"
HEADING = re.compile(r"^\d+(\.\d+)?\s*\S")

Line = tuple[float, float, str]  # height above the page's foot, size, text

EDITIONS: tuple[Edition, ...] = ("zh", "en", "both")


@pytest.fixture(scope="module")
def packages(told: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    place = Place(told, tmp_path_factory.mktemp("layout"))
    late = {"complaint": "C-9", "system": "portal", "subject": "other"}
    place.record("ComplaintFiled", late, on="2026-11-01", by="party_a")
    made: dict[str, Files] = {}
    for edition in EDITIONS:
        made[edition] = place.export(pdf=True, edition=edition, disclose=["staff-9.name"], name=f"{edition}.zip")
    made["about"] = place.export("about.zip", pdf=True, about=["D-1"], edition="both")
    return made


@cache
def read(pdf: bytes) -> list[tuple[str, list[Line]]]:
    """The words of each page, and the lines of its body from the top."""
    command = [installed("pdftotext"), "-raw", "-bbox", "-", "-"]
    told = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    found = []
    for page in ElementTree.fromstring(told).iter(f"{XHTML}page"):
        text, listed = "", dict[float, tuple[float, str]]()
        for word in page.iter(f"{XHTML}word"):
            top, foot = float(word.attrib["yMin"]), float(word.attrib["yMax"])
            height = round(float(page.attrib["height"]) - foot, 0)
            text += word.text or ""
            if FOOT < height < HEAD:
                largest, said = listed.get(height, (0.0, ""))
                listed[height] = (max(foot - top, largest), said + (word.text or ""))
        found.append((text, [(height, *listed[height]) for height in sorted(listed, reverse=True)]))
    return found


def pages(pdf: bytes) -> list[list[Line]]:
    return [lines for _, lines in read(pdf)]


def words(pdf: bytes) -> str:
    return "".join(text for text, _ in read(pdf))


@pytest.mark.parametrize("package", [*EDITIONS, "about"])
def test_no_page_is_nearly_empty(packages: dict[str, Files], package: str) -> None:
    for number, lines in enumerate(pages(packages[package]["data/report.pdf"]), 1):
        lowest = min((height for height, _, _ in lines), default=HEAD)
        assert (HEAD - lowest) / (HEAD - FOOT) >= LEAST, (number, lines)


@pytest.mark.parametrize("package", [*EDITIONS, "about"])
def test_no_heading_is_the_last_line_of_a_page(packages: dict[str, Files], package: str) -> None:
    seen = 0
    for number, lines in enumerate(pages(packages[package]["data/report.pdf"]), 1):
        headings = [said for _, size, said in lines if size >= 10.5 and HEADING.match(said.strip())]
        seen += len(headings)
        assert lines[-1][2] not in headings, number
    assert seen > 15, "they are there to be seen"


def test_each_edition_speaks_its_languages_only(packages: dict[str, Files]) -> None:
    zh, en, both = (re.sub(r"\s", "", words(packages[edition]["data/report.pdf"])) for edition in EDITIONS)
    for name, chinese, english in (
        ("title", "合同履约证据报告", "Evidencereportontheperformance"),
        ("section", "解除权及其理由", "Terminationanditsgrounds"),
        ("column", "记录人/迟延", "Recordedby/delay"),
        ("verify", "如何核验", "Howtoverify"),
    ):
        assert chinese in zh and english not in zh, name
        assert english in en and chinese not in en, name
        assert chinese in both and english in both, name
    assert len(CHINESE.findall(en)) < len(CHINESE.findall(zh)) / 8, "names and the parties' own words"
    assert "(asabove)" not in en and "(asabove)" not in zh and "(asabove)" in both


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_code_word_of_the_ledger_stands_untranslated(packages: dict[str, Files], edition: Edition) -> None:
    said = words(packages[edition]["data/report.pdf"])
    assert not re.findall(r"\b[A-Z]{3,}_[A-Z_]{3,}\b", said), "codes of anomalies"
    assert not re.findall(r"\b(?:pay-invoice|scale-out|return-materials|on-site-duty|rectify):\S+", said), "obligations"
    assert not re.findall(r"\bhost-(?:hardening|scan)\b|\bparty_[ab]\b|\bfulfilled_late\b", said)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_disclosed_personal_value_is_readable_and_no_other(packages: dict[str, Files], edition: Edition) -> None:
    said = re.sub(r"\s", "", words(packages[edition]["data/report.pdf"]))
    assert "运维工程师丙" in said and "000-0000-0003" not in said
    assert "运维工程师丙" not in re.sub(r"\s", "", words(packages["about"]["data/report.pdf"]))


def test_who_recorded_it_and_how_late_stands_beside_every_fact(packages: dict[str, Files]) -> None:
    said = re.sub(r"\s", "", words(packages["zh"]["data/report.pdf"]))
    assert "local25日后记录" in said and "local当日记录" in said
    assert said.count("local") > 60


# -- the catalogue ------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_catalogue_lists_every_kind_of_evidence_and_leaves_the_signature_open(
    packages: dict[str, Files], edition: Edition
) -> None:
    files = packages[edition]
    said = re.sub(r"\s", "", words(files["data/catalogue.pdf"]))
    heads = {
        "zh": ("序号", "证据名称", "证据来源", "证明内容", "页数", "份数", "提交人", "签名（盖章）", "提交日期"),
        "en": ("No.", "Item", "Source", "Whatitproves", "Pages", "Copies", "Submittedby", "Signature", "Date"),
    }
    for column in heads["en" if edition == "en" else "zh"]:
        assert column in said, column
    assert "report.pdf" in said
    assert str(len(read(files["data/report.pdf"]))) in said and "通知.pdf" in said and "data/events.jsonl" in said
    assert "北京市广播电视局宣传中心" in said


def test_the_catalogue_of_a_dispute_lists_only_what_is_shown(packages: dict[str, Files]) -> None:
    said = re.sub(r"\s", "", words(packages["about"]["data/catalogue.pdf"]))
    assert "事件报告" in said and "发生争议" in said and "开具发票" not in said and "通知.pdf" not in said


@pytest.mark.parametrize("package", [*EDITIONS, "about"])
def test_the_signature_does_not_stand_on_a_page_of_its_own(packages: dict[str, Files], package: str) -> None:
    last, _ = read(packages[package]["data/catalogue.pdf"])[-1]
    assert "data/log/" in last, "the last row stands above it"


def test_what_the_page_on_the_law_promises_of_the_report_is_in_it(packages: dict[str, Files]) -> None:
    said = re.sub(r"\s", "", words(packages["zh"]["data/report.pdf"]))
    for promised in ("性质与界线", "第十七条第二项", "不证明事实本身为真", "日后记录", "须由其他证据证明"):
        assert promised in said, promised
