"""Who has to prove what (举证责任)."""

from __future__ import annotations

from ledger.domain.law.source import CIVIL_PROCEDURE_INTERPRETATION, article

WORDS = dict((
    article(
        CIVIL_PROCEDURE_INTERPRETATION, 90,
        "当事人对自己提出的诉讼请求所依据的事实或者反驳对方诉讼请求所依据的事实，应当提供证据加以证明，"
        "但法律另有规定的除外。\n"
        "在作出判决前，当事人未能提供证据或者证据不足以证明其事实主张的，"
        "由负有举证证明责任的当事人承担不利的后果。",
        "A party proves the facts on which its claim, or its answer to the other's claim, rests, unless law provides "
        "otherwise. If by the judgment it has given no evidence or not enough, the party that bears the burden of "
        "proof bears the consequence.",
    ),
    article(
        CIVIL_PROCEDURE_INTERPRETATION, 91,
        "人民法院应当依照下列原则确定举证证明责任的承担，但法律另有规定的除外：\n"
        "（一）主张法律关系存在的当事人，应当对产生该法律关系的基本事实承担举证证明责任；\n"
        "（二）主张法律关系变更、消灭或者权利受到妨害的当事人，"
        "应当对该法律关系变更、消灭或者权利受到妨害的基本事实承担举证证明责任。",
        "The burden of proof lies, unless law provides otherwise, with who says that a legal relation exists, for the "
        "basic facts that made it; and with who says that it was changed, ended or impeded, for the basic facts of "
        "that.",
    ),
))  # fmt: skip
