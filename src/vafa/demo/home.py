"""Where the demo lives. Settled before the settings are read, because they make the data folder they are told of.

Standard library only: the console script asks before Django is there.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import MutableMapping, Sequence
from pathlib import Path

FOLDER = Path("var") / "demo"
FIRST_PORT = 8000


def settle(arguments: Sequence[str], environment: MutableMapping[str, str]) -> None:
    """Put the demo's own data folder and address into `environment` for `vafa demo …`.

    `--home` wins, then `VAFA_HOME`, then `var/demo` below the current folder: never the data folder of a real shop by
    default.
    """
    home = value_of("--home", arguments) or environment.get("VAFA_HOME") or str(Path.cwd() / FOLDER)
    environment["VAFA_HOME"] = home
    port = value_of("--port", arguments) or str(FIRST_PORT)
    # what is no port is refused by the command, in words about the option
    if not environment.get("VAFA_PUBLIC_URL") and port.isdecimal() and 1 <= int(port) <= 65535:
        environment["VAFA_PUBLIC_URL"] = f"http://127.0.0.1:{port}"


def program() -> str:
    """How this program is called from here: `vafa` where the shell finds it so, else by its path."""
    here = Path(sys.argv[0]).absolute()
    if here.name != "vafa" or shutil.which("vafa") == str(here):
        return "vafa"
    return str(here.relative_to(Path.cwd())) if here.is_relative_to(Path.cwd()) else str(here)


def value_of(option: str, arguments: Sequence[str]) -> str:
    """The value of `--option VALUE` or `--option=VALUE`; "" where it is not given."""
    for place, word in enumerate(arguments):
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
        if word == option and place + 1 < len(arguments):
            return arguments[place + 1]
    return ""
