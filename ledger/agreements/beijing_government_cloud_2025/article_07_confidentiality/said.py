"""What is said of the clause alone: its names, and the sentences of its explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "anomaly:NDA_UNSIGNED": ("人员未签保密协议", "staff without a non-disclosure agreement"),
    "anomaly:HANDOVER_UNFILED": ("人员移交未备案", "a handover not filed"),
    "duty:return-materials": ("归还保密资料", "return confidential materials"),
    "duty:confidentiality": ("保密", "keep confidential"),
    "EX_NDA_UNSIGNED": (
        "{fact}：人员 {person} 未签署书面《保密协议》，第 7.2 款要求全体参与人员签署。",
        "{fact}: {person} has not signed the written non-disclosure agreement that clause 7.2 asks of everyone taking "
        "part.",
    ),
    "EX_HANDOVER_UNFILED": (
        "{fact}：人员 {person} 离开时的移交未向甲方备案（附件5 第三条第4项）。",
        "{fact}: when {person} left, the handover was not filed with party A (annex 5, article 3, item 4).",
    ),
}
