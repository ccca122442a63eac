"""`vafa widget-demo`: a plain page on another origin that shows the widget."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vafa.catalog.queries import Card, all_entries, cards
from vafa.kit import clock
from vafa.storefront.actions import change_widget_site, open_widget_site
from vafa.storefront.models import WidgetSite
from vafa.storefront.queries import widget_sites
from vafa.storefront.widget.elsewhere import Store, store_on

NAME = "vafa widget-demo"
AT_ONCE = 500  # products to look among for one that is there


class Command(BaseCommand):
    help = "Serve a plain page of a store elsewhere, on its own origin, that shows the widget of this shop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8090, help="where the page listens (8090)")
        parser.add_argument("--vafa", default=settings.PUBLIC_URL, help="where this shop answers (VAFA_PUBLIC_URL)")
        parser.add_argument("--product", default="", help="a product's code (the first one for sale)")

    def handle(self, *args: Any, port: int, vafa: str, product: str, **options: Any) -> None:
        if not 1 <= port <= 65535:
            raise CommandError("--port must be a number from 1 to 65535.", returncode=2)
        card = _card(product)
        if card is None:
            raise CommandError("There is no such product for sale.", returncode=2)
        origin = f"http://127.0.0.1:{port}"
        store = Store(vafa.rstrip("/"), _site(origin).key, card.code, card.title)
        try:
            server = store_on(port, store)
        except OSError as refused:
            raise CommandError(f"Port {port} cannot be used: {refused.strerror}.", returncode=2) from None
        self.stdout.write(f"The page answers on {origin}/ (?lang=fa, ar, en). Ctrl-C ends it.")
        self.stdout.flush()
        with server:
            server.serve_forever()


def _card(code: str) -> Card | None:
    codes = [code] if code else [each.code for each in islice(all_entries(), AT_ONCE) if each.there]
    return next((card for card in cards(codes) if card.is_there), None)


def _site(origin: str) -> WidgetSite:
    """The site of this page, opened once."""
    site = next((each for each in widget_sites() if each.name == NAME), None)
    if site is None:
        return open_widget_site(NAME, [origin], at=clock.now())
    if origin not in site.origins:
        change_widget_site(site, NAME, [*site.origins, origin])
    return site
