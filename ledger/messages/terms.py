"""What is wrong with the terms of an agreement. Part of the one catalogue."""

from __future__ import annotations

TERMS: dict[str, tuple[str, str]] = {
    # --- terms -----------------------------------------------------------------------------------
    "TERMS_INVALID": ("合同条款参数有 {count} 处错误。", "The terms have {count} faults."),
    "TEMPLATE_UNKNOWN": (
        "本程序没有名为 {template} 的协议范本；已有：{known}。",
        "there is no template called {template}; known are: {known}.",
    ),
    "FACT_OF_ANOTHER_AGREEMENT": (
        "{type} 不是本合同所用范本（{template}）的事实类型。",
        "{type} is not a fact of this contract's template ({template}).",
    ),
    "TERMS_KEY_UNKNOWN": (
        "没有这个键；此处可用的有：{known}。",
        "there is no such key; known here: {known}.",
    ),
    "TERMS_KEY_MISSING": ("缺少这个键，必须填写。", "this key is missing and must be given."),
    "TERMS_NOT_A_TABLE": (
        "应为表（键和值），而不是 {given}。",
        "must be a table of keys and values, not {given}.",
    ),
    "TERMS_NOT_A_LIST": ("应为列表，而不是 {given}。", "must be a list, not {given}."),
    "TERMS_LIST_EMPTY": ("列表不能为空，至少要有一项。", "must not be empty: give at least one entry."),
    "TERMS_NOT_TEXT": ("应为文字，写在引号内，而不是 {given}。", "must be text in quotes, not {given}."),
    "TERMS_TEXT_BLANK": ("不能是空白文字。", "must not be blank."),
    "TERMS_TEXT_LONG": (
        "文字有 {length} 个字符，最多 {longest} 个。",
        "has {length} characters; at most {longest} are allowed.",
    ),
    "TERMS_TEXT_HIDDEN": (
        "文字含有不可见的控制字符或方向控制字符 {character}，请删除。",
        "contains the invisible control or bidirectional character {character}; remove it.",
    ),
    "TERMS_ID_CHARACTERS": (
        "合同编号 {given} 无效：只能用字母、数字和 - _ .，以字母或数字开头，最多 64 个字符。",
        "{given} is no contract id: use letters, digits and - _ . only, a letter or digit first, at most 64.",
    ),
    "TERMS_SLUG_CHARACTERS": (
        "名称 {given} 无效：只能用小写字母、数字和连字符，最多 64 个字符。",
        "{given} is no short name: use lower-case letters, digits and hyphens only, at most 64.",
    ),
    "TERMS_CHOICE_UNKNOWN": (
        "没有 {given} 这个选项，可用的有：{known}。",
        "there is no {given}; there are: {known}.",
    ),
    "TERMS_NOT_BOOLEAN": ("应为 true 或 false，而不是 {given}。", "must be true or false, not {given}."),
    "TERMS_NOT_INTEGER": (
        "应为整数，不带引号和小数点，而不是 {given}。",
        "must be a whole number without quotes or point, not {given}.",
    ),
    "TERMS_NOT_DECIMAL": (
        "应为写在引号内的十进制数，如 \"0.06\"（不用浮点数、正负号或指数），而不是 {given}。",
        "must be a decimal in quotes such as \"0.06\" (no float, sign or exponent), not {given}.",
    ),
    "TERMS_NOT_MONEY": (
        "应为写在引号内的金额（元），如 \"1843129.06\"（不用浮点数、正负号或分隔符），而不是 {given}。",
        "must be an amount in yuan in quotes such as \"1843129.06\" (no float, no separators), not {given}.",
    ),
    "TERMS_MONEY_TOO_FINE": (
        "金额 {given} 的小数超过两位，最小单位是分。",
        "{given} has more than two decimals; the fen is the smallest unit.",
    ),
    "TERMS_NO_SUCH_DAY": ("日期 {given} 不存在。", "there is no day {given}."),
    "TERMS_NOT_A_DAY": (
        "应为日期，如 2025-12-31，而不是 {given}。",
        "must be a date such as 2025-12-31, not {given}.",
    ),
    "TERMS_OUT_OF_RANGE": (
        "{given} 超出范围，应 {range}。",
        "{given} is out of range; it must be {range}.",
    ),
    "TERMS_DUPLICATE": ("{given} 重复出现，只能有一个。", "{given} stands twice; there may be only one."),
    "TERMS_NOT_JSON": (
        "{given} 不能作为条款参数登记；只能用文字、整数、日期、表和列表。",
        "{given} cannot be recorded; use text, whole numbers, dates, tables and lists only.",
    ),
    "AMENDMENT_INVALID": ("变更内容有 {count} 处错误。", "The amendment has {count} faults."),
    "AMENDMENT_EMPTY": ("没有写明任何变更。", "names no change."),
    "AMENDMENT_KEY_UNKNOWN": (
        "合同条款参数中没有这个键；此处可用的有：{known}。",
        "the terms have no such key; known here: {known}.",
    ),
    "AMENDMENT_ROW_UNKNOWN": (
        "没有 {by} 为 {address} 的行；要新增一行，请给出整行的内容。",
        "there is no row whose {by} is {address}; to add one, give the whole row.",
    ),
    "AMENDMENT_ADDRESS": (
        "行的 {by} 必须与键一致，不能变更；请删除该行（null）再新增。",
        "a row's {by} must agree with the key and cannot change; take the row away (null) and add another.",
    ),
    "AMENDMENT_CONTRACT_ID": ("合同编号不能变更。", "the contract's id cannot change."),
    "AMENDMENT_TEMPLATE": (
        "所依据的协议范本不能变更。", "the model agreement a contract was drawn from cannot change.",
    ),
}
