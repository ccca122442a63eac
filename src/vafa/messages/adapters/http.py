"""Gateways that take a message by one HTTP request, each described by the `[request]`, `[pattern]` and `[answer]` of
its `gateway.toml`; docs/develop/messages.md explains them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from typing import Any

import httpx

from vafa.messages.adapters.outcome import TIMEOUT, Outcome, Outgoing
from vafa.messages.catalogue import GatewayKind
from vafa.messages.models import Result

PLACE = re.compile(r"\{(\w+)\}")
WHOLE_NUMBER = re.compile(r"\{(\w+):int\}")
BY_STATUS = {401: Result.CREDENTIAL, 403: Result.CREDENTIAL, 429: Result.TEMPORARY, 500: Result.TEMPORARY}
BY_STATUS |= {503: Result.TEMPORARY, 502: Result.UNCERTAIN, 504: Result.UNCERTAIN}  # a proxy that lost sight of it
NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)
LONGEST_ANSWER = 65_536


def deliver(kind: GatewayKind, settings: Mapping[str, str], outgoing: Outgoing) -> Outcome:
    """One request. While no connection stands nothing was sent; without an answer after that there is a doubt."""
    values = _values(settings, outgoing)
    described = kind.described["pattern" if outgoing.pattern and kind.has_patterns else "request"]
    host = settings.get("host") or _filled(kind.described["host"], values)
    try:
        with httpx.Client(timeout=TIMEOUT) as client:
            answer = client.request(
                described.get("method", "POST"),
                host.rstrip("/") + _filled(described["path"], values),
                headers=_headers(described.get("headers", {}), values),
                **_body(described, values, outgoing),
            )
    except NEVER_SENT as fault:
        return Outcome(Result.TEMPORARY, str(fault) or type(fault).__name__)
    except httpx.HTTPError as fault:
        return Outcome(Result.UNCERTAIN, str(fault) or type(fault).__name__)
    return _read(kind.described.get("answer", {}), answer)


def _values(settings: Mapping[str, str], outgoing: Outgoing) -> dict[str, str]:
    """What a description may name. `to_national` is the number without its country code (Iran), `number` a number made
    of the message's token for gateways that take no text."""
    digits = outgoing.address.lstrip("+")
    return {
        **settings,
        "to": outgoing.address,
        "to_digits": digits,
        "to_national": f"0{digits[2:]}" if digits.startswith("98") else outgoing.address,
        "text": outgoing.letter.text,
        "token": outgoing.token,
        "number": str(zlib.crc32(outgoing.token.encode())),
        "shop": outgoing.shop,
        "pattern": outgoing.pattern,
    }


def _headers(described: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """The headers, without those that name something the owner left empty."""
    named = {name: PLACE.findall(text) for name, text in described.items()}
    return {name: _filled(text, values) for name, text in described.items() if all(map(values.get, named[name]))}


def _body(described: Mapping[str, Any], values: Mapping[str, str], outgoing: Outgoing) -> dict[str, Any]:
    kind = next((each for each in ("json", "form", "query") if each in described), "")
    if not kind:
        return {}
    body = _filled(described[kind], values)
    if outgoing.pattern:
        _put_in(body, described.get("parameters", ""), outgoing.parameters)
    return {{"json": "json", "form": "data", "query": "params"}[kind]: body}


def _put_in(body: dict[str, Any], where: str, parameters: Mapping[str, str]) -> None:
    """The values of an approved text: as a list of names and values, in the table of that path, or beside the rest."""
    if where == "list":
        body["parameters"] = [{"name": name, "value": value} for name, value in parameters.items()]
        return
    table = body
    for step in filter(None, where.split(".")):
        table = table[step]
    table |= parameters


def _filled(described: Any, values: Mapping[str, str]) -> Any:
    """The description with its places filled; empty texts are left out of tables, `{name:int}` becomes a number."""
    if isinstance(described, Mapping):
        filled = {name: _filled(each, values) for name, each in described.items()}
        return {name: each for name, each in filled.items() if each != ""}
    if isinstance(described, list):
        return [_filled(each, values) for each in described]
    if not isinstance(described, str):
        return described
    number = WHOLE_NUMBER.fullmatch(described)
    if number:
        digits = values[number[1]]
        return int(digits) if digits.isdecimal() else digits
    return PLACE.sub(lambda found: values.get(found[1], ""), described)


def _read(described: Mapping[str, Any], answer: httpx.Response) -> Outcome:
    status = answer.status_code
    body = _json(answer)
    sentence = f"{status} {_at(body, described.get('words', '')) or _plain(answer)}"
    code = str(_at(body, described.get("code", "")))
    for result in ("credential", "temporary", "nobody"):
        if code in map(str, described.get(result, ())) or status in described.get(f"{result}_status", ()):
            found = Result.REFUSED if result == "nobody" else Result(result)
            return Outcome(found, sentence, nobody_there=result == "nobody")
    if not 200 <= status < 300:
        return Outcome(BY_STATUS.get(status, Result.REFUSED), sentence)
    outside_id = str(_at(body, described.get("id", "")))
    if described.get("needs_id") and body is not None:
        return Outcome(Result.SENT, outside_id=outside_id) if outside_id else Outcome(Result.REFUSED, sentence)
    if "sent" not in described and not described.get("needs_id"):
        return Outcome(Result.SENT, outside_id=outside_id)
    if body is None:  # a friendly status over something else than the gateway's own answer
        return Outcome(Result.UNCERTAIN, sentence)
    if code not in map(str, described["sent"]):
        return Outcome(Result.REFUSED, sentence)
    return Outcome(Result.SENT, outside_id=outside_id)


def _json(answer: httpx.Response) -> Any:
    if len(answer.content) > LONGEST_ANSWER:
        return None
    try:
        return answer.json()
    except ValueError:
        return None


def _plain(answer: httpx.Response) -> str:
    """The beginning of an answer that is no JSON, its markup left out."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text[:2000]).split())[:200]


def _at(body: Any, path: str) -> Any:
    """What stands at `data.0.id`; "" where there is nothing."""
    for step in filter(None, path.split(".")):
        if isinstance(body, dict):
            body = body.get(step)
        elif isinstance(body, list) and step.isdecimal() and int(step) < len(body):
            body = body[int(step)]
        else:
            return ""
    return "" if body is None or not path else body
