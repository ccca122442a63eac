"""Readers for `VAFA_…` variables. A nonsense value stops the start with a sentence that names the variable."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import dj_database_url

T = TypeVar("T")


class BadVariable(SystemExit):
    """Ends the start with exit code 2 and one sentence on standard error."""

    def __init__(self, name: str, reason: str) -> None:
        self.sentence = f"vafa: the environment variable {name} {reason}."
        super().__init__(2)


def text(name: str, default: str = "") -> str:
    """The variable's value, or what the file named by `NAME_FILE` holds (for secrets), or `default`."""
    file = os.environ.get(f"{name}_FILE")
    if file is None:
        return os.environ.get(name, default).strip()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise BadVariable(f"{name}_FILE", f"names a file that cannot be read: {file!r}") from None


def switch(name: str, *, default: bool) -> bool:
    """`1/true/yes/on` or `0/false/no/off`."""
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    value = text(name).lower()
    if not value:
        return default
    if value not in words:
        raise BadVariable(name, f"must be one of {', '.join(words)}, not {value!r}")
    return words[value]


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number within the bounds."""
    value = text(name)
    if not value:
        return default
    return _checked(name, value, int, f"must be a whole number from {least} to {most}", lambda n: least <= n <= most)


def decimal(name: str, default: float, *, least: float, most: float) -> float:
    """A number, with or without a fraction, within the bounds."""
    value = text(name)
    if not value:
        return default
    return _checked(name, value, float, f"must be a number from {least:g} to {most:g}", lambda n: least <= n <= most)


def web_address(name: str, default: str) -> str:
    """Scheme and host of a website, without a path: `https://shop.example`."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise BadVariable(name, f"must be an address like https://shop.example, not {value!r}")
    return value


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """An absolute folder, made when absent."""
    path = Path(text(name) or default).expanduser().absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise BadVariable(name, f"names a folder that cannot be made: {str(path)!r} ({refused.strerror})") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise BadVariable(name, f"names a folder that cannot be written to: {str(path)!r}")
    return path


def database(name: str, default: str) -> dict[str, Any]:
    """Django's settings for the database behind an address such as `sqlite:///…` or `postgresql://…`."""
    value = text(name) or default
    scheme = value.split(":", 1)[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise BadVariable(name, "must begin with sqlite:// or postgresql://")
    try:
        return dict(dj_database_url.parse(value))
    except ValueError as refused:
        raise BadVariable(name, f"is not a database address ({refused})") from None


def _checked(name: str, value: str, read: Callable[[str], T], rule: str, holds: Callable[[T], bool]) -> T:
    try:
        result = read(value)
    except ValueError:
        raise BadVariable(name, f"{rule}, not {value!r}") from None
    if not holds(result):
        raise BadVariable(name, f"{rule}, not {value!r}")
    return result
