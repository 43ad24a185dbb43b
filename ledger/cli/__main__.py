"""``python -m ledger.cli``: the command ``lvyue`` where its script is not on the path."""

import sys

from ledger.cli import main

sys.exit(main())
