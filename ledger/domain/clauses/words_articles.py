"""The contract's articles as far as conclusions cite them: title and words verbatim, with an English gloss.

Keyed ``article.paragraph``; each value is (title, title in English, words, gloss). Only white space differs
from the contract.
"""

ARTICLES: dict[str, tuple[str, str, str, str]] = {
    "4.2": (
        "第四条 乙方权利义务", "Rights and duties of party B",
        "(2) 运维服务\n1) 乙方负责管理甲方申请的 IP 地址，为甲方提供 IP 地址分配和管理服务。\n2) 乙方负责"
        "所建设政务云平台的具体管理、监控、安全防护等工作，按甲方需求定期向甲方提供监控报告。\n3) 服务期"
        "满后，如乙方不再提供云服务，乙方应无条件免费配合各方完成迁移和切换工作，切换期一般延续 6 个月。"
        "\n4) 重大活动期间，乙方应配合甲方制定预案并提供云平台的现场值守等服务。",
        "Operation: (1) party B manages the IP addresses party A applies for; (2) it manages, monitors "
        "and protects the platform and gives party A monitoring reports at regular intervals as party A "
        "requires; (3) when the term is over and it no longer provides the service, it helps all sides "
        "to migrate and switch over, unconditionally and free of charge, as a rule for 6 months; (4) "
        "during major events it helps party A to make plans and provides on-site duty.",
    ),
    "4.3": (
        "第四条 乙方权利义务", "Rights and duties of party B",
        "(3) 云迁移\n1) 乙方应在规定期限内，完成甲方指定业务系统的测试和迁移。\n2) 所有业务系统在迁移、部"
        "署到云平台之前，乙方应进行系统测试，并由安全监管服务商出具安全测评报告。对于未通过系统测试和安全"
        "测评的应用系统，乙方有权暂缓为其开通资源服务，直到业务系统具备入云条件，避免因个别系统不稳定或不"
        "安全造成整个云平台的安全可靠性降低。\n3) 乙方应免费配合甲方完成云迁移，搭建应用上云的测试环境，"
        "并在测试期内免费配合迁移测试（用户端产生的相关费用不在此列）。\n4) 乙方应为甲方提供在线申请云资"
        "源、远程监控和管理自身采购云资源的使用情况等功能。\n5) 如甲方存在“双活”需求，且同时购买两家云服"
        "务商的服务，乙方应与另一家云服务商共同实现双活。",
        "Migration: (1) party B tests and migrates the systems party A names within the set time; (2) "
        "before migration each system is tested by party B and assessed by the security supervisor, and "
        "one that fails may be held back; (3) help and the test environment are free of charge; (4) "
        "party A can apply for resources and watch their use online; (5) where party A needs "
        "active-active running and buys from two providers, party B makes it work together with the "
        "other provider.",
    ),
    "5.2": (
        "第五条 甲乙双方安全责任边界", "Boundary of security responsibilities",
        "(2) 乙方安全责任\n1) 乙方承担云平台层面（主要包括物理资源、计算资源、存储资源、网络资源）以及数"
        "据防篡改、防丢失的安全责任。\n2) 乙方在取得甲方许可后，负责云平台应急演练；乙方有义务配合甲方完"
        "成业务系统的应急演练。\n3) 乙方须按照《关于加强党政部门云计算服务网络安全管理的意见》（中网办发"
        "[2015]14 号）的要求和有关网络安全标准，落实并通过所建设的云平台的第三方网络安全审查。",
        "Party B: (1) answers for the security of the platform (physical, computing, storage and network "
        "resources) and against tampering with and loss of data; (2) runs drills of the platform with "
        "party A's leave and helps with those of the systems; (3) undergoes and passes the third-party "
        "cyber-security review of its platform.",
    ),
    "6.2": (
        "第六条 服务质量及验收要求", "Quality of service and acceptance",
        "(2) 乙方自协议签署之日起 60 日内完成系统入云检测和迁移等工作，并投入试运行。",
        "Within 60 days of the signing of the agreement party B completes testing and migration and "
        "starts the trial run.",
    ),
    "6.3": (
        "第六条 服务质量及验收要求", "Quality of service and acceptance",
        "(3) 乙方提供的云平台整体可用性应不低于 99.99%，数据可靠性应不低于 99.9999%。",
        "The platform's overall availability is not below 99.99 % and data reliability not below 99.9999 "
        "%.",
    ),
    "6.6": (
        "第六条 服务质量及验收要求", "Quality of service and acceptance",
        "(6) 乙方完成服务后应及时通知甲方进行验收。验收合格的, 甲方在验收合格单上签字, 并对乙方服务质量进"
        "行评价; 验收不合格的, 乙方应当在 30 日内进行返工或调整, 并重新提交甲方验收。",
        "When the service is complete party B asks party A to accept it. If accepted, party A signs and "
        "rates the quality; if not, party B reworks or adjusts it within 30 days and submits it again.",
    ),
    "7.2": (
        "第七条 知识产权及保密", "Intellectual property and confidentiality",
        "(2) 保密\n1) 乙方应保证在向其工作人员披露甲方的保密信息前, 认真做好员工的保密教育工作, 明确告知"
        "其将知悉的为甲方的保密信息, 并明确告知其需承担的保密义务及泄密所应承担的法律责任, 并要求全体参与"
        "该项目的人员签署书面《保密协议》。\n2) 任何时间内, 一经甲方提出要求, 乙方应按照甲方指示在收到甲"
        "方书面通知后 5 个工作日内将含有保密信息的所有文件或其他资料归还甲方, 且不得擅自复制留存。\n3) 非"
        "经甲方特别授权, 甲方向乙方提供的任何保密信息并不包括授予乙方该保密信息包含的任何专利权、商标权、"
        "著作权、商业秘密或其它类型的知识产权。\n4) 乙方承担上述保密义务的期限为: 永久保密。\n5) 如乙方或"
        "乙方工作人员违反了上述保密义务, 给甲方造成损失的, 乙方应向甲方承担全部责任, 并赔偿因此给甲方造成"
        "的全部损失。",
        "Confidentiality: (1) party B instructs its staff and has them sign non-disclosure agreements; "
        "(2) whenever party A asks in writing, party B returns all materials holding confidential "
        "information within 5 working days of receiving the request; (3) no rights are granted; (4) the "
        "duty lasts for ever; (5) party B answers for all loss from a breach.",
    ),
    "9.1": (
        "第九条 支付条款", "Payment",
        "1. 本项目总计费用为人民币¥ 2303911.32 元, 大写: 贰佰叁拾万叁仟玖佰壹拾壹元叁角贰分。经甲乙双方协"
        "商, 乙方可在合同签署生效后先向甲方预开具合同规定总金额款项的 80% 金额的发票 (为增值税发票), 共计"
        "人民币: ¥ 1843129.06 元。待乙方向甲方提供发票后的 5 个工作日内, 甲方应支付乙方合同规定金额的 "
        "80% (简称首付款), 共计人民币: ¥ 1843129.06 元。待 2025 年底前, 乙方完成云资源部署且通过阶段性验"
        "收评审后, 向甲方提供合同额 20% 的发票后, 甲方在收到发票后 5 个工作日内向乙方支付合同款的 20% 即"
        "人民币 46.078226 万元。",
        "The total is CNY 2,303,911.32. Once the contract is signed and effective party B may issue an "
        "invoice for 80 %, CNY 1,843,129.06, which party A pays within 5 working days after the invoice "
        "is provided. Before the end of 2025, once party B has deployed the cloud resources and passed "
        "the stage review, it provides an invoice for 20 %, and party A pays CNY 460,782.26 within 5 "
        "working days of receiving it.",
    ),
    "9.2": (
        "第九条 支付条款", "Payment",
        "2. 北京市市级政务云属于云计算相关服务, 适用税率为 6%, 开票金额以合同签订总金额为准。",
        "The tax rate is 6 %; invoices add up to the contract's total.",
    ),
    "10.1": (
        "第十条 违约责任及协议解除", "Liability and termination",
        "(1) 在运营期间, 如发生附件 1 中所列 A 级事件 1 次, 甲方有权解除本协议。",
        "One grade A event of annex 1 during operation entitles party A to terminate the agreement.",
    ),
    "10.2": (
        "第十条 违约责任及协议解除", "Liability and termination",
        "(2) 在运营期间, 如 1 年内发生附件 1 所列 B 级事件 3 次, 甲方有权解除本协议。",
        "Three grade B events of annex 1 within 1 year during operation entitle party A to terminate the "
        "agreement.",
    ),
    "10.3": (
        "第十条 违约责任及协议解除", "Liability and termination",
        "(3) 系同一事件或原因导致的事故, 甲方不可就同一事件重复要求乙方承担违约责任, 经甲乙双方协商, 确定"
        "乙方应承担责任。",
        "For accidents due to one event or cause party A may not claim liability twice for that event; "
        "the parties settle the liability by consultation.",
    ),
    "10.4": (
        "第十条 违约责任及协议解除", "Liability and termination",
        "(4) 在运营期间出现下列情况, 甲方向乙方提出整改要求和期限, 且乙方在规定期限内未能履行甲方正当要求"
        "的, 甲方有权与乙方终止协议:\n多次在云安全监管服务商已发出整改通知后未正确处置, 出现问题并造成 B "
        "级及以上事故;\n重大活动期间所承诺的骨干人员和管理人员未到场;\n连续 2 个月所承诺的运维服务人员人数"
        "未达到协议要求;\n另一家云服务商提出“双活”需求, 不给予配合 (可选)。",
        "During operation party A may end the agreement if it demanded rectification with a time limit "
        "and party B did not meet the justified demand in time, in these cases: several notices of the "
        "security supervisor not properly dealt with, causing an accident of grade B or above; key and "
        "management staff promised for a major event not present; operations staff below the agreed "
        "number for 2 consecutive months; no cooperation when the other provider asks for active-active "
        "running (optional).",
    ),
    "11.1": (
        "第十一条 退出", "Exit",
        "(1) 服务期内, 如乙方提出退出要求, 需至少提前 6 个月向甲方提出退出申请, 并获得甲方的许可后方可退"
        "出, 对于由此给甲方带来的经济损失, 由甲乙双方协商解决。",
        "During the term party B may leave only if it applies to party A at least 6 months ahead and "
        "party A permits it; losses are settled by consultation.",
    ),
    "11.2": (
        "第十一条 退出", "Exit",
        "(2) 服务期满或者甲方提前协议解除的, 乙方应无条件免费配合各方完成迁移和切换工作, 切换期一般延续 "
        "6 个月。",
        "When the term is over or party A has terminated early, party B helps all sides to migrate and "
        "switch over, unconditionally and free of charge, as a rule for 6 months.",
    ),
    "12.1": (
        "第十二条 争议的解决", "Disputes",
        "(1) 因履行本合同所产生的争议, 任何一方可向乙方住所地人民法院提起诉讼。",
        "Either party may sue at the court of party B's seat.",
    ),
    "12.2": (
        "第十二条 争议的解决", "Disputes",
        "(2) 除正在诉讼的争议事项外, 双方应继续行使其本合同项下的其余权利, 并履行其本合同项下的其它义务。",
        "Apart from what is before the court, the parties go on exercising their rights and performing "
        "their duties.",
    ),
    "13.1": (
        "第十三条 合同期限及解除条款", "Term and termination",
        "(1) 本合同自双方法定代表人或授权代表人签字并加盖公章或合同专用章之日起生效，履行期至起租之日起 "
        "12 个月 后终止。",
        "The contract takes effect on the day both parties have signed and sealed it; it is performed "
        "until 12 months after the start of the lease.",
    ),
    "13.2": (
        "第十三条 合同期限及解除条款", "Term and termination",
        "(2) 除本协议另有约定外，在合同有效期内，任何一方欲解除或续签本合同，应提前 30 个工作日以书面形式"
        "向对方提出，经对方书面同意后方可解除或续签本合同。但解除合同方应承担被解除方的损失。解除合同期间"
        "，乙方应配合甲方对其数据进行搬迁、转移或销毁。",
        "Unless agreed otherwise, a party that wants to terminate or renew proposes it in writing 30 "
        "working days ahead, and it needs the other's written consent. The terminating party bears the "
        "other's loss. Meanwhile party B helps to move, transfer or destroy the data.",
    ),
    "13.3": (
        "第十三条 合同期限及解除条款", "Term and termination",
        "(3) 在本合同有效期内，若遇有国家法律、法规、政策调整或双方认为需要变更的条款，双方将根据国家法律"
        "、法规、政策变更合同内容或终止本合同。",
        "On changes of law or policy, or where both see need, the parties change or end the contract "
        "accordingly.",
    ),
    "14.2": (
        "第十四条 附则", "Final provisions",
        "(2) 未经甲乙双方书面确认，任何一方不得自行变更或修改本合同。",
        "Neither party changes the contract without both parties' written confirmation.",
    ),
    "14.4": (
        "第十四条 附则", "Final provisions",
        "(4) 本合同所有附件作为合同不可分割的组成部分，与合同正文具有同等法律效力。",
        "All annexes are part of the contract with equal force.",
    ),
}
