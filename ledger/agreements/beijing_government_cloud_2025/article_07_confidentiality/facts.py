"""第七条 保密: materials, staff under confidentiality, leaks."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from ledger.agreements.beijing_government_cloud_2025.vocabulary import LEAK, PERSON, RETURN_REQUEST
from ledger.domain.fact import AB, DONE, PERFORMED, A, B, Data, fact
from ledger.domain.fields import Identifier, Personal, Text, YesNo
from ledger.domain.values import choice


@fact(
    "7.2", zh="要求归还资料", en="return of materials requested", actors=A, introduces=(RETURN_REQUEST, "request"),
    saying=DONE,
    meaning="甲方书面要求归还保密资料。",
)  # fmt: skip
class ReturnOfMaterialsRequested:
    """Party A asked in writing for its confidential materials back (Art. 7.2)."""

    request: Identifier


@fact(
    "7.2", zh="归还资料", en="materials returned", actors=B, subject=(RETURN_REQUEST, "request"),
    saying=PERFORMED,
    meaning="乙方归还了保密资料。",
)  # fmt: skip
class MaterialsReturned:
    """Party B returned the confidential materials (Art. 7.2)."""

    request: Identifier


@fact(
    "7.2", zh="人员到岗", en="personnel assigned", actors=B, introduces=PERSON,
    meaning="一名人员（以代号指明）加入乙方项目团队；姓名和电话是个人信息。",
    labels={"nda_signed": ("已签保密协议", "NDA signed"), "name": ("姓名", "name"), "phone": ("电话", "phone")},
)  # fmt: skip
class PersonnelAssigned:
    """A person, by pseudonym, joined party B's project staff (Art. 7.2); name and phone are personal."""

    person: Identifier
    nda_signed: YesNo
    name: Personal | None = None
    phone: Personal | None = None


@fact(
    "7.2", zh="人员更换", en="personnel replaced", actors=B, subject=PERSON,
    meaning="一名人员离开项目团队，交接是否已报甲方备案。",
    labels={"handover_filed": ("交接已备案", "handover filed")},
)  # fmt: skip
class PersonnelReplaced:
    """A person left the project's staff; ``handover_filed`` with party A or not (Annex 5, Art. 7.2)."""

    person: Identifier
    handover_filed: YesNo


Leaker: TypeAlias = Annotated[str, choice("泄密方", "leaked by", {
    "party_a": ("甲方", "party A"), "party_b": ("乙方", "party B"), "other": ("他方", "others"),
    "unknown": ("不明", "unknown"),
}, name="Leaker")]


def _of_party_b(data: Data) -> Data:
    """Version 1 did not say whose leak it was: it was told of party B's, whose duty it breached (rules 2026.1)."""
    return {"leaked_by": "party_b"} | data


@fact(
    "7.2", zh="泄密报告", en="leak reported", actors=AB, introduces=LEAK, upcasts={1: _of_party_b},
    meaning="保密信息外泄，并写明由谁泄露。",
    labels={"summary": ("摘要", "summary")},
    example={"summary": "网络拓扑外泄", "leaked_by": "party_b"},
)  # fmt: skip
class LeakReported:
    """Confidential information got out through ``leaked_by`` (Art. 7.2)."""

    leak: Identifier
    summary: Text
    leaked_by: Leaker
