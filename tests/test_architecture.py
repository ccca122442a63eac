"""The house rules that import-linter and ruff cannot see; the reasons are in ARCHITECTURE.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "vafa"
FLOORS = [  # low to high; rooms of one line are siblings
    {"engine"},
    {"kit"},
    {"jobs"},
    {"shop"},
    {"accounts"},
    {"customers"},
    {"messages", "visits", "vouchers"},
    {"promises"},
    {"catalog", "payments"},
    {"orders"},
    {"delivery"},
    {"checkout"},
    {"fulfilment"},
    {"agreements", "incidents", "requests"},
    {"console", "storefront", "api", "connectors"},
    {"opening"},
    {"demo"},
    {"config"},
]
OPEN = {"engine", "kit"}
SHOWN = {"actions", "queries", "models"}
SHOWN_TOO = {
    "vafa.accounts.access": "the gates before views",
    "vafa.accounts.api_auth": "the gate before API routes",
    "vafa.accounts.once": "what a form that is sent twice makes once",
    "vafa.checkout.addresses": "how an address is written in each country",
    "vafa.customers.addresses": "how an address is spelled",
    "vafa.delivery.timeline": "the story of a parcel, for the customer's page of it",
    "vafa.orders.links": "the signed word that opens one order",
    "vafa.delivery.kinds": "the kind of promise that a delivery is",
    "vafa.delivery.tracking_numbers": "how tracking numbers are compared",
    "vafa.delivery.option_kinds": "what kinds of delivery there are",
    "vafa.delivery.slot_names": "what a window is called",
    "vafa.jobs.work": "what a task function gets",
    "vafa.messages.purposes": "what a message is for",
    "vafa.messages.registry": "what a message template is",
    "vafa.promises.guarantee_terms": "what a guarantee says",
    "vafa.promises.guaranteeing": "what follows from it, for the replay of a draft",
    "vafa.promises.kinds": "what a promise kind is",
    "vafa.requests.personal": "what is told and forgotten of a person",
    "vafa.opening.steps": "what a new owner has still to do, for the pages of the staff",
    "vafa.payments.gateways": "which gateways there are, and what each asks for",
    "vafa.payments.gateways.kinds": "what a gateway asks for",
    "vafa.shop.fields": "how hours, days and money are typed",
    "vafa.shop.forms": "the forms of the settings, for the first steps",
    "vafa.shop.options": "what delivery options are called, for rooms below the one that owns them",
    "vafa.visits.beacon": "whether a page asks its visitor's browser to measure",
    "vafa.shop.memory": "for who deletes the settings row",
}
SHOWN_TO = {"api": {"api"}}  # config, which puts everything together, sees everything
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "manager", "managers", "service", "services", "misc", "base"}

SOURCES = [
    path for path in sorted(PACKAGE.rglob("*.py")) if not {"migrations", "tests"} & set(path.relative_to(PACKAGE).parts)
]
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code_lines(tree: ast.AST, text: list[str]) -> int:
    """Lines of a function without its docstring, comments and blank lines."""
    first, last = tree.lineno, tree.end_lineno
    body = tree.body[0]
    is_documented = (
        isinstance(body, ast.Expr) and isinstance(body.value, ast.Constant) and isinstance(body.value.value, str)
    )
    docstring = set(range(body.lineno, body.end_lineno + 1)) if is_documented else set()
    lines = (text[number - 1].strip() for number in range(first, last + 1) if number not in docstring)
    return sum(bool(line) and not line.startswith("#") for line in lines)


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def test_no_file_is_longer_than_400_lines():
    assert [name_of(path) for path in SOURCES if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_no_function_is_longer_than_50_lines():
    long = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path, node in functions()
        if code_lines(node, path.read_text(encoding="utf-8").splitlines()) > 50
    ]
    assert long == []


def test_no_module_has_more_than_12_public_functions():
    def public(tree: ast.Module) -> int:
        return sum(isinstance(node, ast.FunctionDef) and not node.name.startswith("_") for node in tree.body)

    crowded = {name_of(path): public(tree) for path, tree in TREES.items() if "templatetags" not in path.parts}
    assert {path: count for path, count in crowded.items() if count > 12} == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [name_of(path) for path in SOURCES if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_every_room_says_what_it_owns():
    silent = [room.name for room in PACKAGE.iterdir() if (room / "__init__.py").is_file() and not _docstring(room)]
    assert silent == []


def _docstring(room: Path) -> str | None:
    return ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("vafa", cache_dir=None)


def test_rooms_show_only_their_public_modules(graph):
    hidden = []
    for module in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(module)):
            if not _may_see(module, imported):
                hidden.append(f"{module} -> {imported}")
    assert hidden == []


def _may_see(module: str, imported: str) -> bool:
    importer, room = (name.split(".")[1] if "." in name else "" for name in (module, imported))
    if importer in {room, "config"} or room in OPEN or ".tests" in module or imported in SHOWN_TOO:
        return True
    part = imported.split(".")[2] if imported.count(".") > 1 else ""
    return part in SHOWN or part in SHOWN_TO.get(importer, set())


def test_foreign_keys_point_down():
    upwards = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("vafa.")
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is not None and _is_above(field.related_model, model)
    ]
    assert upwards == []


def _is_above(target: type, model: type) -> bool:
    if not target.__module__.startswith("vafa."):
        return False
    goes_to, comes_from = (each.__module__.split(".")[1] for each in (target, model))
    return goes_to != comes_from and floor(goes_to) >= floor(comes_from)


TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))


def test_templates_are_made_of_their_own_room_the_kit_and_fragments_of_rooms_below():
    strange = []
    for path in TEMPLATES:
        room = path.relative_to(PACKAGE).parts[0]
        for used in re.findall(r'{%\s*(?:extends|include)\s+["\']([^"\']+)["\']', path.read_text(encoding="utf-8")):
            if not _may_use(room, used):
                strange.append(f"{name_of(path)}: {used}")
    assert strange == []


def _may_use(room: str, template: str) -> bool:
    owner, _, name = template.partition("/")
    is_fragment_below = name.startswith("_") and floor(owner) < floor(room)
    return owner in {room, "kit"} or is_fragment_below


def test_every_task_asked_for_is_listed_and_has_a_name_for_people():
    from vafa.config.task_names import TASK_NAMES
    from vafa.config.tasks import PERIODIC, TASKS

    asked = set()
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) == "enqueue" and node.args and _is_text(node.args[0]):
                asked.add(node.args[0].value)
    assert asked - set(TASKS) == set()
    assert {each.task for each in PERIODIC} - set(TASKS) == set()
    assert set(TASK_NAMES) == set(TASKS)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_entry_of_the_navigation_has_a_page():
    from django.urls import reverse

    from vafa.config.navigation import ENTRIES, SETTINGS

    assert all(reverse(entry.url_name) for entry in [*ENTRIES, *SETTINGS])
