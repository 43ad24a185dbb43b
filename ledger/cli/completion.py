"""The verb completion: prints a completion script for bash or zsh."""

from __future__ import annotations

from argparse import Namespace

from ledger.cli.output import Output
from ledger.cli.verbs import build


def completion(asked: Namespace, out: Output) -> None:
    import shtab

    print(shtab.complete(build(out.lang), asked.shell), file=out.stream)
