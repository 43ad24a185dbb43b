"""The console: server-rendered pages over the same ledger and the same permissions as the API.

How a page is added:

1. ``api/console/pages/<page>.py`` has ``def <page>(pages: Pages) -> None``, which declares its routes with
   ``@pages.get("name", "/path/{contract}", takes=(…parameters of its own…))`` or ``@pages.post(…)``, and is
   listed in ``PAGES`` of ``api/console/pages/__init__.py``. An endpoint takes a
   :class:`~api.console.context.PageContext` and the path's values, and gives
   ``context.page(title, body, here="name", contract=contract)``.
2. ``body`` is ``context.render("<page>.html", …)``: the inside of ``<main>``. Every template has the words of
   :class:`~api.console.words.PageWords` (``say``, ``day``, ``fig``, ``clause``, ``facts``, ``url`` …) and imports
   ``macros.html`` (``part``, ``table``, ``notice``, ``field``, ``csrf``). Tables are
   :class:`~api.console.tables.LedgerTable`, so that ``data-is`` and roles are never written by hand.
3. ``context.question`` is what the address asks (as_of, known_at, as_seen_by, reading); ``url("name", …)`` carries it
   on, and is "" for a page that is not there, so links to pages that others still write are left out by themselves.
   Call ``context.may("read", contract)`` first. What a POST brings is ``context.form``: its token was checked.
4. Sentences stand in ``ledger/messages/console*.py``; a place in the two rows of links in
   ``api/console/navigation.py``.
   Names others link to: home, contract, text, time, explain, facts, fact, record, import, dispute, evidence, readings,
   log, access, start. ``fact`` is ``/contract/{contract}/facts/{fact}``.
"""
