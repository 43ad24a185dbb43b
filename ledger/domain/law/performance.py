"""How debts are paid and set off against each other (清偿, 抵销)."""

from __future__ import annotations

from ledger.domain.law.source import CIVIL_CODE, CONTRACT_INTERPRETATION, article

WORDS = dict((
    article(
        CIVIL_CODE, 511,
        "当事人就有关合同内容约定不明确，依据前条规定仍不能确定的，适用下列规定：\n"
        "（一）质量要求不明确的，按照强制性国家标准履行；没有强制性国家标准的，按照推荐性国家标准履行；"
        "没有推荐性国家标准的，按照行业标准履行；没有国家标准、行业标准的，"
        "按照通常标准或者符合合同目的的特定标准履行。\n"
        "（二）价款或者报酬不明确的，按照订立合同时履行地的市场价格履行；"
        "依法应当执行政府定价或者政府指导价的，依照规定履行。\n"
        "（三）履行地点不明确，给付货币的，在接受货币一方所在地履行；交付不动产的，在不动产所在地履行；"
        "其他标的，在履行义务一方所在地履行。\n"
        "（四）履行期限不明确的，债务人可以随时履行，债权人也可以随时请求履行，但是应当给对方必要的准备时间。\n"
        "（五）履行方式不明确的，按照有利于实现合同目的的方式履行。\n"
        "（六）履行费用的负担不明确的，由履行义务一方负担；因债权人原因增加的履行费用，由债权人负担。",
        "Where the parties' agreement is unclear and cannot be made out otherwise: quality follows the national, "
        "trade or usual standards; the price is that of the market at the place of performance when the contract was "
        "made; money is paid where it is received; where the time for performance is unclear, the debtor may perform "
        "and the creditor may ask for performance at any time, but must leave the other the time needed to prepare; "
        "the manner is that which serves the contract's purpose; and the cost is the performing party's, save what "
        "the creditor causes in addition.",
    ),
    article(
        CIVIL_CODE, 560,
        "债务人对同一债权人负担的数项债务种类相同，债务人的给付不足以清偿全部债务的，除当事人另有约定外，"
        "由债务人在清偿时指定其履行的债务。\n"
        "债务人未作指定的，应当优先履行已经到期的债务；数项债务均到期的，"
        "优先履行对债权人缺乏担保或者担保最少的债务；均无担保或者担保相等的，优先履行债务人负担较重的债务；"
        "负担相同的，按照债务到期的先后顺序履行；到期时间相同的，按照债务比例履行。",
        "A debtor of several debts of one kind to one creditor, whose payment does not cover them all, says when "
        "paying which it performs, unless agreed otherwise. If it does not say: those due first; of those due, the "
        "one with no or the least security; of equal security, the one that burdens the debtor more; of equal burden, "
        "in the order in which they fell due; of those that fell due together, in proportion.",
    ),
    article(
        CIVIL_CODE, 568,
        "当事人互负债务，该债务的标的物种类、品质相同的，任何一方可以将自己的债务与对方的到期债务抵销；但是，"
        "根据债务性质、按照当事人约定或者依照法律规定不得抵销的除外。\n"
        "当事人主张抵销的，应当通知对方。通知自到达对方时生效。抵销不得附条件或者附期限。",
        "Where parties owe each other debts of the same kind and quality, either may set its debt off against the "
        "other's due debt, unless the nature of the debt, the parties' agreement or the law excludes it. Who sets off "
        "is to notify the other; the notice takes effect when it arrives. Set-off may not be made subject to a "
        "condition or a term.",
    ),
    article(
        CONTRACT_INTERPRETATION, 55,
        "当事人一方依据民法典第五百六十八条的规定主张抵销，人民法院经审理认为抵销权成立的，"
        "应当认定通知到达对方时双方互负的主债务、利息、违约金或者损害赔偿金等债务在同等数额内消灭。",
        "Where a party claims set-off under article 568 of the Civil Code and the court finds it good, the parties' "
        "debts, principal, interest, liquidated damages and damages, are extinguished in equal amount when the notice "
        "reached the other.",
    ),
    article(
        CONTRACT_INTERPRETATION, 58,
        "当事人互负债务，一方以其诉讼时效期间已经届满的债权通知对方主张抵销，对方提出诉讼时效抗辩的，"
        "人民法院对该抗辩应予支持。一方的债权诉讼时效期间已经届满，对方主张抵销的，人民法院应予支持。",
        "A party that sets off a claim past limitation is met by the other's defence of limitation, if the other "
        "raises it. If the other side sets off against a claim past limitation, the courts uphold it.",
    ),
))  # fmt: skip
