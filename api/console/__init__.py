"""The console: server-rendered pages over the same ledger and the same permissions as the API.

How a page is added:

1. ``api/console/pages/<page>.py`` has ``def <page>(pages: Pages) -> None``, which declares its routes with
   ``@pages.get("name", "/path/{contract}", takes=(…parameters of its own…))`` or ``@pages.post(…)``, and is
   listed in ``PAGES`` of ``api/console/pages/__init__.py``. An endpoint takes a
   :class:`~api.console.context.PageContext` and the path's values, and gives
   ``context.page(title, body, here="name", contract=contract)``.
2. ``body`` is ``context.render("<page>.html", …)``: the content of ``<main>``. Every template has the functions of
   :class:`~api.console.words.PageWords` (``say``, ``day``, ``fig``, ``clause``, ``facts``, ``url`` …) and imports
   ``macros.html`` (``part``, ``table``, ``notice``, ``field``, ``csrf``). Tables are
   :class:`~api.console.tables.LedgerTable`, so that ``data-is`` and roles are never written by hand.
3. ``context.question`` is what the address asks (as_of, known_at, as_seen_by, reading); ``url("name", …)`` carries it
   on, and is "" for a page that does not exist, so that such links are left out. Call ``context.may("read", contract)``
   first. The form of a POST is ``context.form``; its token has been checked.
4. Sentences are in ``ledger/messages/console*.py``; the two rows of links at the top in
   ``api/console/navigation.py``.
   Names to link to: home, contract, text, time, explain, facts, fact, record, import, dispute, evidence, readings,
   log, access, start. ``fact`` is ``/contract/{contract}/facts/{fact}``.
"""
