"""The report: it says what the ledger concludes, sets whatever was recorded, and is the same on every run."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.year_drawing import WIDTH, DrawnIncident, drawing
from ledger.bilingual import clause_name
from ledger.domain.calendar import parse_on, parse_utc
from ledger.domain.moments import beijing_day
from ledger.domain.money import thousands
from ledger.domain.terms import document_json
from ledger.evidence import report_glyphs
from ledger.evidence.report import Material, composed, report
from ledger.evidence.report_book import Book
from ledger.evidence.report_sections import conclusions
from ledger.projections.explain import explainer
from ledger.service import Ledger, Question
from tests.installed import installed

CONTRACTS = Path(__file__).resolve().parents[2] / "contracts"
NOW = parse_utc("2026-11-22T06:00:00.000000Z")
CHECKPOINT = "log.example/lvyue\n73\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— log.example/lvyue c2ln\n"
HOSTILE = (
    '#eval("1") #import "x" $x^2$ \\ [[a]] *b* _c_ @cite <label> `raw` // no /* no */ "q" \'q\' = h - l + n ~ -- ... '
    "https://example.org/a?b=c&d #pagebreak() #{panic()} ]#panic() "
)


class Clock:
    def __init__(self) -> None:
        self.at = parse_utc("2025-11-19T02:00:00.000000Z")

    def __call__(self) -> int:
        return self.at


@dataclass
class Told:
    """A ledger, and the material of a report on its one contract."""

    ledger: Ledger
    contract: str
    question: Question

    @cached_property
    def answer(self) -> dict[str, Any]:
        """What is concluded of all that was told, other readings tried."""
        return self.ledger.status(self.contract, self.question)

    @cached_property
    def explain(self) -> Callable[[str], dict[str, Any]]:
        """One sweep explains every path, as it does for an export."""
        return explainer(self.ledger.load(self.contract, self.question))

    def material(self, **more: Any) -> Material:
        answer = self.answer
        stored = b"".join(leaf + b"\n" for _, _, leaf in self.ledger.store.rows(self.contract))
        plain = json.dumps(answer, ensure_ascii=False, sort_keys=True).encode()
        return Material(
            terms=self.ledger.terms(self.contract), conclusions=answer,
            facts=self.ledger.facts(self.contract, replace(self.question, as_of=None)),
            explain=self.explain, made_at=NOW, checkpoint=CHECKPOINT,
            **{"attachments": {"conclusions.json": plain, "events.jsonl": stored}, **more},
        )  # fmt: skip


def told(
    folder: Path, envelopes: Iterator[Mapping[str, Any]], change: Callable[[dict[str, Any]], None],
    *, sensitivity: bool = True,
) -> Told:  # fmt: skip
    clock = Clock()
    ledger = Ledger(f"sqlite:///{folder}/ledger.db", clock=clock, create=True)
    text = (CONTRACTS / "cu12-1101-2025-018605.toml").read_text(encoding="utf-8")
    document = document_json(tomllib.loads(text))
    change(document)
    contract = str(document["contract"]["id"])
    ledger.register(document)
    for envelope in envelopes:
        clock.at = max(clock.at, parse_on(str(envelope["on"])).at + 36_000_000_000)
        ledger.record(contract, [envelope])
    clock.at = NOW
    return Told(ledger, contract, Question(beijing_day(NOW), sensitivity=sensitivity))


def story() -> Iterator[Mapping[str, Any]]:
    for line in (CONTRACTS / "cu12-1101-2025-018605.story.jsonl").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield json.loads(line)


def unchanged(document: dict[str, Any]) -> None:
    pass


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Told:
    so_far = (fact for fact in story() if parse_on(str(fact["on"])).at <= NOW)  # its end is still to come
    return told(tmp_path_factory.mktemp("story"), so_far, unchanged)


@pytest.fixture(scope="module")
def pdf(real: Told) -> bytes:
    return report(real.material())


@pytest.fixture(scope="module")
def book(real: Told) -> Book:
    book = Book(real.material())
    conclusions(book)
    return book


@pytest.fixture(scope="module")
def text(pdf: bytes, tmp_path_factory: pytest.TempPathFactory) -> str:
    return read(pdf, tmp_path_factory.mktemp("text"))


def read(pdf: bytes, folder: Path) -> str:
    """The words of a PDF without white space: where lines break is the setter's affair."""
    if shutil.which("pdftotext"):
        (folder / "report.pdf").write_bytes(pdf)
        command = ["pdftotext", "-q", "-raw", str(folder / "report.pdf"), "-"]
        words = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    else:
        words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s", "", words)


def attached(pdf: bytes) -> dict[str, bytes]:
    return {name: data[0] for name, data in pypdf.PdfReader(io.BytesIO(pdf)).attachments.items()}


# -- what it says -----------------------------------------------------------------------------------


def test_the_cover_names_contract_parties_days_and_digests(real: Told, text: str) -> None:
    answer = real.material().conclusions
    for said in (
        real.contract, "北京市广播电视局宣传中心政务云租赁", "中国联合网络通信有限公司北京市分公司", answer["as_of"],
        "2026-11-2214:00:00", answer["known_at"], answer["receipt"]["head"], answer["receipt"]["result"],
        answer["receipt"]["terms"], "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62",
        f"{answer['facts']}条", "73条事实", "国办发明电〔2025〕7号",
    ):  # fmt: skip
        assert said in text, said


def test_every_conclusion_is_told(real: Told, text: str) -> None:
    answer = real.material().conclusions
    assert "甲方现可解除合同" in text and "服务期内" in text
    assert thousands(answer["damages"]["accrued"]) in text and thousands(answer["balance"]["paid"]) in text
    assert "贰佰叁拾万叁仟玖佰壹拾壹元叁角贰分" in text
    assert "法院可以调整" in text and "百分之三十" in text and "占合同总金额" in text  # Civil Code 585.2
    for duty in answer["obligations"]:
        assert duty["id"].partition(":")[2] in text and (duty["due_on"] or "—") in text
    for item in answer["damages"]["items"]:
        assert item["id"] in text and thousands(item["amount"]) in text
    for incident in answer["incidents"]["grades"]:
        assert f"事件{incident}：B级" in text


def test_each_conclusion_carries_clause_words_steps_and_facts(real: Told, book: Book) -> None:
    blocks = [block for section in book.sections for block in section["blocks"] if block["kind"] == "conclusion"]
    assert len(blocks) > 40
    for block in blocks:
        assert block["steps"], block["number"]
        assert block["clauses"]["quoted"] or block["clauses"]["before"], block["number"]
    ground = next(block for block in blocks if block["title"].zh.startswith("第 10.2 款的解除权"))
    quoted = {one["name"].zh: one["words"] for one in ground["clauses"]["quoted"]}
    assert "B 级事件 3 次" in quoted["第 10.2 款"]
    cited = {ref for ref, seq in numbers(real).items() if seq in {one["seq"] for one in ground["facts"]["of"]}}
    assert cited >= {"report-1", "fix-1", "report-2", "link-1", "report-4", "assess-4", "lease"}


def numbers(real: Told) -> dict[str, int]:
    """The seq of each fact of the story, by its ref."""
    return {fact.ref: fact.seq for fact in real.material().facts}


def test_deadlines_name_each_rest_day_skipped_and_its_notice(text: str) -> None:
    assert "2026-06-19（周五）端午节放假，国办发明电〔2025〕7号" in text
    assert "2026-10-10（周六），国办发明电〔2025〕7号" in text  # a make-up day counts
    assert "2025-11-29（周六）；2025-11-30（周日）" in text


def test_commands_can_be_copied_as_they_stand(real: Told, pdf: bytes, tmp_path: Path) -> None:
    pdftotext = installed("pdftotext")
    (tmp_path / "report.pdf").write_bytes(pdf)
    command = [pdftotext, "-q", "-layout", str(tmp_path / "report.pdf"), "-"]
    words = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert "\u200b" not in words
    line = next(line.strip() for line in words.splitlines() if line.strip().startswith("grep "))
    (tmp_path / "data").mkdir()
    (tmp_path / "data/events.jsonl").write_bytes(attached(pdf)["events.jsonl"])
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.split()[0] == real.material().facts[-1].digest


def test_contests_corrections_and_readings_that_matter_are_shown(real: Told, text: str) -> None:
    assert f"#{numbers(real)['assess-4']}（有异议contested）" in text
    assert f"#{numbers(real)['report-1']}（已更正corrected）" in text
    assert "乙方认为其中550000元不是直接经济损失" in text
    assert "仅不可抗力造成的定级" in text and "298,046.96" in text


def test_every_fact_is_listed_in_order_with_its_digest(real: Told, text: str) -> None:
    listed = text[text.rindex("履约事实Thefactsinorder") :]
    places = [listed.index(fact.digest[:16]) for fact in sorted(real.material().facts, key=lambda f: (f.at, f.seq))]
    assert len(places) == real.ledger.version(real.contract)
    assert places[1:] == sorted(places[1:])


def test_every_fact_cited_exists(real: Told, book: Book, text: str) -> None:
    last = real.ledger.version(real.contract)
    cited = {int(seq) for seq in re.findall(r"#(\d+)[（、]", text)}
    assert cited and cited <= set(range(1, last + 1))
    assert set(book.cited) <= {fact.seq for fact in real.material().facts}


def test_number_and_digest_stand_on_every_page(real: Told, pdf: bytes, text: str) -> None:
    pages = len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    result = real.material().conclusions["receipt"]["result"]
    for number in range(1, pages + 1):
        page = f"{real.contract}第{number}页，共{pages}页page{number}of{pages}"
        assert f"{page}结论摘要SHA-256resultdigest{result}" in text


# -- what it is -------------------------------------------------------------------------------------


def test_the_same_material_gives_the_same_bytes(real: Told, pdf: bytes) -> None:
    started = time.perf_counter()
    again = report(real.material())
    took = time.perf_counter() - started
    print(f"report of {real.ledger.version(real.contract)} facts: {took:.2f} s, {len(pdf)} bytes")
    assert again == pdf


def test_it_is_pdf_a_3b_with_the_data_attached_byte_for_byte(real: Told, pdf: bytes) -> None:
    assert b'pdfaid:part="3"' in pdf or b"<pdfaid:part>3</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf or b'pdfaid:conformance="B"' in pdf
    files = attached(pdf)
    assert set(files) == {"conclusions.json", "events.jsonl", "explanations.json"}
    for name, data in real.material().attachments.items():
        assert files[name] == data
    explained = {one["path"]: one for one in json.loads(files["explanations.json"])["explanations"]}
    told_by_ledger = real.ledger.explain(real.contract, "termination.allowed", real.question)
    assert explained["termination.allowed"]["steps"] == told_by_ledger["steps"]


def test_qpdf_finds_no_fault(pdf: bytes, tmp_path: Path) -> None:
    qpdf = installed("qpdf")
    (tmp_path / "report.pdf").write_bytes(pdf)
    said = subprocess.run([qpdf, "--check", str(tmp_path / "report.pdf")], capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr


def test_files_too_large_stay_in_the_package(tmp_path: Path) -> None:
    short = told(tmp_path, iter([next(story())]), unchanged)
    made = report(short.material(attachments={"conclusions.json": b"{}", "events.jsonl": b"x" * (4 * 1024 * 1024 + 1)}))
    assert set(attached(made)) == {"conclusions.json", "explanations.json"}
    assert "下列文件较大，未附于本PDF，见证据包data/目录：events.jsonl" in read(made, tmp_path)


# -- whatever was recorded --------------------------------------------------------------------------


def hostile() -> Iterator[Mapping[str, Any]]:
    yield {"type": "ContractSigned", "on": "2025-11-19", "by": "party_a", "data": {"party": "party_a"}}
    yield {"type": "ContractSigned", "on": "2025-11-19", "by": "party_b", "data": {"party": "party_b"}}
    yield {"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a", "data": {}}
    name = HOSTILE + "😀𠀀" + "长" * 200
    system = {"system": "s", "name": name, "annual_fee": "1", "mlps_level": 3, "important": True}
    yield {"type": "SystemRegistered", "on": "2025-12-01", "by": "party_a", "ref": "#panic()]", "data": system}
    notice = {"notice": "n" * 60, "ground": "g" * 60, "demand": "w" * 150, "deadline": "2026-01-05"}
    yield {"type": "RectificationNoticeIssued", "on": "2025-12-20", "by": "party_a", "ref": '"[', "data": notice}
    yield {"type": "FactContested", "on": "2025-12-21", "by": "party_b", "data": {"target": '"[', "reason": HOSTILE}}


def test_hostile_text_is_set_as_it_was_written(tmp_path: Path) -> None:
    def change(document: dict[str, Any]) -> None:
        document["contract"]["title"] = HOSTILE
        document["parties"]["party_a"]["name"] = "甲 #panic() ❤ عربي"

    case = told(tmp_path, hostile(), change)
    words = read(report(case.material()), tmp_path)
    assert re.sub(r"\s", "", HOSTILE) in words
    assert "〔U+1F600〕〔U+20000〕" in words and "〔U+2764〕" in words
    assert "本报告字体没有下列字符" in words
    assert sum(len(run) for run in re.findall("w{7,}", words)) == 150


def test_a_character_without_glyph_that_slips_through_fails_loudly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = told(tmp_path, iter([next(story())]), unchanged)
    monkeypatch.setattr(report_glyphs.Glyphs, "text", lambda self, text: text)
    terms = json.loads(json.dumps(dict(short.material().terms)))
    terms["contract"]["title"] = "政务云 😀"
    with pytest.raises(RuntimeError, match="could not be set"):
        report(replace(short.material(), terms=terms))


def test_conclusions_on_facts_that_are_withheld_show_no_steps(real: Told) -> None:
    withheld = frozenset({numbers(real)["assess-4"], numbers(real)["level-2026-06"]})
    whole, files = composed(real.material(withheld=withheld, attachments={}))
    words = re.sub(r"[\s\u200b]", "", json.dumps(whole, ensure_ascii=False))
    assert "1,350,000.00" not in words and "另有2条事实仅列摘要" in words
    paths = {one["path"] for one in json.loads(files["explanations.json"])["explanations"]}
    assert "incidents.grades.inc-4" not in paths and "incidents.grades.inc-1" in paths


# -- long histories ---------------------------------------------------------------------------------


def many(count: int) -> Iterator[Mapping[str, Any]]:
    yield from (envelope for envelope in hostile() if envelope["type"] in ("ContractSigned", "LeaseStarted"))
    start = parse_on("2025-12-02").day
    for number in range(count):
        on = (start + timedelta(days=300 * number // count)).isoformat()
        measures = {"scope": "platform", "systems_share": "0.2", "people_affected": 200000 if number % 40 == 0 else 1,
                    "economic_loss": "2000000", "duration_minutes": 150}  # fmt: skip
        data = {"incident": f"i{number}", "kind": "outage", **measures}
        yield {"type": "IncidentReported", "on": on, "by": "supervisor", "data": data}


def test_of_more_than_400_facts_less_is_told_and_what_is_left_out_is_counted(tmp_path: Path) -> None:
    signed_a, signed_b, started, *more, the_401st = many(397)  # after the registration
    case = told(tmp_path, iter([signed_a, signed_b, started]), unchanged, sensitivity=False)
    case.ledger.record(case.contract, more)
    _tells(case, 400, 120, 400)
    case.ledger.record(case.contract, [the_401st])
    said = _tells(Told(case.ledger, case.contract, case.question), 401, 60, 64)  # those cited are listed
    assert "截至 2026-11-22 共有 401 条事实。本表只列本报告所引的" in said and "图中略去" in said
    assert "其余事实的原始字节全文" in said


def _tells(case: Told, count: int, rows: int, listed: int) -> str:
    whole, _ = composed(case.material())
    sections = {one["name"]: one["blocks"] for one in whole["sections"]}
    tables = {name: next(one for one in sections[name] if one["kind"] == "table") for name in ("incidents", "facts")}
    assert len(tables["incidents"]["rows"]) == rows and len(tables["facts"]["rows"]) == listed
    said = [one["text"]["en"] for one in sections["incidents"] if one["kind"] == "text"]
    assert f"Not in this table: {count - 4 - rows} more; all are in the attached conclusions.json." in said
    return json.dumps(whole, ensure_ascii=False)


# -- pieces -----------------------------------------------------------------------------------------


def test_no_two_marks_of_the_drawing_overlap() -> None:
    days = [parse_on("2026-03-01").day + timedelta(days=number // 3) for number in range(40)]
    incidents = [DrawnIncident(f"incident-{number}", day, "B", "counted") for number, day in enumerate(days)]
    drawn = drawing(incidents, ["2025-11-22", "2026-11-22"], [], parse_on("2026-11-22").day)
    places = [(mark["lane"], mark["x"]) for mark in drawn["marks"]]
    assert len(set(places)) == 40 and all(0 <= x <= WIDTH for _, x in places)
    for lane in {lane for lane, _ in places}:
        xs = sorted(x for other, x in places if other == lane)
        assert all(later - earlier > 6 for earlier, later in pairwise(xs))


def test_long_words_get_places_to_break_and_text_stays_otherwise_as_it_was() -> None:
    glyphs = report_glyphs.Glyphs()
    assert glyphs.text("a" * 30).replace("\u200b", "") == "a" * 30 and "\u200b" in glyphs.text("a" * 30)
    assert glyphs.text("CU12-1101-2025-018605") == "CU12-1101-2025-018605"
    assert glyphs.text("政务云，〔2025〕7号 é ①") == "政务云，〔2025〕7号 é ①" and not glyphs.spelled


def test_clauses_are_cited_as_the_contract_is() -> None:
    names = ["10.2", "annex 3 row 4", "annex 1 outage B", "annex 4", "civil code 203"]
    assert [clause_name(name).zh for name in names] == [
        "第 10.2 款", "附件 3 第 4 行", "附件 1 服务中断 B 级", "附件 4", "民法典第 203 条",
    ]  # fmt: skip
