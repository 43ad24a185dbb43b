"""What the tests of liquidated damages share: a contract in service, and what its rows come to."""

from __future__ import annotations

from tests.happenings import lease_started, signed, system

SERVED = (signed, lease_started("2025-12-01"), system())
MONTH, TWICE, HALF = "191992.61", "383985.22", "95996.31"  # 100 %, 200 %, 50 % (95996.305) of annex 2
P20, P30, P50, P60 = "1666.68", "2500.03", "4166.71", "5000.05"  # of annex 3
SUM = {"same-cause-damages": "sum"}
