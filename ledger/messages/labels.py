"""Names of things a person sees: roles, obligations, states, readings. Part of the one catalogue.

Keyed ``sort:name``, as ``role:party_a``; :mod:`ledger.messages` is the door.
"""

from __future__ import annotations

LABELS: dict[str, tuple[str, str]] = {
    # --- clauses as they are cited ---------------------------------------------------------------
    "clause:article": ("第 {number} 条", "article {number}"),
    "clause:part": ("第 {number} 款", "clause {number}"),
    "clause:annex": ("附件 {annex}", "annex {annex}"),
    "clause:row": ("附件 {annex} 第 {row} 行", "annex {annex} row {row}"),
    "clause:grade": ("附件 {annex} {kind} {grade} 级", "annex {annex} {kind} grade {grade}"),
    "clause:law": ("{source}第 {article} 条", "{source}, article {article}"),
    "role:party_a": ("甲方", "party A"),
    "role:party_b": ("乙方", "party B"),
    "role:supervisor": ("云安全监管服务商", "the security supervisor"),
    "role:integrator": ("业务系统服务商", "the integrator"),
    "role:administrator": ("管理单位", "the administrator"),
    "role:auditor": ("审计", "the auditor"),
    # --- where a contract stands -----------------------------------------------------------------
    "phase:registered": ("已登记", "registered"),
    "phase:effective": ("已生效", "effective"),
    "phase:in_service": ("服务期内", "in service"),
    "phase:ended": ("期满", "ended"),
    "phase:terminated": ("已解除", "terminated"),
    "phase:closed": ("已终结", "closed"),
    # --- why an incident is not counted ----------------------------------------------------------
    "excluded:same-event": ("同一事件，并入", "same event, counted as"),
    "excluded:same-cause": ("同一原因，并入", "same cause, counted as"),
    "excluded:outside-window": ("不在计数期内", "outside the year"),
    "excluded:outside-operating-period": ("不在运营期内", "outside the operating period"),
    # --- obligations -----------------------------------------------------------------------------
    "duty:trial-run": ("完成迁移并投入试运行", "migrate and start the trial run"),
    "duty:deployment": ("完成云资源部署", "deploy the cloud resources"),
    "duty:stage-review": ("通过阶段性验收评审", "pass the stage review"),
    "duty:pay-invoice": ("支付发票", "pay the invoice"),
    "duty:rework": ("返工并重新提交验收", "rework and submit again"),
    "duty:return-materials": ("归还保密资料", "return confidential materials"),
    "duty:rectify": ("整改", "rectify"),
    "duty:scale-out": ("完成扩容", "scale out"),
    "duty:monitoring-report": ("提供监控报告", "deliver the monitoring report"),
    "duty:on-site-duty": ("重大活动现场值守", "on-site duty during a major event"),
    "duty:host-hardening": ("主机安全加固", "harden the hosts"),
    "duty:host-scan": ("主机漏洞扫描", "scan the hosts for vulnerabilities"),
    "duty:switchover": ("免费配合迁移和切换", "migrate and switch over free of charge"),
    "duty:security-review": ("通过第三方网络安全审查", "pass the third-party cyber-security review"),
    "duty:availability": ("保证平台可用性和数据可靠性", "keep availability and data reliability"),
    "duty:confidentiality": ("保密", "keep confidential"),
    "state:pending": ("待履行", "pending"),
    "state:overdue": ("逾期", "overdue"),
    "state:fulfilled": ("已履行", "fulfilled"),
    "state:fulfilled_late": ("逾期履行", "fulfilled late"),
    "state:standing": ("持续有效", "standing"),
    "state:breached": ("已违反", "breached"),
    "state:discharged": ("因合同终止不再履行", "discharged with the contract"),
    "state:cancelled": ("已取消", "cancelled"),
    # --- why a fact is a claim (SPEC 2.4) -----------------------------------------------------------
    "why:changes-anothers-word": ("会改变他方所述", "it would change what another role said"),
    "why:speaks-for-both": ("代双方或法院发言而无文件、未获认可", "it speaks for both, or for the court"),
    "why:takes-back": ("收回己方先前的陈述", "it takes back its own word"),
    "why:contested": ("对方有异议", "it is contested"),
    # --- limitation ------------------------------------------------------------------------------
    "limitation:running": ("未届满", "running"),
    "limitation:stopped": ("因诉讼中断", "interrupted by a suit"),
    "limitation:barred": ("已届满，债务人可以抗辩", "over: the debtor may raise it"),
    # --- grounds for termination -----------------------------------------------------------------
    "ground:open": ("成立，可以行使", "open"),
    "ground:none": ("没有理由", "no ground"),
    "ground:declared": ("已宣告，尚未送达", "declared, not served yet"),
    "ground:gone": ("曾有理由，均已不能行使", "gone: no ground can be used any more"),
    "ground:lapsed": ("已消灭", "lapsed"),
    "ground:exercised": ("已行使", "exercised"),
    "ground:moot": ("因合同已终止而失去意义", "moot, the contract being over"),
    "ground:unsupported": ("缺少事实支持，不成立", "unsupported"),
    "demand:unheeded-supervisor-notices": (
        "多次未按监管整改通知处置并造成 B 级及以上事故",
        "supervisor's notices unheeded, and a grade A or B accident",
    ),
    "demand:absent-key-personnel": (
        "重大活动期间骨干和管理人员未到场",
        "key personnel absent from a major event",
    ),
    "demand:understaffed": ("连续 2 个月运维人员不足", "understaffed for 2 consecutive months"),
    "demand:dual-active-refused": ("不配合双活", "active-active running refused"),
    # --- incidents: what their fields are called stands with their types --------------------------
    "measure:absence_minutes": ("现场无人值守（分钟）", "nobody on site (minutes)"),
    "measure:complaints": ("甲方投诉此类情况（次）", "complaints of such by party A"),
    "measure:failed_in_a_row": ("连续未通过月度考核（次）", "monthly assessments failed in a row"),
    "measure:deadline_passed": ("整改通知的期限", "the deadline of the notice"),
    "measure:scale_out_due": ("扩容的期限", "the day the scale-out was due"),
    "measure:outages": ("宕机（次，系同一事件的计一次）", "outages (those that are one count once)"),
    "measure:outage_minutes": ("宕机合计（分钟，时间重叠的计一次）", "minutes of outages in all (overlaps count once)"),
    "measure:weighty": ("等保级别或重要业务系统", "level of protection, or important"),
    "truth:true": ("是", "yes"),
    "truth:false": ("否", "no"),
    # --- days ------------------------------------------------------------------------------------
    "weekday:0": ("周一", "Mon"),
    "weekday:1": ("周二", "Tue"),
    "weekday:2": ("周三", "Wed"),
    "weekday:3": ("周四", "Thu"),
    "weekday:4": ("周五", "Fri"),
    "weekday:5": ("周六", "Sat"),
    "weekday:6": ("周日", "Sun"),
    "festival:元旦": ("元旦", "New Year's Day"),
    "festival:春节": ("春节", "Spring Festival"),
    "festival:清明节": ("清明节", "Qingming"),
    "festival:劳动节": ("劳动节", "Labour Day"),
    "festival:端午节": ("端午节", "Dragon Boat Festival"),
    "festival:中秋节": ("中秋节", "Mid-Autumn Festival"),
    "festival:国庆节": ("国庆节", "National Day"),
    "festival:": ("放假", "day off"),
    # --- anomalies -------------------------------------------------------------------------------
    "anomaly:INVOICE_TAX_RATE": ("发票税率与合同不符", "invoice with another tax rate than the contract's"),
    "anomaly:INVOICE_EXCEEDS_INSTALMENT": ("开票金额超出该期金额", "invoice beyond its instalment"),
    "anomaly:INVOICE_BEFORE_EFFECTIVE": ("合同生效前开具发票", "invoice before the contract was effective"),
    "anomaly:INVOICE_BEFORE_STAGE_REVIEW": ("阶段性验收评审通过前开具发票", "invoice before the stage review"),
    "anomaly:PAYMENT_EXCEEDS_INVOICE": ("付款超出发票金额", "payment beyond the invoice"),
    "anomaly:NOTICE_TOO_SHORT": ("提前通知的期限不足", "notice too short"),
    "anomaly:TERMINATION_WITHOUT_GROUND": (
        "宣告解除时，第十条没有可以行使的理由", "termination declared with no ground of article 10 open"
    ),
    "anomaly:TERMINATION_CLAUSE_MISNAMED": ("解除写明的条款与理由不符", "termination names another clause"),
    "anomaly:NOTICE_WITHOUT_PERIOD": ("整改通知没有期限", "notice that leaves no period"),
    "anomaly:NOTICE_GROUND_UNKNOWN": (
        "整改通知的事由不在第 10.4 款之内", "notice on a ground clause 10.4 does not name"
    ),
    "anomaly:EXIT_NOTICE_TOO_SHORT": ("退出申请提前不足", "exit applied for too late"),
    "anomaly:DAMAGES_TANGLED": (
        "同一事件牵连的违约金项目过多，合计为下限", "too many damages items tangled: their sum is a lower bound"
    ),
    "anomaly:NO_SYSTEM_FEE": ("没有业务系统服务费，违约金无从计算", "no system's fee to charge damages on"),
}
