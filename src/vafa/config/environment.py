"""Readers for `VAFA_…` variables. A nonsense value stops the start with a sentence that names the variable."""

from __future__ import annotations

import base64
import ipaddress
import os
import re
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import dj_database_url

T = TypeVar("T")
HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*", re.IGNORECASE)
SPKI = bytes.fromhex("302a300506032b6570032100")  # what stands before an Ed25519 key in a PEM file


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
    """Scheme, host and perhaps port of a website, without a path: `https://shop.example`."""
    return _address(name, text(name, default))


def web_addresses(name: str) -> list[str]:
    """Several such addresses, separated by commas."""
    return [_address(name, each.strip()) for each in text(name).split(",") if each.strip()]


def _address(name: str, written: str) -> str:
    value = written.rstrip("/")
    try:
        parts = urlsplit(value)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, port = urlsplit(""), ""
    host = parts.hostname or ""
    bare = f"[{host}]" if ":" in host else host
    if parts.scheme not in {"http", "https"} or not _is_host(bare) or value.lower() != f"{parts.scheme}://{bare}{port}":
        raise BadVariable(name, f"must be an address like https://shop.example, not {value!r}")
    return value


def hosts(name: str, default: str) -> list[str]:
    """Names or addresses of hosts, separated by commas; `.shop.example` stands for all below it, `*` for any."""
    return _list(name, default, lambda word: word == "*" or _is_host(word.removeprefix(".")), "shop.example,10.0.0.5")


def networks(name: str, default: str) -> str:
    """Addresses of machines or networks, separated by commas; `*` for any."""
    return ",".join(_list(name, default, lambda word: word == "*" or _is_network(word), "127.0.0.1,10.0.0.0/8"))


def _is_host(word: str) -> bool:
    """Whether `word` is a host's name or address as it stands in a web address (`[::1]`), without scheme and port."""
    inside = word[1:-1] if word.startswith("[") and word.endswith("]") else ""
    return _is_network(inside) if ":" in inside else bool(HOST.fullmatch(word))


def _is_network(word: str) -> bool:
    try:
        ipaddress.ip_network(word, strict=False)
    except ValueError:
        return False
    return True


def _list(name: str, default: str, holds: Callable[[str], bool], example: str) -> list[str]:
    words = [word.strip() for word in (text(name, default) or default).split(",") if word.strip()]
    if not words or not all(map(holds, words)):
        wrong = next((word for word in words if not holds(word)), "")
        raise BadVariable(name, f"must be a list like {example}, and {wrong!r} does not belong there")
    return words


def public_key(name: str) -> bytes | None:
    """An Ed25519 public key as base64: its 32 bytes, or the body of a PEM file; None where it is not set."""
    value = text(name)
    if not value:
        return None

    def read(written: str) -> bytes:
        return base64.b64decode(written, validate=True)

    def holds(key: bytes) -> bool:
        return len(key) == 32 or (len(key) == 44 and key.startswith(SPKI))

    return _checked(name, value, read, "must be an Ed25519 public key in base64", holds)[-32:]


def folder(name: str, default: Path) -> Path:
    """An absolute folder, made when absent."""
    path = Path(text(name) or default).expanduser().absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)  # orders and customers are nobody else's business
    except OSError as refused:
        raise BadVariable(name, f"names a folder that cannot be made: {str(path)!r} ({refused.strerror})") from None
    try:
        # what the permissions say is not enough: to root they say yes on a disk that takes nothing
        tempfile.TemporaryFile(dir=path).close()
    except OSError as refused:
        reason = f"names a folder that cannot be written to: {str(path)!r} ({refused.strerror})"
        raise BadVariable(name, reason) from None
    return path


def kept_secret(file: Path) -> str:
    """The secret in `file`, made at the first start. Processes that start at once all get the same, none half of it."""
    if not file.exists():
        with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=f"{file.name}-", encoding="ascii") as made:
            made.write(secrets.token_urlsafe(48))
            made.flush()
            os.fsync(made.fileno())
            with suppress(FileExistsError):
                os.link(made.name, file)
    secret = file.read_text(encoding="ascii").strip()
    if not secret:
        raise BadVariable("VAFA_HOME", f"names a folder in which the file {file.name} is empty. Delete that file")
    return secret


def database(name: str, default: str) -> dict[str, Any]:
    """Django's settings for the database behind an address such as `sqlite:///…` or `postgresql://…`."""
    value = text(name) or default
    scheme = value.split(":", 1)[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise BadVariable(name, "must begin with sqlite:// or postgresql://")
    try:
        found = dict(dj_database_url.parse(value))
    except ValueError as refused:
        raise BadVariable(name, f"is not a database address ({refused})") from None
    if scheme == "sqlite":
        _require_file(name, str(found["NAME"]))
    else:
        _require_postgresql(name, found)
    return found


def _require_file(name: str, file: str) -> None:
    path = Path(file)
    if not path.is_absolute() or path.is_dir() or not path.parent.is_dir():
        raise BadVariable(name, f"must name a file in a folder that exists, like sqlite:////srv/vafa.sqlite3: {file!r}")


def _require_postgresql(name: str, found: dict[str, Any]) -> None:
    from psycopg import Error, conninfo

    if not found["NAME"]:
        raise BadVariable(name, "must name a database, like postgresql://user:password@host:5432/name")
    try:
        conninfo.make_conninfo(**found.get("OPTIONS", {}))
    except Error as refused:
        reason = str(refused).strip().split("\n", 1)[0]
        raise BadVariable(name, f"has an option that PostgreSQL does not know ({reason})") from None


def _checked(name: str, value: str, read: Callable[[str], T], rule: str, holds: Callable[[T], bool]) -> T:
    try:
        result = read(value)
    except ValueError:
        raise BadVariable(name, f"{rule}, not {value!r}") from None
    if not holds(result):
        raise BadVariable(name, f"{rule}, not {value!r}")
    return result
