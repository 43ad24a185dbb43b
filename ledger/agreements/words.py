"""Reading the words of an agreement from the ``words.zh.md`` beside each of its clauses.

    # 第九条 支付条款 · Payment

    ## 9.1

    the words, verbatim but for white space; cells of a table row are parted by ``｜``

    > an English gloss

Rules quote these words, and people are shown them; a test holds both against the contract.
"""

from __future__ import annotations

from pathlib import Path

from ledger.domain.words import Words


def read_words(agreement: Path) -> dict[str, Words]:
    """The words of every clause in an agreement's folder, and of the law above it, by name."""
    from ledger.domain.law import articles  # all of the law: most commands show nobody any words

    found: dict[str, Words] = {}
    for file in sorted(agreement.glob("*/words.zh.md")):
        found |= _clauses(file.read_text("utf-8"))
    return found | articles.WORDS


def _clauses(text: str) -> dict[str, Words]:
    found: dict[str, Words] = {}
    for titled in _after("# ", text):
        heading, _, rest = titled.partition("\n")
        title, _, title_en = heading.partition(" · ")
        for clause in _after("## ", rest):
            name, _, said = clause.partition("\n")
            zh, _, en = said.strip().partition("\n\n> ")
            found[name.strip()] = Words(title, title_en, zh.strip(), " ".join(en.split()))
    return found


def _after(mark: str, text: str) -> list[str]:
    """What follows each line that begins with ``mark``, up to the next."""
    return f"\n{text}".split(f"\n{mark}")[1:]
