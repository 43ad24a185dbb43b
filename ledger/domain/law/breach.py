"""What a breach costs (违约责任), and how a court may adjust what was agreed for it."""

from __future__ import annotations

from ledger.domain.law.source import CIVIL_CODE, CONTRACT_INTERPRETATION, article

WORDS = dict((
    article(
        CIVIL_CODE, 506,
        "合同中的下列免责条款无效：\n（一）造成对方人身损害的；\n（二）因故意或者重大过失造成对方财产损失的。",
        "Clauses of a contract that exempt from liability are void as far as it is for injury to the other party's "
        "person, or for loss of its property caused on purpose or by gross negligence.",
    ),
    article(
        CIVIL_CODE, 577,
        "当事人一方不履行合同义务或者履行合同义务不符合约定的，"
        "应当承担继续履行、采取补救措施或者赔偿损失等违约责任。",
        "A party that does not perform, or not as agreed, is liable for breach: to perform, to remedy, or to pay "
        "damages.",
    ),
    article(
        CIVIL_CODE, 584,
        "当事人一方不履行合同义务或者履行合同义务不符合约定，造成对方损失的，"
        "损失赔偿额应当相当于因违约所造成的损失，包括合同履行后可以获得的利益；但是，"
        "不得超过违约一方订立合同时预见到或者应当预见到的因违约可能造成的损失。",
        "Damages for breach equal the loss that the breach caused, with the gain that performance would have brought, "
        "but no more than the loss that the party in breach foresaw or should have foreseen when it made the "
        "contract.",
    ),
    article(
        CIVIL_CODE, 585,
        "当事人可以约定一方违约时应当根据违约情况向对方支付一定数额的违约金，"
        "也可以约定因违约产生的损失赔偿额的计算方法。\n"
        "约定的违约金低于造成的损失的，人民法院或者仲裁机构可以根据当事人的请求予以增加；"
        "约定的违约金过分高于造成的损失的，人民法院或者仲裁机构可以根据当事人的请求予以适当减少。\n"
        "当事人就迟延履行约定违约金的，违约方支付违约金后，还应当履行债务。",
        "Parties may agree that a party in breach pays a certain sum according to the breach, or how damages are "
        "reckoned. If the agreed sum is lower than the loss caused, a court or arbitral body may increase it at a "
        "party's request; if it is excessively higher than the loss caused, it may reduce it as is fitting at a "
        "party's request. Who pays liquidated damages agreed for delay is still to perform.",
    ),
    article(
        CONTRACT_INTERPRETATION, 64,
        "当事人一方通过反诉或者抗辩的方式，请求调整违约金的，人民法院依法予以支持。\n"
        "违约方主张约定的违约金过分高于违约造成的损失，请求予以适当减少的，应当承担举证责任。"
        "非违约方主张约定的违约金合理的，也应当提供相应的证据。\n"
        "当事人仅以合同约定不得对违约金进行调整为由主张不予调整违约金的，人民法院不予支持。",
        "A party may ask for an adjustment of liquidated damages by counterclaim or as a defence. The party in breach "
        "that claims that they are excessive bears the burden of proof; the other, if it claims that they are "
        "reasonable, is to give evidence too. That the contract excludes adjustment is no answer.",
    ),
    article(
        CONTRACT_INTERPRETATION, 65,
        "当事人主张约定的违约金过分高于违约造成的损失，请求予以适当减少的，"
        "人民法院应当以民法典第五百八十四条规定的损失为基础，"
        "兼顾合同主体、交易类型、合同的履行情况、当事人的过错程度、履约背景等因素，"
        "遵循公平原则和诚信原则进行衡量，并作出裁判。\n"
        "约定的违约金超过造成损失的百分之三十的，人民法院一般可以认定为过分高于造成的损失。\n"
        "恶意违约的当事人一方请求减少违约金的，人民法院一般不予支持。",
        "Where a party claims that liquidated damages are excessive and asks for a reduction, the court starts from "
        "the loss in article 584 of the Civil Code and weighs the kind of parties and of transaction, how far the "
        "contract was performed, fault, and the background of performance, by fairness and good faith. What exceeds "
        "the loss caused by thirty per cent a court may as a rule find excessive. A party in malicious breach that "
        "asks for a reduction is as a rule not heard.",
    ),
))  # fmt: skip
