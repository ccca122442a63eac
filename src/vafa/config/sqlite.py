"""Brings an SQLite build without the WAL-reset fault (before 3.51.3, but for two backports, a commit can be lost)."""

from __future__ import annotations

import importlib
import sys

FIRST_GOOD = (3, 51, 3)
BACKPORTED = {(3, 44): 6, (3, 50): 7}  # the first good build of older lines


def use_good_build() -> None:
    """Let Django find `pysqlite3` under the name `sqlite3` where its wheel is installed; before Django's backend."""
    if "django.db.backends.sqlite3.base" in sys.modules:
        return
    try:
        replacement = importlib.import_module("pysqlite3")
    except ImportError:
        return
    sys.modules["sqlite3"] = replacement
    sys.modules["sqlite3.dbapi2"] = importlib.import_module("pysqlite3.dbapi2")


def build_in_use() -> tuple[int, int, int]:
    """The version of the SQLite library that this process uses."""
    return tuple(importlib.import_module("sqlite3").sqlite_version_info)


def may_lose_commits(build: tuple[int, int, int]) -> bool:
    """Whether that version of SQLite has the WAL-reset fault."""
    line = build[:2]
    return build < FIRST_GOOD and not (line in BACKPORTED and build[2] >= BACKPORTED[line])
