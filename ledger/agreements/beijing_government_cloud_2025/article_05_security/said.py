"""What is said of the clause alone: its names, and the sentences of its explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "duty:security-review": ("通过第三方网络安全审查", "pass the third-party cyber-security review"),
}
