"""The foot of a page: rules version, notices and digests, so that a printed sheet can be filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from markupsafe import Markup

from api.console.words import PageWords


def foot(answer: Mapping[str, Any], words: PageWords, page: str, **asked: object) -> Markup:
    """The receipt of an answer in words, and the permanent address of what the page ``page`` shows now."""
    receipt = answer["receipt"]
    notices = words.listed(dict.fromkeys(receipt["calendar"].values())) or words.say("foot.none")
    said = words.say("foot.receipt", rules=receipt["rules"], terms=_short(receipt["terms"], words), notices=notices,
                     head=_short(receipt["head"], words), result=_short(receipt["result"], words))  # fmt: skip
    known_at = words.clock(answer["known_at"], seconds=True)
    fixed = words.url(page, **{"as_of": answer["as_of"], "known_at": known_at, **asked})
    link = Markup('<a href="{}">{}</a>').format(fixed, unquote_plus(fixed))
    return Markup('<div class="foot"><p>{}</p><p>{}</p></div>').format(said, words.say("foot.fixed", address=link))


def _short(digest: str, words: PageWords) -> Markup:
    return Markup('<abbr title="{}">{}</abbr>').format(digest, words.ident(f"{digest[:8]}…{digest[-8:]}"))
