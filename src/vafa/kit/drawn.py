"""Pieces of pages that are kept: the same values are drawn once."""

from __future__ import annotations

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b

from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe

from vafa.kit.formats.preferences import preferences, the_language


class Drawings:
    """What was drawn lately, `most` pieces in a process, by all that a piece may depend on: its values, the language,
    how the shop shows things, where it is mounted. Whoever draws may look at nothing else: not at the request, the
    clock, or the database. Then a piece is never older than its values.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[bytes, SafeString] = OrderedDict()
        self._lock = threading.Lock()

    def drawn(self, name: str, values: object, draw: Callable[[], str]) -> SafeString:
        """The piece of this name for these values: texts, numbers, days, and data classes, lists and dicts of them."""
        seen = (name, values, the_language(None), preferences(), get_script_prefix())
        key = blake2b(pickle.dumps(seen), digest_size=20).digest()  # written, never read: nothing is unpickled
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        found = mark_safe(draw())  # noqa: S308 - the template escaped what it was given
        with self._lock:
            self._kept[key] = found
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
