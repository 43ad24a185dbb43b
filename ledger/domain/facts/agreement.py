"""Facts of every contract: its registration and signatures, what the parties changed of it, how they read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.errors import Refusal
from ledger.domain.fact import AB, DONE, OPTION, PARTIES, READING, fact
from ledger.domain.fields import BothParties, Identifier, JsonObject, Party, Text
from ledger.domain.values import quoted

if TYPE_CHECKING:
    from ledger.domain.admission_names import Assertion


@fact(
    zh="合同登记", en="contract registered", actors=AB,
    meaning="合同正文和附件所载条款参数登入账本，是合同的第一条事实。",
    labels={"terms": ("合同条款参数", "terms")},
)  # fmt: skip
class ContractRegistered:
    """The contract's terms, body and annexes as one document, entered the ledger."""

    terms: JsonObject


def _by_a_party(what: ContractSigned, path: str) -> None:
    if what.party not in PARTIES:
        raise Refusal("SIGNATURE_BY_NON_PARTY", f"{path}.party", party=quoted(what.party))


def _ones_own(said: Assertion) -> None:
    if said.what.party != said.actor:
        raise said.refusal("SIGNATURE_OF_ANOTHER", "party", party=said.what.party, actor=said.actor)


@fact(
    zh="签署合同", en="contract signed", actors=AB, first=True, stranger="SIGNATURE_BY_NON_PARTY",
    check=_by_a_party, admit=_ones_own,
    saying=DONE,
    meaning="一方在合同上签字盖章；签署方即作出这条事实的角色。",
)  # fmt: skip
class ContractSigned:
    """A party signed and sealed the contract; ``party`` is the one that asserts it."""

    party: Party


@fact(
    zh="合同变更", en="amendment agreed", actors=AB, first=True,
    meaning="双方书面确认变更合同条款参数；逐项写明变更哪一条款参数，改为什么。",
    labels={"changes": ("变更", "changes"), "summary": ("摘要", "summary")},
    example={"changes": {"contract.title": "政务云服务协议"}, "summary": "补充协议一"},
)  # fmt: skip
class AmendmentAgreed:
    """Both parties confirmed in writing a change of terms."""

    changes: JsonObject
    confirmed_by: BothParties
    summary: Text


@fact(
    zh="约定条款解读", en="reading agreed", actors=AB, first=True,
    chosen={"reading": READING, "option": OPTION},
    meaning="双方书面确认某处不明确的条文如何理解。",
    labels={"reading": ("解读", "reading"), "option": ("选项", "option")},
)  # fmt: skip
class ReadingAgreed:
    """Both parties confirmed how an unclear passage is to be read."""

    reading: Identifier
    option: Identifier
    confirmed_by: BothParties
