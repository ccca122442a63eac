"""The API's own OpenAPI description, arranged for people to read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vafa.api.assembly import api

LIMITS = {"minimum": "≥", "maximum": "≤", "maxLength": "length ≤", "maxItems": "at most"}
AN_ID = "2f0c1c9e-5c0b-4f0e-9d56-8a1f0f6f5f11"
EXAMPLES: dict[str, dict[str, Any]] = {
    "POST /api/v1/quotes": {"to": "01310", "from": "14940", "weight_g": 500, "price_minor": 9900},
    "POST /api/v1/quotes/batch": {"questions": [{"to": "01310"}, {"to": "20040"}]},
    "POST /api/v1/promises": {
        "quote": AN_ID,
        "option": "standard",
        "order": "1001",
        "customer": "c-77",
    },
    "POST /api/v1/quotes/{quote_id}/holds": {"option": "rider", "window": "rider.fars.2026-05-04.1000", "minutes": 15},
    "POST /api/v1/promises/{promise_id}/outcome": {
        "fulfilled_at": "2026-05-03T14:20:00+03:30",
        "evidence": {"tracking": "RR123456785"},
    },
    "POST /api/v1/promises/{promise_id}/retraction": {
        "fulfilled_at": "2026-05-03T14:20:00+03:30",
        "reason": "another parcel was scanned",
    },
    "POST /api/v1/promises/{promise_id}/restoration": {
        "fulfilled_at": "2026-05-03T14:20:00+03:30",
        "reason": "the carrier confirmed it",
    },
    "POST /api/v1/products/{product}/options/evaluation": {
        "chosen": {"o1": "v2", "o2": "v1"},
        "written": {"o2": "For Sara"},
    },
    "POST /api/v1/customers": {
        "customer": "c-77",
        "name": "Sara",
        "language": "fa",
        "country": "IR",
        "contacts": [{"channel": "sms", "address": "09120000001"}],
    },
    "POST /api/v1/customers/consents": {
        "customer": "c-77",
        "purpose": "marketing",
        "given": True,
        "at": "2026-05-03T14:20:00+03:30",
    },
    "POST /api/v1/customers/erasures": {"customer": "c-77"},
    "POST /api/v1/promises/{promise_id}/revision": {"asked_by": "customer", "due_on": "2026-05-07"},
}
IDEMPOTENCY = "Idempotency-Key"


@dataclass(frozen=True)
class Field:
    """One field of a body or one parameter."""

    name: str
    kind: str
    required: bool
    about: str
    place: str = ""


@dataclass(frozen=True)
class Answer:
    """What comes back with a status."""

    status: str
    about: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Operation:
    """One address with one method."""

    method: str
    path: str
    summary: str
    about: str
    fields: tuple[Field, ...]
    answers: tuple[Answer, ...]
    example: str

    @property
    def refusals(self) -> list[str]:
        """The statuses with which it may refuse."""
        return [answer.status for answer in self.answers if not answer.status.startswith("2")]

    @property
    def anchor(self) -> str:
        """An id for links."""
        return f"{self.method}{self.path}".lower().replace("/", "-").replace("{", "").replace("}", "")


def operations(address: str) -> list[Operation]:
    """Everything the API can do; examples begin with `address`, the site's own."""
    schema = api.get_openapi_schema()
    shapes: dict[str, Any] = schema.get("components", {}).get("schemas", {})
    return [
        _operation(method.upper(), path, described, shapes, address)
        for path, methods in schema["paths"].items()
        for method, described in methods.items()
    ]


def _operation(method: str, path: str, described: dict[str, Any], shapes: dict[str, Any], address: str) -> Operation:
    parameters = [
        Field(each["name"], _kind(each["schema"], shapes), each.get("required", False), "", each["in"])
        for each in described.get("parameters", ())
    ]
    body = described.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    answers = tuple(
        Answer(str(status), answer.get("description", ""), tuple(_fields(_content(answer), shapes)))
        for status, answer in described.get("responses", {}).items()
    )
    return Operation(
        method,
        path,
        described.get("summary", ""),
        described.get("description", ""),
        (*parameters, *(_fields(body, shapes) if body else ())),
        answers,
        _example(method, path, described, address),
    )


def _content(answer: dict[str, Any]) -> dict[str, Any]:
    shape: dict[str, Any] = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return shape


def _fields(shape: dict[str, Any], shapes: dict[str, Any]) -> Iterator[Field]:
    resolved = _resolve(shape, shapes)
    required = set(resolved.get("required", ()))
    for name, each in resolved.get("properties", {}).items():
        yield Field(name, _kind(each, shapes), name in required, _about(each, shapes))


def _resolve(shape: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    name = shape.get("$ref", "").rsplit("/", 1)[-1]
    found: dict[str, Any] = shapes.get(name, shape)
    return found


def _kind(shape: dict[str, Any], shapes: dict[str, Any]) -> str:
    if "anyOf" in shape:
        return " | ".join(_kind(each, shapes) for each in shape["anyOf"])
    if "$ref" in shape:
        return str(shape["$ref"].rsplit("/", 1)[-1].removesuffix("Out"))
    if shape.get("type") == "array":
        return f"[{_kind(shape.get('items', {}), shapes)}]"
    if "enum" in shape:
        return " | ".join(json.dumps(value) for value in shape["enum"])
    return str(shape.get("format") or shape.get("type") or "any")


def _about(shape: dict[str, Any], shapes: dict[str, Any]) -> str:
    inner = [shape, *shape.get("anyOf", ())]
    said = next((each["description"] for each in inner if each.get("description")), "")
    limits = [f"{sign} {each[name]:,}" for each in inner for name, sign in LIMITS.items() if name in each]
    return "; ".join(part for part in [said or _resolve(shape, shapes).get("description", ""), *limits] if part)


def _example(method: str, path: str, described: dict[str, Any], address: str) -> str:
    """A line for a terminal with what the operation needs, and nothing else."""
    where = re.sub(r"\{\w+\}", AN_ID, path)
    lines = [f"curl {address.rstrip('/')}{where}" + (f" -X {method}" if method != "GET" else "")]
    if described.get("security"):
        lines.append("  -H 'Authorization: Bearer YOUR_TOKEN'")
    if any(each["name"] == IDEMPOTENCY for each in described.get("parameters", ())):
        lines.append(f"  -H '{IDEMPOTENCY}: order-1001'")
    if "requestBody" in described:
        lines += ["  -H 'Content-Type: application/json'", f"  -d '{json.dumps(EXAMPLES[f'{method} {path}'])}'"]
    return " \\\n".join(lines)
