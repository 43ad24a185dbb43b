"""绿植养护协议: an invented agreement of three clauses, as somebody else would add it to an installed ledger.

Everything the ledger knows of it stands in this folder.
"""

SLUG = "plant-care"
