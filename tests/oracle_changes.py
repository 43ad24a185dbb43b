"""The oracle's next_changes (SPEC 5): what differs between the answers of two days, found without ledger/.

"one entry a day and changed path (a record that came or went is one path), `what` = the path, `from` and `to`
its values; `as_of`, `window` and `receipt` are no change".
"""

from typing import Any

Records = dict[str, list[str]]
UNTOLD = (
    "contract", "as_of", "known_at", "facts", "readings", "incidents.window", "claims", "contested", "positions",
    "damages.running",  # 9.9: "`running` moves with the day alone and is no change"
)  # fmt: skip
# lists whose elements have a name of their own, by what names them: those of every agreement, and of the first
EVERYWHERE: Records = {"obligations": ["id"], "anomalies": ["code", "fact"], "limitation": ["debt"]}
RECORDS: Records = {
    **EVERYWHERE,
    "incidents.counted": ["incident"],
    "incidents.excluded": ["incident"],
    "termination.grounds": ["clause", "arose_on"],
    "damages.items": ["id"],
    "termination.declared": ["fact"],
}


def named(records: list[dict[str, Any]], keys: list[str]) -> dict[str, Any]:
    """Each record by its name; a `+` for every earlier one of the same name."""
    found: dict[str, Any] = {}
    for one in records:
        name = "@".join(str(one[key]) for key in keys)
        found[name + "+" * sum(name == other.rstrip("+") for other in found)] = one
    return found


def values_of(path: str, value: Any, records: Records) -> dict[str, Any]:
    """Every path from `path` on, with its value; a dict at a path also counts as a whole."""
    if path in UNTOLD:
        return {}
    if path in records:
        value = named(value, records[path])
    found = {path: value}
    if isinstance(value, dict):
        for key, one in value.items():
            found |= values_of(f"{path}.{key}" if path else key, one, records)
    return found


def to_come(
    on: str, before: dict[str, Any], after: dict[str, Any], records: Records = RECORDS
) -> list[dict[str, Any]]:
    """The entries of one day: the outermost path that only one answer has, the innermost that both have."""
    old, new = values_of("", before, records), values_of("", after, records)
    entries = []
    both = old.keys() & new.keys()
    for path in sorted(path for path in old.keys() | new.keys() if path not in both or old[path] != new[path]):
        whole = path.rpartition(".")[0]  # of a record that came or went only the record is told
        while whole and whole not in old.keys() | new.keys():
            whole = whole.rpartition(".")[0]
        if any((path in side) and isinstance(side[path], dict) for side in (old, new)) and path in old and path in new:
            continue
        if not (whole in old and whole in new) or old.get(path) == new.get(path):
            continue
        entries.append({"on": on, "what": path, "from": old.get(path), "to": new.get(path)})
    return entries


def positions_of(views: list[dict[str, Any]], records: Records = RECORDS) -> list[dict[str, Any]]:
    """SPEC 2.4: "`positions` every path (as in `next_changes`) on which the three views differ, missing values as
    null"."""
    told = [values_of("", view, records) for view in views]
    found = []
    for path in sorted({path for values in told for path in values}):
        whole = path.rpartition(".")[0]
        while whole and not any(whole in values for values in told):
            whole = whole.rpartition(".")[0]
        if not all(whole in values for values in told):
            continue  # of a record that one view has not, only the record is told
        values = [values.get(path) for values in told]
        there = [path in values for values in told]
        if all(there) and any(isinstance(value, dict) for value in values):
            continue
        if any(value != values[0] for value in values):
            record, party_a, party_b = values
            found.append({"path": path, "record": record, "party_a": party_a, "party_b": party_b})
    return found
