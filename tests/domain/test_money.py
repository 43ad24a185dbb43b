"""Amounts are whole fen, read strictly, rounded once, and written out in capitals."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.money import Fen, capitals, fen, round_half_up, thousands, yuan

AMOUNTS = st.integers(min_value=0, max_value=10**17 - 1).map(Fen)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", 0),
        ("0.0", 0),
        ("0.05", 5),
        ("0.5", 50),
        ("7", 700),
        ("7.1", 710),
        ("1843129.06", 184312906),
        ("2303911.32", 230391132),
        ("999999999999999.99", 10**17 - 1),
    ],
)
def test_an_amount_in_yuan_is_read_exactly(text: str, amount: int) -> None:
    assert fen(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "1 ",
        "1\n",
        "+1",
        "-1",
        "-0",
        ".5",
        "5.",
        "1.234",
        "1.000",
        "01",
        "00",
        "1,000.00",
        "1e3",
        "1E3",
        "NaN",
        "Infinity",
        "0x10",
        "1_000",
        "¥1",
        "1元",
        "１",
        "١",
        "1.٢",
        "1000000000000000",
        "--1",
        "1.-1",
    ],
)
def test_what_is_no_amount_in_yuan_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="at most two decimals"):
        fen(text)


def test_a_minus_sign_is_read_only_where_it_is_allowed() -> None:
    assert fen("-12.50", signed=True) == -1250
    assert fen("12.50", signed=True) == 1250
    assert fen("-0.00", signed=True) == 0
    with pytest.raises(ValueError, match="yuan"):
        fen("-12.50")
    with pytest.raises(ValueError, match="yuan"):
        fen("--12.50", signed=True)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (50, "0.50"),
        (100, "1.00"),
        (184312906, "1843129.06"),
        (-5, "-0.05"),
        (-101, "-1.01"),
    ],
)
def test_an_amount_is_shown_with_two_decimals(amount: int, text: str) -> None:
    assert yuan(Fen(amount)) == text


@given(AMOUNTS)
def test_what_is_shown_reads_back_as_the_same_amount(amount: Fen) -> None:
    assert fen(yuan(amount)) == amount
    assert fen(yuan(Fen(-amount)), signed=True) == -amount


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        (Fraction(1, 2), 1),
        (Fraction(4999, 10000), 0),
        (Fraction(5001, 10000), 1),
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),
        (Fraction(7), 7),
        (Fraction(-1, 2), -1),
        (Fraction(-4999, 10000), 0),
        (Fraction(-5, 2), -3),
    ],
)
def test_halves_are_rounded_up_and_away_from_zero(exact: Fraction, rounded: int) -> None:
    assert round_half_up(exact) == rounded


def test_a_month_of_the_contract_at_half_rate_is_rounded_once_at_its_end() -> None:
    month = Fraction(fen("100001.00"), 12)
    assert yuan(round_half_up(month / 2)) == "4166.71"
    assert yuan(round_half_up(Fraction(fen("2303911.32"), 12))) == "191992.61"


@given(st.fractions(min_value=-(10**12), max_value=10**12))
def test_rounding_moves_by_at_most_half_a_fen_and_is_symmetrical(exact: Fraction) -> None:
    assert abs(round_half_up(exact) - exact) <= Fraction(1, 2)
    assert round_half_up(-exact) == -round_half_up(exact)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2303911.32", "贰佰叁拾万叁仟玖佰壹拾壹元叁角贰分"),  # the contract's own words, art. 9.1
        ("0.00", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1.00", "壹元整"),
        ("10.00", "壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100001.00", "壹拾万零壹元整"),
        ("1000000001.00", "壹拾亿零壹元整"),
        ("999999999999999.99", "玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_is_written_in_capitals(text: str, words: str) -> None:
    assert capitals(fen(text)) == words


def test_an_amount_below_zero_is_written_with_its_sign() -> None:
    assert capitals(Fen(-150)) == "负壹元伍角整"


def test_an_amount_past_what_capitals_can_name_is_refused() -> None:
    capitals(Fen(10**17 - 1))
    with pytest.raises(ValueError, match="too large"):
        capitals(Fen(10**17))


@given(st.one_of(AMOUNTS, st.integers(min_value=0, max_value=10**8).map(Fen)))
def test_capitals_agree_with_another_library(amount: Fen) -> None:
    import cn2an  # here, as every worker imports what stands above

    theirs = cn2an.an2cn(yuan(amount), "rmb")
    # 整 after 角 may be written or left out; they leave it out.
    assert capitals(amount).replace("角整", "角") == theirs


@given(st.lists(AMOUNTS, min_size=2, max_size=2, unique=True))
def test_two_amounts_never_share_their_capitals(amounts: list[Fen]) -> None:
    assert capitals(amounts[0]) != capitals(amounts[1])


@pytest.mark.parametrize(("amount", "said"), [
    ("2303911.32", "2,303,911.32"), ("999.00", "999.00"), ("1000.00", "1,000.00"), ("-0.50", "-0.50"),
    ("-1843129.06", "-1,843,129.06"), ("–", "–"), ("", ""),
])  # fmt: skip
def test_an_amount_for_people_has_its_thousands_apart_and_keeps_its_sign(amount: str, said: str) -> None:
    assert thousands(amount) == said
