"""Every article of the law that conclusions rest on, by name, each under its topic with the rule that follows."""

from __future__ import annotations

from ledger.domain.law import breach, consent, interpretation, limitation, performance, periods, proof, termination
from ledger.domain.words import Words

WORDS: dict[str, Words] = {
    name: words
    for topic in (consent, interpretation, periods, limitation, performance, termination, breach, proof)
    for name, words in topic.WORDS.items()
}
