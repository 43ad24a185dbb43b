"""What is said of the clause alone: its names, and the sentences of its explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "duty:host-hardening": ("主机安全加固", "harden the hosts"),
    "duty:host-scan": ("主机漏洞扫描", "scan the hosts for vulnerabilities"),
    "EX_UNITS": (
        "订单约定{name}：{hosts} 台 × {times} 次 = {ordered} 次；截至 {day} 已完成 {done} 次。",
        "The order asks for {name}: {hosts} hosts × {times} times = {ordered}; as of {day} {done} are done.",
    ),
    "EX_UNITS_SHORT": (
        "登记了主机名而不足 {times} 次的：{hosts}。",
        "Hosts named with fewer than {times} times: {hosts}.",
    ),
    "SERVICE_UNKNOWN": ("服务定单中没有服务 {service}。", "The order has no service {service}."),
}
