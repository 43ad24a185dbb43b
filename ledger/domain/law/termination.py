"""How a contract ends early (合同解除, 终止), and what remains of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.domain.law.periods import corresponding_day
from ledger.domain.law.source import CIVIL_CODE, CONTRACT_INTERPRETATION, article

WORDS = dict((
    article(
        CIVIL_CODE, 199,
        "法律规定或者当事人约定的撤销权、解除权等权利的存续期间，除法律另有规定外，"
        "自权利人知道或者应当知道权利产生之日起计算，不适用有关诉讼时效中止、中断和延长的规定。存续期间届满，"
        "撤销权、解除权等权利消灭。",
        "The time within which a right such as that to rescind or to terminate exists, set by law or agreement, runs, "
        "unless law provides otherwise, from the day on which its holder knew or should have known that it arose; "
        "suspension, interruption and extension of limitation do not apply. When that time has expired the right is "
        "extinguished.",
    ),
    article(
        CIVIL_CODE, 557,
        "有下列情形之一的，债权债务终止：\n"
        "（一）债务已经履行；\n"
        "（二）债务相互抵销；\n"
        "（三）债务人依法将标的物提存；\n"
        "（四）债权人免除债务；\n"
        "（五）债权债务同归于一人；\n"
        "（六）法律规定或者当事人约定终止的其他情形。\n"
        "合同解除的，该合同的权利义务关系终止。",
        "Claims and debts end where: the debt was performed; debts were set off; the debtor lawfully deposited the "
        "thing; the creditor released the debt; claim and debt came to one person; or in other cases that law or the "
        "parties provide. When a contract is terminated, the rights and duties under it end.",
    ),
    article(
        CIVIL_CODE, 562,
        "当事人协商一致，可以解除合同。\n"
        "当事人可以约定一方解除合同的事由。解除合同的事由发生时，解除权人可以解除合同。",
        "Parties may terminate a contract by agreement. They may agree on events on which one of them may terminate; "
        "when such an event occurs, the holder of the right may terminate.",
    ),
    article(
        CIVIL_CODE, 563,
        "有下列情形之一的，当事人可以解除合同：\n"
        "（一）因不可抗力致使不能实现合同目的；\n"
        "（二）在履行期限届满前，当事人一方明确表示或者以自己的行为表明不履行主要债务；\n"
        "（三）当事人一方迟延履行主要债务，经催告后在合理期限内仍未履行；\n"
        "（四）当事人一方迟延履行债务或者有其他违约行为致使不能实现合同目的；\n"
        "（五）法律规定的其他情形。\n"
        "以持续履行的债务为内容的不定期合同，当事人可以随时解除合同，但是应当在合理期限之前通知对方。",
        "A party may terminate where: force majeure defeats the contract's purpose; the other, before performance is "
        "due, declares or shows by its acts that it will not perform its main debt; the other delays its main debt "
        "and, though demanded, does not perform within a reasonable time; the other's delay or other breach defeats "
        "the contract's purpose; or in other cases that law provides. A contract for continuing performance without a "
        "term may be terminated at any time, with notice a reasonable time before.",
    ),
    article(
        CIVIL_CODE, 564,
        "法律规定或者当事人约定解除权行使期限，期限届满当事人不行使的，该权利消灭。\n"
        "法律没有规定或者当事人没有约定解除权行使期限，自解除权人知道或者应当知道解除事由之日起一年内不行使，"
        "或者经对方催告后在合理期限内不行使的，该权利消灭。",
        "A right to terminate is extinguished when the period that law or the parties set for it passes unused. Where "
        "none is set, it is extinguished if not exercised within one year from the day its holder knew or should have "
        "known of the ground, or within a reasonable time after the other side's demand.",
    ),
    article(
        CIVIL_CODE, 565,
        "当事人一方依法主张解除合同的，应当通知对方。合同自通知到达对方时解除；"
        "通知载明债务人在一定期限内不履行债务则合同自动解除，债务人在该期限内未履行债务的，"
        "合同自通知载明的期限届满时解除。对方对解除合同有异议的，"
        "任何一方当事人均可以请求人民法院或者仲裁机构确认解除行为的效力。\n"
        "当事人一方未通知对方，直接以提起诉讼或者申请仲裁的方式依法主张解除合同，"
        "人民法院或者仲裁机构确认该主张的，合同自起诉状副本或者仲裁申请书副本送达对方时解除。",
        "A party that terminates according to law is to notify the other. The contract is terminated when the notice "
        "reaches the other party; if the notice says that the contract ends by itself should the debtor not perform "
        "within a certain time, and the debtor does not, when that time expires. If the other party objects, either "
        "may ask a court or an arbitral body to confirm the effect. A party that without notice terminates by suing "
        "or applying for arbitration, and is upheld, terminates when the copy of the statement of claim or "
        "application is served.",
    ),
    article(
        CIVIL_CODE, 566,
        "合同解除后，尚未履行的，终止履行；已经履行的，根据履行情况和合同性质，"
        "当事人可以请求恢复原状或者采取其他补救措施，并有权请求赔偿损失。\n"
        "合同因违约解除的，解除权人可以请求违约方承担违约责任，但是当事人另有约定的除外。\n"
        "主合同解除后，担保人对债务人应当承担的民事责任仍应当承担担保责任，但是担保合同另有约定的除外。",
        "After termination, what has not been performed is performed no more; for what has been performed a party "
        "may, according to how far it was and to the nature of the contract, ask for restitution or other remedies, "
        "and for damages. Where a contract is terminated for breach, the party that terminates may hold the other "
        "liable for the breach, unless the parties agreed otherwise. A surety remains liable for the debtor after "
        "termination, unless agreed otherwise.",
    ),
    article(
        CIVIL_CODE, 567,
        "合同的权利义务关系终止，不影响合同中结算和清理条款的效力。",
        "That rights and duties under a contract end does not affect its clauses on settlement and clearing of "
        "accounts.",
    ),
    article(
        CONTRACT_INTERPRETATION, 53,
        "当事人一方以通知方式解除合同，"
        "并以对方未在约定的异议期限或者其他合理期限内提出异议为由主张合同已经解除的，"
        "人民法院应当对其是否享有法律规定或者合同约定的解除权进行审查。经审查，享有解除权的，"
        "合同自通知到达对方时解除；不享有解除权的，不发生合同解除的效力。",
        "Where a party terminates by notice and claims that the contract ended because the other did not object in "
        "time, the court is to examine whether it had a right to terminate by law or agreement. If it had, the "
        "contract ended when the notice reached the other party; if not, the notice did not end it.",
    ),
))  # fmt: skip


def lapses_on(known: Iterable[date]) -> date:
    """The last day of a right to terminate for which no other period was set: one year from when its ground was known,
    which is the latest of the days given.
    """
    # 民法典 564 "自解除权人知道或者应当知道解除事由之日起一年内不行使"
    return corresponding_day(max(known), 12)
