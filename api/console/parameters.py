"""The query parameters of every page, in the forms in which people type them."""

from __future__ import annotations

import re

from api.parameters import AS_OF, AS_SEEN_BY, KNOWN_AT, READING, Parameter, choice

_CLOCK = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2})(:[0-9]{2})?")


def _known_at(given: str) -> int:
    """A moment as the API takes it, or in Beijing time as ``2026-11-26 08:22``, meaning the end of that minute."""
    clock = _CLOCK.fullmatch(given.strip())
    if clock is None:
        moment: int = KNOWN_AT.read(given.strip())
        return moment
    seconds = clock[3] or ":59"
    moment = KNOWN_AT.read(f"{clock[1]}T{clock[2]}{seconds}.999999+08:00")
    return moment


def _trimmed(parameter: Parameter) -> Parameter:
    return Parameter(parameter.name, parameter.schema, lambda given: parameter.read(given.strip()), most=parameter.most,
                     wanted=parameter.wanted)  # fmt: skip


LANG, TYPE = choice("lang", "zh", "en", about="console"), choice("type", "large", "normal", about="console")
ON_EVERY_PAGE: dict[str, Parameter] = {
    one.name: one for one in (
        _trimmed(AS_OF), Parameter("known_at", KNOWN_AT.schema, _known_at), AS_SEEN_BY, READING, LANG, TYPE,
    )
}  # fmt: skip
