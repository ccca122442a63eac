"""One port: pages through Django's WSGI handler in a thread pool (half the CPU of its ASGI path)."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template import engines

from vafa.config.bodies import hold_small, with_held_body

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vafa.config.settings")

_pages = WSGIMiddleware(cast("Any", with_held_body(cast("Any", get_wsgi_application()))), workers=8)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answer one connection."""
    if scope["type"] == "http":
        await hold_small(scope, receive)
    await _pages(scope, receive, send)


# After the application, because the rooms can be imported only once they are set up. The addresses bring in every page
# and the whole API, the engines every tag and filter: here, so that no visitor waits for that.
from vafa.delivery.queries import warm_up  # noqa: E402
from vafa.kit import clock  # noqa: E402
from vafa.shop.queries.moved import clock_moved  # noqa: E402

clock.follow(clock_moved)
import_module(settings.ROOT_URLCONF)
engines.all()
warm_up()
