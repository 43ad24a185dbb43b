"""Schemathesis against the real server, once as a party and once as the operator, with every check on.

    python -m tests.api.fuzz [examples]

Not collected by pytest: it takes minutes. Exits 1 where anything was found.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.api.server import Served, serving, terms

CONFIG = Path(__file__).with_name("schemathesis.toml")
# A stream of events never ends; its parameters are tested by hand.
LEFT_OUT = "/api/v1/events"
# Each type of fact is a branch of what these take. Going through every value of every field of each takes ten
# minutes: a run does so for a few types, drawn anew. test_fact_schemas.py holds them all against the parser.
BRANCHING = ("record_facts", "simulate")
DRAWN = 3


@contextmanager
def fresh() -> Iterator[Served]:
    """A server with a contract whose number is easily guessed."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), rate=10000) as served:
        with served.client("party_a") as client:
            client.post("/api/v1/contracts", json={"terms": terms("0")}).raise_for_status()
        yield served


def run(served: Served, who: str, document: str, *options: str) -> int:
    """Schemathesis' exit status, 1 too where the server failed at anything."""
    program = Path(sys.executable).with_name("schemathesis")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([
            str(program), "--config-file", str(CONFIG), "run", document, "--url", served.url,
            "-H", f"Authorization: Bearer {served.keys[who]}", "--checks", "all", "--exclude-path", LEFT_OUT,
            "--continue-on-failure", "--no-color", "--suppress-health-check", "filter_too_much", *options,
        ], check=False, cwd=folder)  # fmt: skip
    failed = [line for line in served.printed if '"level":"error"' in line]
    print(*failed, sep="\n")
    return 1 if failed else done.returncode


def everything(who: str, examples: int) -> int:
    """The document as it is served."""
    apart = [option for name in BRANCHING for option in ("--exclude-operation-id", name)]
    with fresh() as served:
        document = f"{served.url}/openapi.json"
        covered = run(served, who, document, "--phases", "examples,coverage", *apart)
        return max(covered, run(served, who, document, "--phases", "fuzzing,stateful", "-n", str(examples)))


def some_types(who: str) -> int:
    """Both sides of every limit, for a few types of facts."""
    with fresh() as served, tempfile.TemporaryDirectory() as folder:
        with served.client(who) as client:
            document = client.get("/openapi.json").json()
        schemas: dict[str, Any] = document["components"]["schemas"]
        drawn = random.sample(schemas["ImaginedFact"]["oneOf"], DRAWN)
        print("types drawn:", *(one["$ref"].rpartition("/")[2] for one in drawn))
        schemas["FactIn"] = schemas["ImaginedFact"] = {"oneOf": drawn}
        file = Path(folder) / "openapi.json"
        file.write_text(json.dumps(document), "utf-8")
        only = [option for name in BRANCHING for option in ("--include-operation-id", name)]
        return run(served, who, str(file), "--phases", "coverage", *only)


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    sys.exit(max(some_types("party_a"), everything("party_a", number), everything("operator", number)))
