"""``python -m ledger.cli``: the same command where its script is not on the path."""

import sys

from ledger.cli import main

sys.exit(main())
