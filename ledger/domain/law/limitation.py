"""Limitation (诉讼时效): how long a court protects a claim, and what starts the period again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Final, Literal

from ledger.domain.calendar import Calendar, Deadline
from ledger.domain.declare import NamedTuple
from ledger.domain.law.source import (
    CIVIL_CODE,
    CIVIL_PROCEDURE_INTERPRETATION,
    CIVIL_PROCEDURE_LAW,
    LIMITATION_PROVISIONS,
    article,
)

WORDS = dict((
    article(
        CIVIL_CODE, 188,
        "向人民法院请求保护民事权利的诉讼时效期间为三年。法律另有规定的，依照其规定。\n"
        "诉讼时效期间自权利人知道或者应当知道权利受到损害以及义务人之日起计算。法律另有规定的，依照其规定。"
        "但是，自权利受到损害之日起超过二十年的，人民法院不予保护，有特殊情况的，"
        "人民法院可以根据权利人的申请决定延长。",
        "The limitation period for asking a court to protect civil rights is three years, unless law provides "
        "otherwise. It runs from the day on which the holder knew or should have known of the harm and of the "
        "obligor, unless law provides otherwise; more than twenty years after the harm the courts do not protect the "
        "right, though in special circumstances a court may extend the period at the holder's request.",
    ),
    article(
        CIVIL_CODE, 189,
        "当事人约定同一债务分期履行的，诉讼时效期间自最后一期履行期限届满之日起计算。",
        "Where the parties agreed that one debt is performed in instalments, the limitation period runs from the day "
        "on which the last instalment's period for performance expires.",
    ),
    article(
        CIVIL_CODE, 192,
        "诉讼时效期间届满的，义务人可以提出不履行义务的抗辩。\n"
        "诉讼时效期间届满后，义务人同意履行的，不得以诉讼时效期间届满为由抗辩；义务人已经自愿履行的，"
        "不得请求返还。",
        "When the limitation period has expired the obligor may raise the defence of not performing. An obligor who "
        "agrees to perform after the expiry may not then plead it, and one who performed of its own will may not "
        "claim back.",
    ),
    article(
        CIVIL_CODE, 193,
        "人民法院不得主动适用诉讼时效的规定。",
        "A court may not apply limitation of its own motion.",
    ),
    article(
        CIVIL_CODE, 194,
        "在诉讼时效期间的最后六个月内，因下列障碍，不能行使请求权的，诉讼时效中止：\n"
        "（一）不可抗力；\n"
        "（二）无民事行为能力人或者限制民事行为能力人没有法定代理人，"
        "或者法定代理人死亡、丧失民事行为能力、丧失代理权；\n"
        "（三）继承开始后未确定继承人或者遗产管理人；\n"
        "（四）权利人被义务人或者其他人控制；\n"
        "（五）其他导致权利人不能行使请求权的障碍。\n"
        "自中止时效的原因消除之日起满六个月，诉讼时效期间届满。",
        "Limitation is suspended while, in the last six months of the period, the claim cannot be exercised because "
        "of: force majeure; a person without or with limited capacity having no legal representative, or that "
        "representative having died or lost capacity or the power to represent; no heir or administrator of the "
        "estate being determined; the holder being under the control of the obligor or another; or another obstacle "
        "that keeps the holder from exercising the claim. The period expires six months after the cause has gone.",
    ),
    article(
        CIVIL_CODE, 195,
        "有下列情形之一的，诉讼时效中断，从中断、有关程序终结时起，诉讼时效期间重新计算：\n"
        "（一）权利人向义务人提出履行请求；\n"
        "（二）义务人同意履行义务；\n"
        "（三）权利人提起诉讼或者申请仲裁；\n"
        "（四）与提起诉讼或者申请仲裁具有同等效力的其他情形。",
        "Limitation is interrupted, and the period counted anew from the interruption or the end of the proceedings, "
        "where: the holder demands performance from the obligor; the obligor agrees to perform; the holder sues or "
        "applies for arbitration; or something else happens that has the same effect as suing or applying for "
        "arbitration.",
    ),
    article(
        CIVIL_CODE, 197,
        "诉讼时效的期间、计算方法以及中止、中断的事由由法律规定，当事人约定无效。\n"
        "当事人对诉讼时效利益的预先放弃无效。",
        "The period of limitation, how it is counted, and what suspends and interrupts it are for the law to say; "
        "what parties agree otherwise is void. So is a waiver of limitation in advance.",
    ),
    article(
        LIMITATION_PROVISIONS, 2,
        "当事人未提出诉讼时效抗辩，人民法院不应对诉讼时效问题进行释明。",
        "Where a party has not raised limitation, a court does not point to it.",
    ),
    article(
        LIMITATION_PROVISIONS, 3,
        "当事人在一审期间未提出诉讼时效抗辩，在二审期间提出的，人民法院不予支持，"
        "但其基于新的证据能够证明对方当事人的请求权已过诉讼时效期间的情形除外。\n"
        "当事人未按照前款规定提出诉讼时效抗辩，以诉讼时效期间届满为由申请再审或者提出再审抗辩的，"
        "人民法院不予支持。",
        "A party that did not raise limitation at first instance is not heard with it on appeal, unless new evidence "
        "proves that the other's claim is past limitation. One that did not raise it so is not heard with it in an "
        "application for retrial either.",
    ),
    article(
        LIMITATION_PROVISIONS, 4,
        "未约定履行期限的合同，依照民法典第五百一十条、第五百一十一条的规定，可以确定履行期限的，"
        "诉讼时效期间从履行期限届满之日起计算；不能确定履行期限的，"
        "诉讼时效期间从债权人要求债务人履行义务的宽限期届满之日起计算，"
        "但债务人在债权人第一次向其主张权利之时明确表示不履行义务的，"
        "诉讼时效期间从债务人明确表示不履行义务之日起计算。",
        "Where no time for performance was agreed and none can be determined under articles 510 and 511 of the Civil "
        "Code, the period runs from the end of the time of grace in the creditor's demand, or, if the debtor refuses "
        "plainly when the creditor first claims, from the day of the refusal.",
    ),
    article(
        LIMITATION_PROVISIONS, 8,
        "具有下列情形之一的，应当认定为民法典第一百九十五条规定的“权利人向义务人提出履行请求”，"
        "产生诉讼时效中断的效力：\n"
        "（一）当事人一方直接向对方当事人送交主张权利文书，"
        "对方当事人在文书上签名、盖章、按指印或者虽未签名、盖章、按指印但能够以其他方式证明该文书到达对方当事人的；\n"
        "（二）当事人一方以发送信件或者数据电文方式主张权利，信件或者数据电文到达或者应当到达对方当事人的；\n"
        "（三）当事人一方为金融机构，依照法律规定或者当事人约定从对方当事人账户中扣收欠款本息的；\n"
        "（四）当事人一方下落不明，"
        "对方当事人在国家级或者下落不明的当事人一方住所地的省级有影响的媒体上刊登具有主张权利内容的公告的，"
        "但法律和司法解释另有特别规定的，适用其规定。\n"
        "前款第（一）项情形中，对方当事人为法人或者其他组织的，"
        "签收人可以是其法定代表人、主要负责人、负责收发信件的部门或者被授权主体；对方当事人为自然人的，"
        "签收人可以是自然人本人、同住的具有完全行为能力的亲属或者被授权主体。",
        "A demand for performance under article 195 of the Civil Code, which interrupts limitation, is: handing over "
        "a document that claims the right, if the other side signed or sealed it or its arrival can be proved "
        "otherwise; a letter or electronic message that arrived or should have arrived; a financial institution's "
        "debiting of what is owed, as law or agreement allows; and, where the other side cannot be found, a notice "
        "that claims the right in influential national media or those of its province. Of a legal person, those who "
        "may sign for it are its legal representative, its principal, the department that handles its mail, or one "
        "authorised.",
    ),
    article(
        LIMITATION_PROVISIONS, 9,
        "权利人对同一债权中的部分债权主张权利，诉讼时效中断的效力及于剩余债权，"
        "但权利人明确表示放弃剩余债权的情形除外。",
        "A claim of part of one debt interrupts limitation of the rest too, unless the holder plainly gives the rest "
        "up.",
    ),
    article(
        LIMITATION_PROVISIONS, 10,
        "当事人一方向人民法院提交起诉状或者口头起诉的，诉讼时效从提交起诉状或者口头起诉之日起中断。",
        "Handing a statement of claim to a court, or claiming orally, interrupts limitation from that day.",
    ),
    article(
        LIMITATION_PROVISIONS, 11,
        "下列事项之一，人民法院应当认定与提起诉讼具有同等诉讼时效中断的效力：\n"
        "（一）申请支付令；\n"
        "（二）申请破产、申报破产债权；\n"
        "（三）为主张权利而申请宣告义务人失踪或死亡；\n"
        "（四）申请诉前财产保全、诉前临时禁令等诉前措施；\n"
        "（五）申请强制执行；\n"
        "（六）申请追加当事人或者被通知参加诉讼；\n"
        "（七）在诉讼中主张抵销；\n"
        "（八）其他与提起诉讼具有同等诉讼时效中断效力的事项。",
        "The same effect as suing have: an application for a payment order; filing for insolvency or filing a claim "
        "in it; applying for a declaration that the obligor is missing or dead in order to claim; applying for "
        "preservation or an injunction before suit; applying for enforcement; applying to join a party or being "
        "called to join; claiming set-off in proceedings; and other matters of the same effect.",
    ),
    article(
        LIMITATION_PROVISIONS, 14,
        "义务人作出分期履行、部分履行、提供担保、请求延期履行、制定清偿债务计划等承诺或者行为的，"
        "应当认定为民法典第一百九十五条规定的“义务人同意履行义务”。",
        "An obligor who promises or makes performance in instalments or in part, gives security, asks for time or "
        "draws up a plan of payment agrees to perform in the meaning of article 195 of the Civil Code.",
    ),
    article(
        LIMITATION_PROVISIONS, 19,
        "诉讼时效期间届满，当事人一方向对方当事人作出同意履行义务的意思表示或者自愿履行义务后，"
        "又以诉讼时效期间届满为由进行抗辩的，人民法院不予支持。\n"
        "当事人双方就原债务达成新的协议，债权人主张义务人放弃诉讼时效抗辩权的，人民法院应予支持。\n"
        "超过诉讼时效期间，贷款人向借款人发出催收到期贷款通知单，债务人在通知单上签字或者盖章，"
        "能够认定借款人同意履行诉讼时效期间已经届满的义务的，对于贷款人关于借款人放弃诉讼时效抗辩权的主张，"
        "人民法院应予支持。",
        "An obligor who, after the period expired, says that it agrees to perform or performs of its own will is not "
        "heard with limitation afterwards. Where the parties make a new agreement on the old debt, the defence is "
        "given up. So it is where a borrower signs a lender's demand for a loan past limitation, if that shows "
        "agreement to perform.",
    ),
    article(
        CIVIL_PROCEDURE_LAW, 250,
        "申请执行的期间为二年。申请执行时效的中止、中断，适用法律有关诉讼时效中止、中断的规定。\n"
        "前款规定的期间，从法律文书规定履行期间的最后一日起计算；法律文书规定分期履行的，"
        "从最后一期履行期限届满之日起计算；法律文书未规定履行期间的，从法律文书生效之日起计算。",
        "Enforcement is to be applied for within two years; for suspension and interruption the law on limitation "
        "applies. The period runs from the last day of the period for performance that the judgment sets; where it "
        "sets instalments, from the expiry of the last one; where it sets none, from the day the judgment takes "
        "effect.",
    ),
    article(
        CIVIL_PROCEDURE_INTERPRETATION, 481,
        "申请执行人超过申请执行时效期间向人民法院申请强制执行的，人民法院应予受理。"
        "被执行人对申请执行时效期间提出异议，人民法院经审查异议成立的，裁定不予执行。\n"
        "被执行人履行全部或者部分义务后，又以不知道申请执行时效期间届满为由请求执行回转的，人民法院不予支持。",
        "An application for enforcement after the time for it is taken; if the party against whom it is made objects "
        "that the time has passed, and the court finds the objection good, it orders that nothing is enforced. A "
        "party that has performed in whole or in part is not heard when it asks for that back because it did not know "
        "that the time had passed.",
    ),
))  # fmt: skip


# 民法典 188 "诉讼时效期间为三年"
CLAIM: Final = 36  # months
# 民事诉讼法 250 "申请执行的期间为二年"
RULING: Final = 24  # months

State = Literal["running", "stopped", "barred"]


class Bearing(NamedTuple):
    """An event that affects the limitation of a debt: the day from which it counts, the fact (its seq and id), and its
    kind.

    ``sued`` and ``ended`` name the dispute in ``suit``: time does not run between them.
    """

    day: date
    seq: int
    fact: str
    what: Literal["demand", "performance", "acknowledgement", "sued", "ended"]
    suit: str = ""


class Time(NamedTuple):
    """The limitation of a debt: since when time runs (None: not yet), its last day, what started it (again), the open
    suits.
    """

    state: State
    since: date | None
    last: Deadline | None
    restarted_by: tuple[Bearing, ...]
    suits: tuple[Bearing, ...]


class _TimeAfter(NamedTuple):
    """How time stands after an event: since when it runs, how many events restarted it, the suits open."""

    since: date | None
    restarts: int
    suits: tuple[Bearing, ...] = ()


class TimeCourse:
    """The events that bear on one debt, in order, and its time.

    ``since`` is the day that starts the time: the due day, the day of the harm or of the judgment; None for a debt
    without a day, whose time starts with the first demand (诉讼时效规定 4). ``months`` is the length of the period.
    While a suit is open nothing else bears on it. An event that comes after the others is weighed alone.
    """

    __slots__ = ("_after", "_before", "_known", "bearings", "months", "restarted")

    def __init__(self, since: date | None, months: int, bearings: Iterable[Bearing] = ()) -> None:
        self.months = months
        self.bearings = sorted(bearings)
        self.restarted: list[Bearing] = []
        self._before = _TimeAfter(since, 0)
        self._after: list[_TimeAfter] = []  # after each of the bearings, as far as they were weighed
        self._known = {one[2:]: one for one in self.bearings}

    def bear(self, one: Bearing) -> None:
        """Take in an event, or the day on which a known one counts."""
        before = self._known.get(one[2:])
        if before == one:
            return
        if before is not None:
            self.drop(before)
        self._known[one[2:]] = one
        place = bisect_left(self.bearings, one)
        self.bearings.insert(place, one)
        self._forget(place)

    def drop(self, one: Bearing) -> None:
        """Leave out an event that no longer bears on it."""
        if self._known.pop(one[2:], None) is not None:
            place = bisect_left(self.bearings, one)
            del self.bearings[place]
            self._forget(place)

    def _forget(self, place: int) -> None:
        if place < len(self._after):
            del self._after[place:]
            del self.restarted[self._stands(place).restarts :]

    def _stands(self, count: int) -> _TimeAfter:
        return self._after[count - 1] if count else self._before

    def time(self, calendar: Calendar, day: date) -> Time:
        """The time of the debt at the end of ``day``, by what had happened by then."""
        return self._time(calendar, bisect_right(self.bearings, day, key=_DAY), day)

    def barred_before(self, calendar: Calendar, one: Bearing) -> bool:
        """Whether the time had expired when this event happened."""
        return self._time(calendar, bisect_left(self.bearings, one), one.day).state == "barred"

    def _time(self, calendar: Calendar, count: int, day: date) -> Time:
        while len(self._after) < count:
            self._after.append(self._weigh(calendar, self.bearings[len(self._after)], self._stands(len(self._after))))
        since, restarts, suits = self._stands(count)
        last = _last(calendar, since, self.months)
        barred = last is not None and day > last.due
        state: State = "stopped" if suits else "barred" if barred else "running"
        return Time(state, since, last, tuple(self.restarted[:restarts]), suits)

    def _weigh(self, calendar: Calendar, one: Bearing, before: _TimeAfter) -> _TimeAfter:
        since, _, suits = before
        last = _last(calendar, since, self.months)
        barred = not suits and last is not None and one.day > last.due
        if one.what == "sued":
            # 民法典 195 "权利人提起诉讼或者申请仲裁"; what is barred already stays barred
            if not barred:
                suits = (*suits, one)
        elif one.what == "ended":
            left = tuple(suit for suit in suits if suit.suit != one.suit)
            if suits and not left:
                since = self._anew(since, one)
            suits = left
        # 民法典 195 "权利人向义务人提出履行请求"; whether who pays in part or acknowledges when the period has expired
        # "同意履行" the rest, too (192, 诉讼时效规定 19), is for a court: the debtor's defence is not declared gone
        elif not (suits or barred) and (since is not None or one.what == "demand"):
            since = self._anew(since, one)
        return _TimeAfter(since, len(self.restarted), suits)

    def _anew(self, since: date | None, one: Bearing) -> date:
        """Start the period again with ``one``, unless it started later."""
        if since is not None and one.day <= since:
            return since
        self.restarted.append(one)
        return one.day


def time_of(calendar: Calendar, since: date | None, months: int, bearings: Iterable[Bearing], day: date) -> Time:
    """The time of a debt at the end of ``day``, given all that bears on it; see :class:`TimeCourse`."""
    return TimeCourse(since, months, bearings).time(calendar, day)


_DAY = attrgetter("day")


def _last(calendar: Calendar, since: date | None, months: int) -> Deadline | None:
    return None if since is None else calendar.months(since, months, rolls=True)
