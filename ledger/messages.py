"""The one catalogue of what a person sees: Chinese first, English second.

``CATALOGUE`` maps a stable code to its two sentences, as ``str.format`` templates. Rooms keep their
entries under a heading of their own.
"""

from __future__ import annotations

from typing import Literal

from ledger.domain.errors import Refusal

Language = Literal["zh", "en"]

CATALOGUE: dict[str, tuple[str, str]] = {
    # --- service ---------------------------------------------------------------------------------
    "CONTRACT_UNKNOWN": ("账本中没有合同 {contract}。", "The ledger holds no contract {contract}."),
    "CONTRACT_EXISTS": ("合同 {contract} 已经登记过。", "Contract {contract} is registered already."),
    "VERSION_CONFLICT": (
        "合同当前版本是 {actual}，请求依据的是 {expected}；请重新读取后再试。",
        "The contract is at version {actual}, the request was made for {expected}; read it again and retry.",
    ),
    "READING_UNKNOWN": (
        "没有名为 {reading} 的解读，可用的有：{known}。",
        "There is no reading {reading}; there are: {known}.",
    ),
    "READING_OPTION_UNKNOWN": (
        "解读 {reading} 没有选项 {option}，可选：{known}。",
        "Reading {reading} has no option {option}; it has: {known}.",
    ),
    "ROLE_UNKNOWN": ("没有角色 {role}，可用的有：{known}。", "There is no role {role}; there are: {known}."),
    "PATH_UNKNOWN": (
        "结论中没有路径 {path}；例如 termination.allowed 或某项义务的编号。",
        "No conclusion is at path {path}; try termination.allowed or the id of an obligation.",
    ),
}


def say(code: str, lang: Language = "zh", **values: object) -> str:
    """The sentence for ``code`` in ``lang``, its template filled with ``values``."""
    return CATALOGUE[code][0 if lang == "zh" else 1].format(**values)


def refusal(refused: Refusal, lang: Language = "zh") -> str:
    """One line for a refusal: where (line, field), then the sentence; several faults on lines of their own."""
    if refused.faults:
        return "\n".join(refusal(fault, lang) for fault in refused.faults)
    line = (f"第 {refused.line} 行" if lang == "zh" else f"line {refused.line}") if refused.line else ""
    where = ("，" if lang == "zh" else ", ").join(part for part in (line, refused.field or "") if part)
    sentence = say(refused.code, lang, **refused.values)
    return f"{where}：{sentence}" if where and lang == "zh" else f"{where}: {sentence}" if where else sentence
