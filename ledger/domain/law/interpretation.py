"""How unclear words are read (合同的解释), and what frees from an obligation that cannot be performed (不可抗力)."""

from __future__ import annotations

from ledger.domain.law.source import CIVIL_CODE, article

WORDS = dict((
    article(
        CIVIL_CODE, 142,
        "有相对人的意思表示的解释，应当按照所使用的词句，结合相关条款、行为的性质和目的、习惯以及诚信原则，"
        "确定意思表示的含义。\n"
        "无相对人的意思表示的解释，不能完全拘泥于所使用的词句，而应当结合相关条款、行为的性质和目的、"
        "习惯以及诚信原则，确定行为人的真实意思。",
        "A declaration to another is read by the words used, together with related clauses, its nature and purpose, "
        "usage and good faith. One that is addressed to nobody is read for its author's true intention, not by the "
        "words alone.",
    ),
    article(
        CIVIL_CODE, 180,
        "因不可抗力不能履行民事义务的，不承担民事责任。法律另有规定的，依照其规定。\n"
        "不可抗力是不能预见、不能避免且不能克服的客观情况。",
        "Who cannot perform an obligation by force majeure is not liable, unless law provides otherwise. Force majeure "
        "is an objective event that can be neither foreseen, nor avoided, nor overcome.",
    ),
    article(
        CIVIL_CODE, 466,
        "当事人对合同条款的理解有争议的，应当依据本法第一百四十二条第一款的规定，确定争议条款的含义。\n"
        "合同文本采用两种以上文字订立并约定具有同等效力的，对各文本使用的词句推定具有相同含义。"
        "各文本使用的词句不一致的，应当根据合同的相关条款、性质、目的以及诚信原则等予以解释。",
        "Where parties understand a clause differently, its meaning is determined by article 142, first paragraph. "
        "Versions in several languages of equal force are presumed to mean the same; where they differ, they are read "
        "by related clauses, nature, purpose and good faith.",
    ),
    article(
        CIVIL_CODE, 509,
        "当事人应当按照约定全面履行自己的义务。\n"
        "当事人应当遵循诚信原则，根据合同的性质、目的和交易习惯履行通知、协助、保密等义务。\n"
        "当事人在履行合同过程中，应当避免浪费资源、污染环境和破坏生态。",
        "Parties perform their obligations in full as agreed, in good faith, with the duties of notice, assistance and "
        "confidentiality that the contract's nature, purpose and usage call for, and without wasting resources or "
        "harming the environment.",
    ),
    article(
        CIVIL_CODE, 543,
        "当事人协商一致，可以变更合同。",
        "Parties may change a contract by agreement.",
    ),
    article(
        CIVIL_CODE, 590,
        "当事人一方因不可抗力不能履行合同的，根据不可抗力的影响，部分或者全部免除责任，但是法律另有规定的除外。"
        "因不可抗力不能履行合同的，应当及时通知对方，以减轻可能给对方造成的损失，并应当在合理期限内提供证明。\n"
        "当事人迟延履行后发生不可抗力的，不免除其违约责任。",
        "A party that cannot perform by force majeure is freed in part or in whole according to its effect, unless law "
        "provides otherwise; it gives notice in time and proof within a reasonable time. Force majeure after the party "
        "was late does not free it.",
    ),
))  # fmt: skip
