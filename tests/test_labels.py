"""Every name a conclusion can hold has a label in Chinese and in English."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from ledger import labels
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.answer import Reason
from ledger.agreements.beijing_government_cloud_2025.article_04_operation import rule as art_04_operation
from ledger.agreements.beijing_government_cloud_2025.readings import READINGS
from ledger.domain.declare import is_typed_dict
from ledger.domain.fact import ROLES, TYPES
from ledger.domain.template import TEMPLATES
from ledger.messages import CATALOGUE, LATER, say

CHINESE = re.compile("[一-鿿]")
LEDGER = Path(labels.__file__).parent
STATES = ("pending", "overdue", "fulfilled", "fulfilled_late", "standing", "breached", "cancelled")
PHASES = ("registered", "effective", "in_service", "ended", "terminated", "closed")
GROUNDS = ("open", "lapsed", "exercised", "moot", "unsupported")
DUTIES = (
    "trial-run", "deployment", "stage-review", "pay-invoice", "rework", "return-materials", "rectify", "scale-out",
    "monitoring-report", "on-site-duty", "host-hardening", "host-scan", "switchover", "security-review",
    "availability", "confidentiality",
)  # fmt: skip
ANOMALIES = sorted(
    set(re.findall(r'anomaly\(\s*"([A-Z_]+)"|append\("(INVOICE_[A-Z_]+)"', "".join(
        file.read_text("utf-8") for file in Path(art_04_operation.__file__).parents[1].glob("*/rule.py")
    )))
)  # fmt: skip
NAMES = [
    *(("state", one) for one in STATES), *(("phase", one) for one in PHASES), *(("ground", one) for one in GROUNDS),
    *(("duty", one) for one in DUTIES), *(("role", one) for one in ROLES), *(("reading", one) for one in READINGS),
    *(("reading", f"{one}={option}") for one, known in READINGS.items() for option in known.options),
    *(("anomaly", one or other) for one, other in ANOMALIES), *(("weekday", str(day)) for day in range(7)),
]  # fmt: skip


def test_every_name_has_a_label_in_both_languages() -> None:
    for sort, name in NAMES:
        zh, en = (labels.label(sort, name, lang) for lang in ("zh", "en"))  # type: ignore[arg-type]

        quoted = en.replace("因不可抗力造成", "").replace("1 年内", "")
        assert CHINESE.search(zh) and not CHINESE.search(quoted), (zh, en)
        assert name not in (zh, en) or "_" not in name


def test_there_are_anomalies_to_look_at() -> None:
    assert len(ANOMALIES) >= 8


def test_every_fact_type_has_a_chinese_and_an_english_label() -> None:
    for type_ in TYPES.values():
        assert CHINESE.search(type_.zh) and type_.en.isascii(), type_.name


@pytest.mark.parametrize("path, zh, en", [
    ("phase", "合同阶段", "phase"),
    ("balance.overdue", "其中逾期", "overdue"),
    ("obligations.pay-invoice:INV-1.state", "义务 “支付发票 INV-1” 状态", "obligation “pay the invoice INV-1” state"),
    ("obligations.pay-invoice:INV.1", "义务 “支付发票 INV.1”", "obligation “pay the invoice INV.1”"),
    ("termination.grounds.10.2@2026-03-01.state", "解除事由 第 10.2 款 2026-03-01 状态",
     "ground for termination clause 10.2 2026-03-01 state"),
    ("damages.items.a2-r1:x.amount", "违约金项目 a2-r1:x 金额", "damages item a2-r1:x amount"),
    ("termination.declared.C#9.served_on", "宣告解除 #9 到达日", "declaration of termination #9 arrived on"),
    ("positions.damages.accrued.party_b", "双方视角的分歧 应计违约金（法院可调整） 乙方视角",
     "views differ on damages accrued (a court may adjust them) party B's view"),
    ("anomalies.NOTICE_TOO_SHORT@C#3", "异常 提前通知的期限不足 #3", "anomaly notice too short #3"),
])  # fmt: skip
def test_a_path_is_said_in_words(path: str, zh: str, en: str) -> None:
    assert (labels.path(path, "zh"), labels.path(path, "en")) == (zh, en)


def test_values_are_said_in_words() -> None:
    assert labels.value("term.ends_on", "2026-12-01", "zh") == "2026-12-01 周二"
    assert labels.value("termination.allowed", True, "en") == "yes"
    assert labels.value("obligations.x.state", "overdue", "zh") == "逾期"
    assert labels.value("security-review", {"state": "pending", "due_on": None}, "zh") == "待履行"
    assert labels.value("contested", ["C#3"], "zh") == "#3"
    assert labels.value("readings.lapse", "never", "en") == "it does not"
    assert labels.value("exit.request", None, "zh") == "无"
    for reason in get_args(Reason):
        for lang in ("zh", "en"):
            assert reason not in labels.value("incidents.excluded.inc-3", {"reason": reason}, lang)


ITEM = {"amount": "15300.00", "absorbed_by": "a3-r11:x", "rate": "0.30"}
DEBT = {"state": "running", "amount": "192991.62", "last_day": "2029-07-03"}
CLAIM = {"fact": "C#43", "by": "party_b", "why": "changes-anothers-word", "concerns": "C#12"}
TIED = {"incident": "inc-3", "reason": "same-cause", "counted_as": "inc-2"}
DUTY = {"state": "fulfilled", "due_on": "2025-12-31"}
POSITION = {"path": "damages.accrued", "record": "288113.63", "party_a": "288113.63", "party_b": "282746.96"}


@pytest.mark.parametrize(("path", "before", "after", "zh", "en"), [
    ("damages.items.a3-r8:x", None, ITEM, "违约金项目 a3-r8:x：新增 15,300.00，被 a3-r11:x 吸收",
     "damages item a3-r8:x: new, 15,300.00, absorbed by a3-r11:x"),
    ("damages.items.a3-r8:x.rate", "0.30", "0.50", "违约金项目 a3-r8:x 比例：0.30 → 0.50",
     "damages item a3-r8:x rate: 0.30 → 0.50"),
    ("limitation.a3-r8:x", DEBT, None,
     "诉讼时效 “违约金 a3-r8:x”：不再列出（原为 未届满，192,991.62，最后一日 2029-07-03 周二）",
     "limitation of “damages a3-r8:x”: no longer listed (was running, 192,991.62, last day 2029-07-03 Tue)"),
    ("claims.C#43", None, CLAIM, "一方主张 #43：新增 乙方，会改变他方所述，关于 #12",
     "claim #43: new, party B, it would change what another role said, about #12"),
    ("incidents.excluded.inc-3", None, TIED, "不计入的事件 inc-3：新增 同一原因，并入 inc-2",
     "incident excluded inc-3: new, same cause, counted as inc-2"),
    ("obligations.deployment", None, DUTY, "义务 “完成云资源部署”：新增 已履行，到期 2025-12-31 周三",
     "obligation “deploy the cloud resources”: new, fulfilled, due 2025-12-31 Wed"),
    ("positions.damages.accrued", POSITION, None,
     "双方视角的分歧 应计违约金（法院可调整）：不再列出（原为 共同记录 288,113.63；甲方视角 288,113.63；"
     "乙方视角 282,746.96）",
     "views differ on damages accrued (a court may adjust them): no longer listed (was of record 288,113.63; "
     "party A's view 288,113.63; party B's view 282,746.96)"),
    ("positions.damages.accrued.party_b", "282746.96", "0.00",
     "双方视角的分歧 应计违约金（法院可调整） 乙方视角：282,746.96 → 0.00",
     "views differ on damages accrued (a court may adjust them) party B's view: 282,746.96 → 0.00"),
    ("obligations.deployment.settled_by", [], ["C#3"], "义务 “完成云资源部署” 了结依据：无 → #3",
     "obligation “deploy the cloud resources” settled by: none → #3"),
    ("exit.request", {}, None, "退出申请：不再列出", "exit request: no longer listed"),
])  # fmt: skip
def test_a_change_says_what_was_and_what_is(path: str, before: Any, after: Any, zh: str, en: str) -> None:
    assert labels.change(path, before, after, "zh") == zh
    assert labels.change(path, before, after, "en") == en


def test_of_changes_anomalies_come_first_then_the_sections_in_the_reports_order_and_details_last() -> None:
    told = [
        "obligations.x.settled_by", "balance.paid", "limitation.a3-r8:x", "termination.state", "obligations.x.state",
        "anomalies.NOTICE_TOO_SHORT@C#3", "phase", "claims.C#43",
    ]  # fmt: skip
    assert sorted(told, key=labels.weight) == [
        "anomalies.NOTICE_TOO_SHORT@C#3", "phase", "termination.state", "balance.paid", "limitation.a3-r8:x",
        "obligations.x.state", "claims.C#43", "obligations.x.settled_by",
    ]  # fmt: skip


def test_a_moment_is_shown_as_beijings_clock_and_its_weekday_there() -> None:
    assert labels.weekday("2026-02-03T20:30:00+00:00", "zh") == "2026-02-04 04:30 周三"
    assert labels.weekday("2026-02-03T09:20:05+08:00", "en") == "2026-02-03 09:20:05 Tue"
    assert labels.clock("2026-02-03T01:20:00.000250Z", "en", exact=True) == "2026-02-03 09:20:00.000250 Beijing"


def test_every_field_of_a_record_of_an_answer_has_a_name() -> None:
    for template in TEMPLATES.values():
        for section in template.sections.values():
            hints = get_type_hints(section.shape) if is_typed_dict(section.shape) else {}
            for part in section.records:
                [record] = get_args(hints[part] if part else section.shape)
                for name in get_type_hints(record).keys() - {"path"}:
                    assert f"field.{name}" in CATALOGUE, (section.key, part, name)


def test_every_entry_of_the_catalogue_says_it_in_both_languages_with_the_same_values() -> None:
    named = re.compile(r"(?<!\{)\{(\w+)")
    for code, (zh, en) in CATALOGUE.items():
        in_zh, in_en = ({name.removesuffix("_zh") for name in named.findall(text)} for text in (zh, en))
        # What a party wrote stands once in the report, with the Chinese.
        assert en and (zh or code == "joint:sentence"), code  # nothing stands between two sentences in Chinese
        assert in_en == in_zh or code == "report.recorded_words", code


def catalogue_parts() -> dict[str, dict[str, tuple[str, str]]]:
    names = [file.stem for file in (LEDGER / "messages").glob("[a-z]*.py")]
    return {name: vars(import_module(f"ledger.messages.{name}"))[name.upper()] for name in names}


def test_what_is_put_together_of_a_sort_and_a_name_is_loaded_at_once() -> None:
    parts = catalogue_parts()
    assert set(LATER) < parts.keys()
    assert [code for part in LATER for code in parts[part] if re.match(r"[a-z-]+:|path\.|field\.", code)] == []


def test_no_code_stands_in_two_parts_of_the_catalogue() -> None:
    parts = catalogue_parts()
    codes = [code for part in parts.values() for code in part]
    assert len(codes) == len(set(codes))
    assert set(codes) <= CATALOGUE.keys()  # what an agreement declares comes beside, and takes no code that is there


def test_every_code_said_in_the_command_line_is_in_the_catalogue() -> None:
    text = "".join(file.read_text("utf-8") for file in (LEDGER / "cli").glob("*.py"))
    said = set(re.findall(r'(?:say|Refusal)\(\s*"([^"]+)"', text))
    said |= {f"screen.{word}" for word in re.findall(r'\.word\(\s*"([^"]+)"', text)}
    said |= {f"help.{word}" for word in re.findall(r'option\("--[^"]+", "([^"]+)"', text)}
    assert len(said) > 60
    assert said <= set(CATALOGUE), said - set(CATALOGUE)
    assert say("screen.none", "en") == "none"


def test_an_article_of_the_law_is_named_as_such_where_clauses_are_listed() -> None:
    assert labels.clause("civil code 188", "zh") == "民法典 188"
    assert labels.clause("civil procedure law 250", "en") == "Civil Procedure Law 250"
    assert labels.clause("9.1", "zh") == "9.1"
