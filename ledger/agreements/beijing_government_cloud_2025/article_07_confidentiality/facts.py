"""第七条 保密: materials, staff under confidentiality, leaks."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.vocabulary import LEAK, PERSON, RETURN_REQUEST
from ledger.domain.fact import AB, DONE, PERFORMED, A, B, fact
from ledger.domain.fields import Identifier, Personal, Text, YesNo


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


@fact(
    "7.2", zh="泄密报告", en="leak reported", actors=AB, introduces=LEAK,
    meaning="保密信息外泄。",
    labels={"summary": ("摘要", "summary")},
    example={"summary": "网络拓扑外泄"},
)  # fmt: skip
class LeakReported:
    """Confidential information got out (Art. 7.2)."""

    leak: Identifier
    summary: Text
