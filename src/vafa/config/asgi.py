"""One port: pages through Django's WSGI handler in a thread pool (half the CPU of its ASGI path)."""

from __future__ import annotations

import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

from vafa.config.bodies import hold_small, with_held_body

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vafa.config.settings")

_pages = WSGIMiddleware(cast("Any", with_held_body(cast("Any", get_wsgi_application()))), workers=8)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answer one connection."""
    if scope["type"] == "http":
        await hold_small(scope, receive)
    await _pages(scope, receive, send)


# after the application: the rooms can be imported only once they are set up
from vafa.delivery.queries import warm_up  # noqa: E402

warm_up()
