"""The contract's annexes 1 to 4 as far as conclusions cite them: the cells of a row are parted by ``｜``.

Keyed ``annex 1 outage A``, ``annex 2 row 7`` …; each value is (title, title in English, words, gloss). Only
white space differs from the contract; in annex 1 a cell that spans several rows is repeated.
"""

ANNEXES: dict[str, tuple[str, str, str, str]] = {
    "annex 1": (
        "附件1 重大事件—退出", "Annex 1: major events and exit",
        "退出触发条件｜范围｜影响｜影响时间｜事件级别｜次数\n重大安全事故 (云服务商主责)",
        "Major security accidents for which the cloud provider is mainly responsible: what triggers an "
        "exit, its range, effect, duration, grade and number.",
    ),
    "annex 1 outage A": (
        "附件1 重大事件—退出", "Annex 1: major events and exit",
        "服务中断｜云平台整体｜因不可抗力造成超过 30% 以上业务系统中断、影响人数 50 万以上、导致 500 万元"
        "以上经济损失。｜2 小时以上｜A 级｜1 次",
        "Outage of the platform as a whole: by force majeure over 30 % of the systems interrupted, "
        "500,000 people or more affected, an economic loss of 5 million yuan or more; for 2 hours or "
        "more: grade A, once.",
    ),
    "annex 1 tampering A": (
        "附件1 重大事件—退出", "Annex 1: major events and exit",
        "重大篡改事件｜在重大或特别重大保障期间,因云服务商的安全隐患原因造成的系统被恶意篡改事件。事件发"
        "生后云服务商未按照应急预案进行处置,造成信息安全事件处置延误。且该事件被国家级机构或媒体通报、市"
        "级领导批示或关注的。｜30 分钟以上｜A 级｜1 次",
        "Tampering with a system in a guarantee period because of a security weakness of the provider, "
        "who did not follow the emergency plan, and the event was notified by a national body or media "
        "or noted by municipal leaders; for 30 minutes or more: grade A, once.",
    ),
    "annex 1 data_loss A": (
        "附件1 重大事件—退出", "Annex 1: major events and exit",
        "数据丢失｜等保三级或重要业务系统的核心业务数据｜因不可抗力造成的云平台超过 3 个业务系统,丢失超过"
        " 1 个月以上的数据,且确认无法恢复。｜—｜A 级｜1 次",
        "Loss of core data of systems of protection level 3 or important ones: by force majeure, of more "
        "than 3 systems, of more than 1 month, confirmed beyond recovery: grade A, once.",
    ),
    "annex 1 intrusion A": (
        "附件1 重大事件—退出", "Annex 1: major events and exit",
        "恶意入侵攻击｜等保三级或重要业务系统｜被第三方安全机构通报云平台存在安全隐患,云服务商未在 24 小"
        "时内做有效处置或应急防护措施,造成业务系统在重大或特别重大保障期间被恶意篡改或敏感信息泄露事件。"
        "｜—｜A 级｜1 次",
        "Intrusion into systems of protection level 3 or important ones: a third-party security body "
        "notified a weakness, the provider did not deal with it within 24 hours, and in a guarantee "
        "period a system was tampered with or sensitive information leaked: grade A, once.",
    ),
    "annex 1 outage B": (
        "附件1 重大事件—退出", "Annex 1: major events and exit",
        "服务中断｜云平台整体｜因不可抗力造成超过 10% 至 30% 业务系统中断、影响人数 10 万以上、导致 100 "
        "万元以上经济损失。｜2 小时以上｜B 级｜一年内 3 次以上",
        "Outage of the platform as a whole: by force majeure over 10 % to 30 % of the systems "
        "interrupted, 100,000 people or more affected, an economic loss of 1 million yuan or more; for 2 "
        "hours or more: grade B, 3 times or more within a year.",
    ),
    "annex 1 tampering B": (
        "附件1 重大事件—退出", "Annex 1: major events and exit",
        "重大篡改事件｜因云服务商的安全隐患原因造成的系统被恶意篡改事件,事件发生后云服务商未按照应急预案"
        "进行处置,造成信息安全事件处置延误,且该事件被市级机构或媒体通报、市级领导批示或关注的。｜30 分钟"
        "以上｜B 级｜一年内 3 次以上",
        "Tampering with a system because of a security weakness of the provider, who did not follow the "
        "emergency plan, and the event was notified by a municipal body or media or noted by municipal "
        "leaders; for 30 minutes or more: grade B, 3 times or more within a year.",
    ),
    "annex 1 data_loss B": (
        "附件1 重大事件—退出", "Annex 1: major events and exit",
        "数据丢失｜业务系统核心业务数据｜因不可抗力造成 1 个业务系统丢失超过 1 个月以上的数据,且确认无法"
        "恢复。｜—｜B 级｜一年内 3 次以上",
        "Loss of core data of systems: by force majeure, of 1 system, of more than 1 month, confirmed "
        "beyond recovery: grade B, 3 times or more within a year.",
    ),
    "annex 1 intrusion B": (
        "附件1 重大事件—退出", "Annex 1: major events and exit",
        "恶意入侵攻击｜业务系统｜被第三方安全机构通报云平台存在安全隐患,云服务商未在 24 小时内做有效处置"
        "或应急防护措施,造成业务系统被恶意篡改或敏感信息泄露事件。｜—｜B 级｜一年内 3 次以上",
        "Intrusion into systems: a third-party security body notified a weakness, the provider did not "
        "deal with it within 24 hours, and a system was tampered with or sensitive information leaked: "
        "grade B, 3 times or more within a year.",
    ),
    "annex 2": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "违约金 (取费基数:服务协议总金额/服务月数)\n注: 1. “重大影响”、“重大事故”指造成事故并产生一定经济"
        "损失, 但事故的影响程度和经济损失未达到 B 级事故的。",
        "Liquidated damages, charged on the agreement's total ÷ the months of service. Note: \"major "
        "effect\" and \"major accident\" mean an accident with some economic loss whose effect and loss do "
        "not reach grade B.",
    ),
    "annex 2 row 1": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "1｜所提供的云服务可用性低于 99.99%, 或数据可用性低于 99.99999%, 出现问题并造成重大损失的｜100%",
        "Availability below 99.99 % or data availability below 99.99999 %, causing problems and a major "
        "loss: 100 %.",
    ),
    "annex 2 row 2": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "2｜因未做好系统和数据互备, 由于另一家云服务商服务中断, 而导致系统和数据无法正常应用的, 但影响未"
        "达到 B 级及以上事故影响的｜50%",
        "Mutual backup of systems and data not done, so that an interruption at the other provider makes "
        "systems and data unusable, without the effect of a grade B accident: 50 %.",
    ),
    "annex 2 row 3": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "3｜因所提供的安全服务出现故障, 导致某系统网页被篡改, 造成重大影响｜200%",
        "A failure of the security service lets a system's web pages be tampered with, to major effect: "
        "200 %.",
    ),
    "annex 2 row 4": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "4｜因所提供的安全服务出现故障, 导致某系统数据丢失, 造成重大影响｜200%",
        "A failure of the security service loses a system's data, to major effect: 200 %.",
    ),
    "annex 2 row 5": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "5｜因所提供的安全服务出现故障, 导致某系统被入侵, 造成重大影响｜100%",
        "A failure of the security service lets a system be intruded, to major effect: 100 %.",
    ),
    "annex 2 row 6": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "6｜在安全监管服务商已发出整改通知后未正确处置, 出现问题并造成重大事故｜100%",
        "A notice of the security supervisor not properly dealt with, causing problems and a major "
        "accident: 100 %.",
    ),
    "annex 2 row 7": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "7｜平均响应时间大于 15 分钟且小于 30 分钟, 造成重大事故｜100%",
        "Average response time over 15 and under 30 minutes, causing a major accident: 100 %.",
    ),
    "annex 2 row 8": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "8｜运维需求平均响应时间大于 30 分钟且小于 60 分钟, 造成重大事故｜200%",
        "Average response time over 30 and under 60 minutes, causing a major accident: 200 %.",
    ),
    "annex 2 row 9": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "9｜运维需求平均故障恢复时间大于 30 分钟且小于 60 分钟, 造成重大影响｜100%",
        "Average recovery time over 30 and under 60 minutes, to major effect: 100 %.",
    ),
    "annex 2 row 10": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "10｜运维需求平均故障恢复时间大于 60 分钟且小于 120 分钟, 造成重大影响｜200%",
        "Average recovery time over 60 and under 120 minutes, to major effect: 200 %.",
    ),
    "annex 2 row 11": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "11｜现场无人值守超过大于 1 小时且小于 2 小时, 造成重大事故｜100%",
        "Nobody on site for over 1 and under 2 hours, causing a major accident: 100 %.",
    ),
    "annex 2 row 12": (
        "附件2 违约责任——重大违约行为", "Annex 2: liability for material breaches",
        "12｜现场无人值守超过大于 2 小时且小于 4 小时, 造成重大事故｜200%",
        "Nobody on site for over 2 and under 4 hours, causing a major accident: 200 %.",
    ),
    "annex 3": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "违约金 (取费基数:某业务系统云服务费/ 服务月数)\n注: 取费基数为某业务系统的月均云服务费, 即违约金="
        "某业务系统云服务费/服务月数*违约金取费比例。",
        "Liquidated damages, charged on the cloud fee of the business system concerned ÷ the months of "
        "service. Note: the base is that system's average monthly cloud fee, i.e. damages = the system's "
        "cloud fee ÷ months × rate.",
    ),
    "annex 3 row 1": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "1｜所提供的云服务可用性达不到 99.99%, 或数据可用性低于 99.9999%, 出现问题但未造成重大损失的｜50%",
        "Availability short of 99.99 % or data availability below 99.9999 %, causing problems but no "
        "major loss: 50 %.",
    ),
    "annex 3 row 2": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "2｜所提供的云服务可用性达不到 99.99%, 或数据可用性低于 99.9999%, 且在服务期内被甲方投诉此类情况 "
        "3 次以上的｜20%",
        "Availability short of 99.99 % or data availability below 99.9999 %, and party A complained of "
        "it 3 times or more during the term: 20 %.",
    ),
    "annex 3 row 3": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "3｜在运营期间, 甲方对乙方实施月度考核, 如乙方连续 3 次未能通过考核, 经限期整改后仍不能达到甲方要"
        "求的｜20%",
        "Party B fails party A's monthly assessment 3 times in a row and still falls short after "
        "rectification within a set time: 20 %.",
    ),
    "annex 3 row 4": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "4｜在运营期内, 如乙方未能按照甲方的扩容需求, 在 7 个自然日内完成云平台的资源扩容, 且经管理单位书"
        "面通知仍未能限期满足甲方需求的｜20%",
        "Party B does not complete a scale-out party A needs within 7 natural days, and not within the "
        "time set by the administrator's written notice either: 20 %.",
    ),
    "annex 3 row 5": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "5｜因所提供的云服务或安全服务出现故障, 造成某系统宕机 2 小时以上｜30%",
        "A failure of the cloud or security service takes a system down for 2 hours or more: 30 %.",
    ),
    "annex 3 row 6": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "6｜因所提供的云服务或安全服务出现故障, 造成某系统连续宕机 3 次以上或累计 8 小时以上｜60%",
        "A failure of the cloud or security service takes a system down 3 times or more in a row, or for "
        "8 hours or more in all: 60 %.",
    ),
    "annex 3 row 7": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "7｜在云安全监管服务商已发出整改通知后未正确处置, 出现问题的, 未造成重大影响｜50%",
        "A notice of the security supervisor not properly dealt with, causing problems but no major "
        "effect: 50 %.",
    ),
    "annex 3 row 8": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "8｜运维需求平均响应时间大于 15 分钟且小于 30 分钟, 出现问题但未造成重大影响｜30%",
        "Average response time over 15 and under 30 minutes, causing problems but no major effect: 30 %.",
    ),
    "annex 3 row 9": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "9｜运维需求平均响应时间大于 30 分钟且小于 60 分钟, 出现问题但未造成重大影响｜50%",
        "Average response time over 30 and under 60 minutes, causing problems but no major effect: 50 %.",
    ),
    "annex 3 row 10": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "10｜运维需求平均故障恢复时间大于 30 分钟且小于 60 分钟, 出现问题但未造成重大影响｜30%",
        "Average recovery time over 30 and under 60 minutes, causing problems but no major effect: 30 %.",
    ),
    "annex 3 row 11": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "11｜运维需求平均故障恢复时间大于 60 分钟且小于 120 分钟, 出现问题但未造成重大影响｜50%",
        "Average recovery time over 60 and under 120 minutes, causing problems but no major effect: 50 %.",
    ),
    "annex 3 row 12": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "12｜现场无人值守超过大于 1 小时且小于 2 小时, 出现问题但未造成重大影响｜30%",
        "Nobody on site for over 1 and under 2 hours, causing problems but no major effect: 30 %.",
    ),
    "annex 3 row 13": (
        "附件3 违约责任——一般违约行为", "Annex 3: liability for general breaches",
        "13｜现场无人值守超过大于 2 小时且小于 4 小时, 出现问题但未造成重大影响｜50%",
        "Nobody on site for over 2 and under 4 hours, causing problems but no major effect: 50 %.",
    ),
    "annex 4": (
        "附件4: 北京市级政务云产品服务订单", "Annex 4: the order",
        "主机安全加固 (合同期内至少 2 次)｜1000｜62｜124000｜单位: 1台/元/次, 共 62 台主机, 每台主机服务"
        "期内至少 2 次主机安全加固, 服务期内共 124 次主机安全加固\n主机漏洞扫描 (合同期内至少 2 次)｜800"
        "｜62｜99200｜单位: 1台/元/次, 共 62 台主机, 每台主机服务期内至少 2 次主机漏洞扫描, 服务期内共 "
        "124 次主机漏洞扫描",
        "Of the 22 lines of the order those charged per time: hosts are hardened (62 hosts, each at "
        "least 2 times within the term, 124 times in all, 124,000 yuan) and scanned for vulnerabilities "
        "(likewise, 99,200 yuan).",
    ),
}
