"""The verb completion: a script that teaches bash or zsh the verbs and options."""

from __future__ import annotations

from argparse import Namespace

from ledger.cli.output import Output
from ledger.cli.verbs import build


def completion(asked: Namespace, out: Output) -> None:
    import shtab

    print(shtab.complete(build(out.lang), asked.shell), file=out.stream)
