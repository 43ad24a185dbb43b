"""Schemathesis against the real server, once as a party and once as the operator, with every check on.

    python -m tests.api.fuzz [examples]

Not collected by pytest: it takes minutes. Exits 1 where anything was found.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.api.server import serving, terms

CONFIG = Path(__file__).with_name("schemathesis.toml")
# A stream of events never ends; its parameters are tested by hand.
LEFT_OUT = "/api/v1/events"


def run(who: str, examples: int) -> int:
    """Schemathesis' exit status, 1 too where the server failed at anything."""
    program = Path(sys.executable).with_name("schemathesis")
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), rate=10000) as served:
        with served.client("party_a") as client:  # a contract whose number is easily guessed
            client.post("/api/v1/contracts", json={"terms": terms("0")}).raise_for_status()
        done = subprocess.run([
            str(program), "--config-file", str(CONFIG), "run", f"{served.url}/openapi.json",
            "-H", f"Authorization: Bearer {served.keys[who]}", "--checks", "all", "--exclude-path", LEFT_OUT,
            "--phases", "examples,coverage,fuzzing,stateful", "-n", str(examples), "--continue-on-failure",
            "--no-color",
        ], check=False, cwd=folder)  # fmt: skip
        failed = [line for line in served.printed if '"level":"error"' in line]
    print(*failed, sep="\n")
    return 1 if failed else done.returncode


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    sys.exit(max(run(who, number) for who in ("party_a", "operator")))
