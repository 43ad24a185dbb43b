"""The open questions of the text: ten passages two careful people may read differently (SPEC 4.7).

The first option of each is the default. A contract's terms may settle another, the parties may agree
one from a day on (``ReadingAgreed``), and any question may be asked under another.
"""

from __future__ import annotations

READINGS: dict[str, tuple[str, ...]] = {
    # 附件1 “30% 以上业务系统中断、影响人数 50 万以上、导致 500 万元以上经济损失”: all three, or any one?
    "outage-criteria": ("all", "any"),
    # 附件1 B 级 “超过 10% 至 30%”: does a share above 30 % that is no A fall out of the table?
    "outage-b-ceiling": ("open", "thirty-percent"),
    # 附件1 “因不可抗力造成” under the heading “云服务商主责”
    "force-majeure": ("ignored", "excluded", "required"),
    # 第十条(2) “1 年内”
    "year-window": ("rolling", "calendar-year", "contract-year"),
    # 第十三条(1) “起租之日起 12 个月后终止”
    "term-end": ("corresponding-day", "day-before"),
    # 解除权的消灭, 民法典第五百六十四条
    "lapse": ("civil-code-564", "never"),
    # 附件2/3 “大于 15 分钟且小于 30 分钟”, “大于 30 分钟”: what of exactly 30, and of more than the last band?
    "band-gaps": ("literal", "a-fortiori"),
    # 附件3 第6行 “连续宕机 3 次以上”
    "consecutive-outages": ("in-term", "in-one-month"),
    # 第十条(3) “不可就同一事件重复要求乙方承担违约责任”
    "same-cause-damages": ("highest", "sum"),
    # 附件2 第1行 99.99999% against 第六条(3) and 附件3 99.9999%
    "data-reliability-floor": ("as-written", "six-nines"),
}
DEFAULTS: dict[str, str] = {reading: options[0] for reading, options in READINGS.items()}
