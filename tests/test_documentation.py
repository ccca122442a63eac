"""Every variable, command, option and public function is documented."""

from __future__ import annotations

import argparse
import ast
import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "docs" / "operate" / "settings.md"
COMMANDS = ROOT / "docs" / "operate" / "commands.md"
OURS = sorted(name for name, app in get_commands().items() if str(app).startswith("vafa."))
GIVEN_BY_DJANGO = {
    "--help",
    "--version",
    "--verbosity",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
    "--skip-checks",
}


def sources() -> list[Path]:
    product = [path for path in (ROOT / "src").rglob("*.py") if "tests" not in path.parts]
    return [
        *product,
        ROOT / "dev.py",
        ROOT / "conftest.py",
        ROOT / "tests" / "browser" / "conftest.py",
        *(ROOT / ".ci").iterdir(),
        *(ROOT / "benchmarks").glob("*.py"),
    ]


def test_every_variable_that_is_read_is_documented():
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    read = set(re.findall(r"\bVAFA_[A-Z][A-Z_]*[A-Z]\b", text))
    documented = set(re.findall(r"`(VAFA_[A-Z_]+)`", SETTINGS.read_text(encoding="utf-8")))
    assert read - documented == set()
    assert documented - read == set()


def section_of(command: str) -> str:
    """What commands.md says about one command, from its heading to the next."""
    shown = command.replace("_", "-")
    found = re.search(rf"^## vafa {shown}\n(.*?)(?=^## |\Z)", COMMANDS.read_text(encoding="utf-8"), re.S | re.M)
    return found[1] if found else ""


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """Long options of a parser and of the parsers under its verbs, and the verbs."""
    found = set()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb, under in action.choices.items():
                found |= {verb} | options_of(under)
        found |= {option for option in action.option_strings if option.startswith("--")}
    return found - GIVEN_BY_DJANGO


@pytest.mark.parametrize("command", OURS)
def test_every_command_and_its_options_are_documented(command):
    parser = load_command_class(get_commands()[command], command).create_parser("vafa", command)
    section = section_of(command)
    assert section, f"docs/operate/commands.md has no “## vafa {command.replace('_', '-')}”"
    assert {option for option in options_of(parser) if not re.search(rf"(?<![\w-]){option}(?![\w-])", section)} == set()


def test_no_command_is_documented_that_does_not_exist():
    documented = re.findall(r"^## vafa ([\w-]+)$", COMMANDS.read_text(encoding="utf-8"), re.M)
    assert {name.replace("-", "_") for name in documented} - set(OURS) == set()


def public_without_docstring(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    return [f"{path.relative_to(ROOT)}:{node.lineno} {node.name}" for node in public if not ast.get_docstring(node)]


def test_every_public_function_is_documented():
    """Of what other rooms may call: actions, queries, the kit and the engine."""
    package = ROOT / "src" / "vafa"
    shown = [
        path
        for path in sorted(package.rglob("*.py"))
        if path.relative_to(package).parts[0] in {"kit", "engine"}
        or {"actions", "actions.py", "queries", "queries.py"} & set(path.relative_to(package).parts)
    ]
    silent = [each for path in shown if "tests" not in path.parts for each in public_without_docstring(path)]
    assert silent == []
