"""Names of things a person sees: roles, obligations, states, readings. Part of the one catalogue.

Keyed ``sort:name``, as ``role:party_a``.
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
    # --- obligations -----------------------------------------------------------------------------
    "duty:pay-invoice": ("支付发票", "pay the invoice"),
    "duty:availability": ("保证平台可用性和数据可靠性", "keep availability and data reliability"),
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
    "why:takes-back": ("撤回、改动或者事后补述己方所述", "it takes back, changes or adds late to its own word"),
    "why:contested": ("对方有异议", "it is contested"),
    # --- limitation ------------------------------------------------------------------------------
    "limitation:running": ("未届满", "running"),
    "limitation:stopped": ("因诉讼中断", "interrupted by a suit"),
    "limitation:barred": ("已届满，债务人可以抗辩", "over: the debtor may raise it"),
    # --- grounds for termination -----------------------------------------------------------------
    "ground:open": ("成立，可以行使", "open"),
    "ground:none": ("没有理由", "no ground"),
    "ground:declared": ("已宣告，尚未生效", "declared, not in effect yet"),
    "ground:gone": ("曾有理由，均已不能行使", "gone: no ground can be used any more"),
    "ground:lapsed": ("一年届满未行使", "lapsed, unused within its year"),
    "ground:exercised": ("已行使", "exercised"),
    "ground:moot": ("因合同已终止而失去意义", "moot, the contract being over"),
    "ground:unsupported": ("缺少事实支持，不成立", "unsupported"),
    # --- incidents: what their fields are called stands with their types --------------------------
    "truth:true": ("是", "yes"),
    "truth:false": ("否", "no"),
    # --- days ------------------------------------------------------------------------------------
    "joint:list": ("、", ", "),
    "joint:clause": ("，", ", "),
    "joint:part": ("；", "; "),
    "joint:sentence": ("", " "),
    "joint:colon": ("：", ": "),
    "fault.line": ("第 {line} 行", "line {line}"),
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
    "anomaly:INVOICE_BEFORE_EFFECTIVE": ("合同生效前收到发票", "invoice before the contract was effective"),
    "anomaly:PAYMENT_EXCEEDS_INVOICE": ("付款超出发票金额", "payment beyond the invoice"),
}
