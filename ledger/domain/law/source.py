"""The laws and interpretations that rules rest on, and how an article of one is named: ``civil code 203``."""

from __future__ import annotations

from typing import Final

from ledger.domain.declare import NamedTuple
from ledger.domain.words import Said, Words


class LawText(NamedTuple):
    """A law or an interpretation: ``slug`` as names begin, what a sentence calls it, and its full name and number."""

    slug: str
    called: Said
    in_full: Said


CIVIL_CODE: Final = LawText(
    "civil code", ("民法典", "Civil Code"),
    ("中华人民共和国民法典（2020年5月28日通过）", "Civil Code of the PRC (adopted on 28 May 2020)"),
)  # fmt: skip
CIVIL_PROCEDURE_LAW: Final = LawText(
    "civil procedure law", ("民事诉讼法", "Civil Procedure Law"),
    ("中华人民共和国民事诉讼法（2023年9月1日修正）", "Civil Procedure Law of the PRC (as amended on 1 September 2023)"),
)  # fmt: skip
CIVIL_PROCEDURE_INTERPRETATION: Final = LawText(
    "civil procedure interpretation", ("民诉法解释", "Interpretation of the Civil Procedure Law"),
    ("最高人民法院关于适用《中华人民共和国民事诉讼法》的解释（2022年修正）",
     "Supreme People's Court, Interpretation on applying the Civil Procedure Law (as amended in 2022)"),
)  # fmt: skip
CONTRACT_INTERPRETATION: Final = LawText(
    "contract interpretation", ("合同编通则解释", "Interpretation of the General Provisions on Contracts"),
    ("最高人民法院关于适用《中华人民共和国民法典》合同编通则若干问题的解释（法释〔2023〕13号）",
     "Supreme People's Court, Interpretation on the General Provisions of Contracts (Fa Shi [2023] No. 13)"),
)  # fmt: skip
LIMITATION_PROVISIONS: Final = LawText(
    "limitation provisions", ("诉讼时效规定", "Provisions on Limitation"),
    ("最高人民法院关于审理民事案件适用诉讼时效制度若干问题的规定（法释〔2008〕11号，2020年修正）",
     "Supreme People's Court, Provisions on limitation in civil cases (Fa Shi [2008] No. 11, as amended in 2020)"),
)  # fmt: skip
SOURCES: Final = (
    CIVIL_CODE, CIVIL_PROCEDURE_LAW, CIVIL_PROCEDURE_INTERPRETATION, CONTRACT_INTERPRETATION, LIMITATION_PROVISIONS,
)  # fmt: skip


def article(source: LawText, number: int, zh: str, en: str) -> tuple[str, Words]:
    """An article by its name: its title, its official words in Chinese, and an English gloss without force."""
    title = f"{source.called[0]}第{numeral(number)}条"
    return f"{source.slug} {number}", Words(title, f"{source.called[1]}, article {number}", zh, en)


def source_of(name: str) -> LawText | None:
    """The law that ``civil code 203`` is of; None for a clause of an agreement."""
    slug = name.rpartition(" ")[0]
    return next((source for source in SOURCES if source.slug == slug), None)


def numeral(number: int) -> str:
    """A number up to 9999 as laws write it: 203 as 二百零三."""
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return written.removeprefix("一") if 10 <= number < 20 else written
