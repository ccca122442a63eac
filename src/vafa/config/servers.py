"""Servers that an installation on several machines may have beside it, as environment variables name them."""

from __future__ import annotations

import importlib.util
from typing import Any
from urllib.parse import urlsplit

from vafa.config import environment


def broker(name: str) -> str:
    """The address of a RabbitMQ broker, `amqp://user:password@host/vhost`; empty where there is none."""
    value = environment.text(name)
    if value and urlsplit(value).scheme not in {"amqp", "amqps"}:
        raise environment.BadVariable(name, "must begin with amqp:// or amqps:// (RabbitMQ)")
    if value and importlib.util.find_spec("celery") is None:
        raise environment.BadVariable(name, "needs Celery, which is not installed: pip install 'vafa[celery]'")
    return value


def shared_cache(name: str) -> dict[str, Any]:
    """Django's cache: the Redis at `redis://:password@host:6379/0` that all processes share, else the process's own."""
    value = environment.text(name)
    if not value:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
    if urlsplit(value).scheme not in {"redis", "rediss"} or not urlsplit(value).hostname:
        raise environment.BadVariable(name, "must be an address of Redis: redis://host:6379/0 or rediss://…")
    if importlib.util.find_spec("django_redis") is None:
        raise environment.BadVariable(name, "needs a client that is not installed: pip install 'vafa[redis]'")
    patience = {"SOCKET_CONNECT_TIMEOUT": 0.5, "SOCKET_TIMEOUT": 0.5}  # seconds that a page may wait for it
    options = {"CLIENT_CLASS": "django_redis.client.DefaultClient", "IGNORE_EXCEPTIONS": True, **patience}
    return {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": value, "KEY_PREFIX": "vafa", "OPTIONS": options}
