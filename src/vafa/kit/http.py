"""What doors need of HTTP: where to go next, who asks, and how often."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from vafa.kit.clock import real_now
from vafa.kit.problems import Problem


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """The page that `?next=` or the form's `next` asks for, where it is one of ours; else `otherwise`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_own_address(request, wanted) else otherwise


def is_own_address(request: HttpRequest, address: str) -> bool:
    """Whether a browser that follows `address` stays on this host (and on HTTPS where it is)."""
    return bool(address) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def client_address(request: HttpRequest) -> str:
    """Who connects. Behind a proxy the server (uvicorn) has put the forwarded address here, if it trusts that proxy."""
    return str(request.META.get("REMOTE_ADDR") or "unknown")


def limit_rate(name: str, who: str, *, most: int, per: timedelta) -> None:
    """Count one use; Problem `too-many-requests` (429) once `most` is exceeded within the running window (real time).

    Kept in Django's cache: exact with one web process or a shared cache, per process without. A shared cache that is
    away refuses nobody.
    """
    seconds = int(per.total_seconds())
    window = int(real_now().timestamp()) // seconds
    key = f"rate:{name}:{who}:{window}"
    cache.add(key, 0, timeout=seconds + 1)
    if _increment(key) > most:
        raise Problem("too-many-requests", _("Too many requests. Please wait a moment and try again."), status=429)


def _increment(key: str) -> int:
    try:
        count: int | None = cache.incr(key)
    except ValueError:  # culled between add and incr
        return 1
    return 1 if count is None else count  # None: the shared cache is away
