"""Templates to text: everything is escaped, nothing may be undefined, the templates are inside the package."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from api.console.assets import address_of
from api.console.keys import KEYS, LISTED
from api.console.words import PageWords


@cache
def environment() -> Environment:
    """The one environment; templates are compiled once and not looked at again."""
    made = Environment(
        loader=PackageLoader("api.console"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False, cache_size=-1,
    )  # fmt: skip
    made.globals |= {"asset": address_of, "keys": KEYS, "listed_keys": LISTED}
    return made


def render(template: str, words: PageWords, **values: Any) -> Markup:
    """A template's text; every template has ``w`` (:class:`PageWords`) and its commonest words by their own names."""
    given = {"w": words, "say": words.say, "url": words.url, "lang": words.lang, **values}
    return Markup(environment().get_template(template).render(given))
