"""Money: exact fen, the one place that rounds, and amounts in Chinese capitals (大写).

Amounts are CNY and whole fen. Everything in between is an exact ``Fraction`` of fen, and
``round_half_up`` is called once, at a computation's end (SPEC 3).
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final, NewType

Fen = NewType("Fen", int)
"""A sum of money in fen (1 yuan = 100 fen), a whole number."""

# Fifteen digits before the point: amounts end below 999万亿 yuan, where 大写 is still unambiguous.
_AMOUNT: Final = re.compile(r"(-?)(0|[1-9][0-9]{0,14})(?:\.([0-9]{1,2}))?")

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_UNITS: Final = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))
_LARGEST: Final = 10**17 - 1


def fen(text: str, *, signed: bool = False) -> Fen:
    """The amount written as a decimal string of yuan: ``"1843129.06"`` is 184312906 fen.

    At most two decimals, no exponent, no thousands separators, no leading zeros or plus sign;
    a minus sign only if ``signed``. Raises ValueError for anything else.
    """
    match = _AMOUNT.fullmatch(text)
    if match is None or (match[1] and not signed):
        raise ValueError(f"not an amount in yuan with at most two decimals: {text!r}")
    amount = int(match[2]) * 100 + int((match[3] or "0").ljust(2, "0"))
    return Fen(-amount if match[1] else amount)


def yuan(amount: Fen) -> str:
    """The amount in yuan, always with two decimals: 184312906 is ``"1843129.06"``."""
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:02d}"


def thousands(amount: str) -> str:
    """An amount as :func:`yuan` writes it, for people: ``2303911.32`` as 2,303,911.32; what is none as it is."""
    sign, bare = ("-", amount[1:]) if amount.startswith("-") else ("", amount)
    whole, point, rest = bare.partition(".")
    return f"{sign}{int(whole):,}{point}{rest}" if whole.isdigit() else amount


def said_yuan(amount: Fen) -> str:
    """An amount as a sentence says it, in yuan: 184312906 is ``1,843,129.06``."""
    return thousands(yuan(amount))


def percent(rate: Decimal | str) -> str:
    """A share of one in per cent, exactly: 0.125 is ``12.5%``, 2.00 is ``200%``."""
    return f"{(Decimal(rate) * 100).normalize():f}%"


def cut(value: Fraction, places: int) -> str:
    """What is measured (not negative), cut after so many decimals and never rounded: as it is shown it lies on the same
    side of every limit that has no more decimals. Zeros at the end are left out from the third decimal on."""
    whole, part = divmod(value * 10**places // 1, 10**places)
    decimals = f"{part:0{places}d}"
    return f"{whole}.{decimals[:2]}{decimals[2:].rstrip('0')}"


def round_half_up(amount: Fraction) -> Fen:
    """An exact number of fen to the nearest whole fen, halves away from zero (四舍五入)."""
    size = (2 * abs(amount.numerator) + amount.denominator) // (2 * amount.denominator)
    return Fen(-size if amount.numerator < 0 else size)


def capitals(amount: Fen) -> str:
    """The amount as written on invoices and contracts: ``贰佰叁拾万叁仟玖佰壹拾壹元叁角贰分``.

    Follows the rules for filling in bills (正确填写票据和结算凭证的基本规定): 整 after whole yuan
    and after 角, 零 where fen follow yuan without 角. Raises ValueError from 1000万亿 yuan on.
    """
    size = abs(amount)
    if size > _LARGEST:
        raise ValueError(f"too large to write in capitals: {yuan(amount)}")
    whole, jiao, rest = size // 100, size // 10 % 10, size % 10
    text = "负" if amount < 0 else ""
    if whole or not size:
        text += f"{_whole(whole)}元"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif rest and whole:
        text += "零"
    return text + (f"{_DIGITS[rest]}分" if rest else "整")


def _whole(number: int) -> str:
    """A whole number in capitals; one 零 where the part after a unit begins with zeros."""
    for unit, name in _UNITS:
        if number >= unit:
            high, low = divmod(number, unit)
            text = _whole(high) + name
            if not low:
                return text
            return text + ("零" if low < unit // 10 else "") + _whole(low)
    return _DIGITS[number]
