"""What people write in a cell, as the value it states."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import messages
from ledger.domain.errors import Refusal
from ledger.domain.fields import (
    BOOLEAN,
    BOTH,
    COUNT,
    DAY,
    DOCUMENT,
    IDENTIFIER,
    IDENTIFIERS,
    MINUTES,
    MONEY,
    MONTH,
    ON,
    PARTY,
    PERCENT,
    SHARE,
)
from ledger.domain.values import Shape, choice
from ledger.importers.cells import cell_of, value_of

KIND = choice("类型", "kind", {"outage": ("服务中断", "outage"), "data_loss": ("数据丢失", "data loss")})


@pytest.mark.parametrize(("cell", "shape", "value"), [
    ("1,843,129.06", MONEY, "1843129.06"), ("￥1,200", MONEY, "1200"), ("１２３．５０", MONEY, "123.50"),
    ("1200 元", MONEY, "1200"), (1843129.06, MONEY, "1843129.06"), (0.1 + 0.2, MONEY, "0.3"),
    (1e11, MONEY, "100000000000"),
    ("-5", MONEY, "-5"), ("很多", MONEY, "很多"), ("0001.50", MONEY, "1.50"), ("12.3400", MONEY, "12.34"),
    ("6%", SHARE, "0.06"), ("６％", SHARE, "0.06"), ("0.06", SHARE, "0.06"), (0.06, SHARE, "0.06"),
    ("12.5%", SHARE, "0.125"),
    ("99.95%", PERCENT, "99.95"), ("99.95", PERCENT, "99.95"), (99.95, PERCENT, "99.95"), (0, PERCENT, "0"),
    ("是", BOOLEAN, True), ("否", BOOLEAN, False), ("Yes", BOOLEAN, True), (False, BOOLEAN, False),
    ("√", BOOLEAN, True),
    ("2026/2/3", DAY, "2026-02-03"), ("2026年2月3日", DAY, "2026-02-03"), ("2026.2.3", DAY, "2026-02-03"),
    ("20260203", DAY, "2026-02-03"), (date(2026, 2, 3), DAY, "2026-02-03"), ("２０２６/２/３", DAY, "2026-02-03"),
    (datetime(2026, 2, 3), ON, "2026-02-03"), (datetime(2026, 2, 3, 9, 30), ON, "2026-02-03T09:30:00+08:00"),
    ("2026/3/1 10:00", ON, "2026-03-01T10:00:00+08:00"), ("2026年3月1日 9时5分", ON, "2026-03-01T09:05:00+08:00"),
    ("2026-03-01T02:00:00Z", ON, "2026-03-01T02:00:00Z"), ("2026/3/1", ON, "2026-03-01"),
    ("2026-02", MONTH, "2026-02"), ("2026年2月", MONTH, "2026-02"), (date(2026, 2, 1), MONTH, "2026-02"),
    ("甲方", PARTY, "party_a"), ("party B", PARTY, "party_b"), ("party_b", PARTY, "party_b"),
    ("服务中断", KIND, "outage"), ("Data Loss", KIND, "data_loss"), ("outage", KIND, "outage"),
    ("双方", BOTH, ["party_a", "party_b"]), ("甲方、乙方", BOTH, ["party_a", "party_b"]),
    ("inc-1、inc-2；inc-3,inc-4", IDENTIFIERS, ["inc-1", "inc-2", "inc-3", "inc-4"]),
    ('["a,b", "c"]', IDENTIFIERS, ["a,b", "c"]),
    (45.0, MINUTES, 45), ("15.4", MINUTES, "15.4"), (timedelta(hours=2, minutes=30), MINUTES, 150),
    ("120,000", COUNT, 120000),
    (7.0, IDENTIFIER, "7"), ("'=SUM(A1)", IDENTIFIER, "=SUM(A1)"), ('="00123"', IDENTIFIER, "00123"),
    (" x ", IDENTIFIER, "x"),
    ("payment.pay_within_working_days=10\ncontract.title=新", DOCUMENT,
     {"payment.pay_within_working_days": 10, "contract.title": "新"}),
])  # fmt: skip
def test_a_cell_says(cell: Any, shape: Shape, value: Any) -> None:
    assert value_of(cell, shape) == value


@pytest.mark.parametrize(("cell", "shape", "code"), [
    (25117000000012345678.0, IDENTIFIER, "CELL_DIGITS_LOST"), ("2.5117E+19", IDENTIFIER, "CELL_DIGITS_LOST"),
    ("2.5117E+19", MONEY, "CELL_DIGITS_LOST"), (0.9995, PERCENT, "CELL_PERCENT_UNCLEAR"),
    ("120万", MONEY, "CELL_IN_TEN_THOUSANDS"), ("1.2 亿元", MONEY, "CELL_IN_TEN_THOUSANDS"),
    ("=A1+B1", MONEY, "CELL_FORMULA"), ("#DIV/0!", MONEY, "CELL_ERROR"), ("3/2/2026", DAY, "CELL_NOT_A_DAY"),
    ("2026/2/3 下午", ON, "CELL_NOT_A_DAY"), (date(2026, 2, 3), MONTH, "CELL_NOT_A_MONTH"),
    ("或许", BOOLEAN, "CELL_NOT_YES_OR_NO"),
    ("中断", KIND, "CELL_NOT_A_WORD"), ("付款期限改为十日", DOCUMENT, "CELL_RECORD"),
    ("[1.5]", IDENTIFIERS, "JSON_FLOAT"),
])  # fmt: skip
def test_what_cannot_be_told_from_a_cell_is_refused_and_not_guessed(cell: Any, shape: Shape, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        value_of(cell, shape)
    assert refused.value.code == code


def test_an_amount_in_ten_thousands_is_told_what_it_comes_to() -> None:
    with pytest.raises(Refusal) as refused:
        value_of("１１０．５万", MONEY)
    assert "1105000.00" in messages.refusal(refused.value)


IDENTIFIER_TEXT = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)


@given(st.lists(IDENTIFIER_TEXT, min_size=1, max_size=4, unique=True))
def test_what_is_written_into_a_cell_is_read_out_of_it_again(names: list[str]) -> None:
    from ledger.exporters.csv_table import disarmed

    for value, shape in ((names, IDENTIFIERS), (names[0], IDENTIFIER)):
        cell = cell_of(value, shape)
        try:
            assert value_of(disarmed(str(cell)), shape) == value
        except Refusal as refused:
            assert refused.code in ("CELL_DIGITS_LOST", "CELL_ERROR")
