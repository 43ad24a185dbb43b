"""What a package cannot hold, and what verifying one says. Part of the one catalogue."""

from __future__ import annotations

EVIDENCE: dict[str, tuple[str, str]] = {
    # --- evidence --------------------------------------------------------------------------------
    "SCOPE_UNKNOWN": (
        "本合同没有 {name}；请写事实的 id 或 ref，或事件、发票、争议等的编号。",
        "This contract has no {name}; give a fact's id or ref, or the id of an incident, invoice, dispute …",
    ),
    "DISCLOSE_UNKNOWN": (
        "{name} 不是个人信息字段；请写 事实.字段，如 staff-1.name。",
        "{name} is no personal field; write FACT.FIELD, as in staff-1.name.",
    ),
    "DISCLOSE_ERASED": (
        "{name} 的个人信息已删除，无法披露；不披露也能导出和核验。",
        "The value of {name} was erased and cannot be disclosed; the package verifies without it.",
    ),
    "FILE_EXISTS": ("已有文件 {file}，不覆盖；请换一个名字。", "There is a file {file} already; choose another."),
    "FOLDER_MISSING": ("没有目录 {folder}。", "There is no folder {folder}."),
    "TRUST_EMPTY": (
        "--trust {files}：不存在、读不了，或其中没有公钥；公钥每行一个，形如 名称+编号+base64。",
        "--trust {files}: not there, not readable, or without a public key; a key is a line name+id+base64.",
    ),
    "DONE_EVIDENCE": (
        "已导出证据包 {file}（{size} 字节，事实 {count} 条；本次导出记为 {fact}）",
        "exported to {file} ({size} bytes, {count} facts; the export itself is {fact})",
    ),
    "EVIDENCE_OUTPUT": (
        "请用 --output FILE（-o）写明证据包的文件名，或用 --preview 只看内容、不作记录。",
        "Give the package's file by --output FILE (-o), or --preview to see what it would hold and record nothing.",
    ),
    "EVIDENCE_PREVIEW_OUTPUT": (
        "预览不写文件；请去掉 -o 或 --preview。",
        "A preview writes no file; leave out -o or --preview.",
    ),
    "PREVIEW_EVIDENCE": (
        "将列出事实 {facts} 条（另加本次导出的记录），只列摘要 {withheld} 条",
        "it would show {facts} facts (and the record of the export), {withheld} more by their digests only",
    ),
    "PREVIEW_SECTIONS": ("报告只列与争议有关的各节：{sections}", "its report would have these sections: {sections}"),
    "PREVIEW_DOCUMENTS": (
        "附文书 {held} 份，缺 {absent} 份；披露个人信息 {disclosed} 项",
        "documents: {held}, absent: {absent}; personal values disclosed: {disclosed}",
    ),
    "PREVIEW_NOTHING": ("这只是预览，未作任何记录", "This was a preview; nothing was recorded"),
    "DONE_EVIDENCE_NEXT": (
        "核验：解压后运行 python3 verify.py . --trust 公钥文件，或 lvyue verify {file} --trust 公钥文件；"
        "公钥须从包外取得。",
        "To verify: unpack it and run python3 verify.py . --trust KEYS, or lvyue verify {file} --trust KEYS; "
        "the keys have to come from elsewhere.",
    ),
    "VERIFY_FINDING_FAILED": ("不符：{finding}", "FAILED: {finding}"),
    "VERIFY_FINDING_UNCHECKED": ("未核对：{finding}", "UNCHECKED: {finding}"),
    "VERIFY_SET_ASIDE": (
        "忽略：{file}（操作系统自己放进来的，不属于证据包）",
        "SET ASIDE: {file} (put there by an operating system; no part of the package)",
    ),
    "VERIFY_FACTS": (
        "核对事实 {count} 条，其中只列摘要 {withheld} 条",
        "{count} facts checked, {withheld} of them by their digests only",
    ),
    "VERIFY_NOT_DRAWN": (
        "无法由包内事实重新推导：{file} 缺失或内容不对",
        "cannot be drawn again from the facts: {file} is missing or does not say what it should",
    ),
    "VERIFY_NO_PACKAGE": (
        "不是证据包，或已损坏，或无权读取",
        "This is no package, or it is damaged, or may not be read",
    ),
    "VERIFY_PACKAGE_REFUSED": ("不是证据包，或已损坏：{detail}", "This is no package, or it is damaged: {detail}"),
    "VERIFY_DIFFERS": (
        "由包内事实按同一规则重新推得的结论不同：{paths}",
        "drawn again from the facts by the same rules the conclusions are others: {paths}",
    ),
    "VERIFY_ALTERED": (
        "与由包内事实重新生成的不同",
        "not as it is when drawn again from the facts",
    ),
    "VERIFY_CONCLUSIONS_SAME": (
        "已由包内事实按规则 {rules} 重新推得同样的结论、引用的条文和证据清单；report.pdf、catalogue.pdf 只核对了封签",
        "the same conclusions, words cited and list of evidence were drawn again from the facts by rules {rules}; of "
        "report.pdf and catalogue.pdf only the seal was checked",
    ),
    "VERIFY_CONCLUSIONS_PARTIAL": (
        "部分事实只列摘要，结论未重新推导；结论以全部事实为据",
        "some facts stand as digests only, so the conclusions, which rest on all of them, were not drawn again",
    ),
    "VERIFY_CONCLUSIONS_OTHER_RULES": (
        "包内结论出自规则 {rules}，此处未安装，未重新推导",
        "the conclusions were drawn by rules {rules}, which are not installed here, and were not drawn again",
    ),
    "VERIFY_PASSED": ("结论：通过", "result: PASSED"),
    "VERIFY_INCOMPLETE": ("结论：不完整，有未能核对之处", "result: INCOMPLETE, not everything could be checked"),
    "VERIFY_FAILED": ("结论：不符", "result: FAILED"),
    "VAULT_KEY_MISSING": (
        "{folder} 中没有本账本的 vault.key，无法保存、读取或删除个人信息；请把 LVYUE_KEYS 指向原来的密钥目录。",
        "{folder} lacks this ledger's vault.key, so personal values cannot be kept, read or erased; "
        "point LVYUE_KEYS at the original key folder.",
    ),
    "VAULT_UNREADABLE": (
        "{subject} 的个人信息无法解密；请检查密钥目录中的 vault.key。",
        "The personal values of {subject} cannot be decrypted; check vault.key in the key folder.",
    ),
    "SUBJECT_UNKNOWN": (
        "没有 {subject} 的个人信息，或已经删除。",
        "There are no personal values of {subject}, or they were erased already.",
    ),
}
