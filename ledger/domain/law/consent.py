"""How what somebody declares takes effect, and parties come to agree (意思表示, 要约, 承诺)."""

from __future__ import annotations

from ledger.domain.law.source import CIVIL_CODE, article

WORDS = dict((
    article(
        CIVIL_CODE, 137,
        "以对话方式作出的意思表示，相对人知道其内容时生效。\n"
        "以非对话方式作出的意思表示，到达相对人时生效。以非对话方式作出的采用数据电文形式的意思表示，"
        "相对人指定特定系统接收数据电文的，该数据电文进入该特定系统时生效；未指定特定系统的，"
        "相对人知道或者应当知道该数据电文进入其系统时生效。"
        "当事人对采用数据电文形式的意思表示的生效时间另有约定的，按照其约定。",
        "A declaration made in conversation takes effect when the other knows its content, any other when it reaches "
        "the other. One made as an electronic message takes effect when it enters the system that the other named to "
        "receive it; where none was named, when the other knew or should have known that it entered its system. What "
        "the parties agreed about when electronic messages take effect goes first.",
    ),
    article(
        CIVIL_CODE, 478,
        "有下列情形之一的，要约失效：\n"
        "（一）要约被拒绝；\n"
        "（二）要约被依法撤销；\n"
        "（三）承诺期限届满，受要约人未作出承诺；\n"
        "（四）受要约人对要约的内容作出实质性变更。",
        "An offer lapses where: it is rejected; it is lawfully revoked; the time for acceptance expires without "
        "acceptance; or the offeree changes its content in substance.",
    ),
    article(
        CIVIL_CODE, 483,
        "承诺生效时合同成立，但是法律另有规定或者当事人另有约定的除外。",
        "A contract is made when the acceptance takes effect, unless law or the parties provide otherwise.",
    ),
    article(
        CIVIL_CODE, 490,
        "当事人采用合同书形式订立合同的，自当事人均签名、盖章或者按指印时合同成立。"
        "在签名、盖章或者按指印之前，当事人一方已经履行主要义务，对方接受时，该合同成立。\n"
        "法律、行政法规规定或者当事人约定合同应当采用书面形式订立，"
        "当事人未采用书面形式但是一方已经履行主要义务，对方接受时，该合同成立。",
        "A contract made by a written document is made when all parties have signed, sealed or fingerprinted it. If "
        "before that one party has performed its main duty and the other accepts, the contract is made. The same "
        "holds where law or the parties require writing and there is none, but one party has performed its main duty "
        "and the other accepts.",
    ),
))  # fmt: skip
