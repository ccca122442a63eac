"""The list of articles as Google's Merchant Center reads it: RSS 2.0 with its own elements, a portion at a time."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.urls import reverse

from vafa.catalog.queries import Ware, all_wares
from vafa.kit.formats import plain_amount, text_in
from vafa.storefront.listing import address_of, pictures_of

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
START = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>"""
MOST_PICTURES = 10  # beside the first
GZIP = 16 + zlib.MAX_WBITS


def feed(name: str, language: str) -> Iterator[bytes]:
    """The whole list of the shop called `name` in one language; never more than one portion is in memory."""
    home = f"{settings.PUBLIC_URL}{reverse('storefront:home')}"
    head = _element("title", name) + _element("link", home) + _element("description", name)
    yield f"{START}{head}\n".encode()
    for portion in all_wares():
        yield "".join(_item(ware, language) for ware in portion).encode()
    yield b"</channel></rss>\n"


def packed(portions: Iterable[bytes]) -> Iterator[bytes]:
    """The same as gzip, portion by portion."""
    packer = zlib.compressobj(wbits=GZIP)
    for portion in portions:
        yield packer.compress(portion) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


def _item(ware: Ware, language: str) -> str:
    """What is chosen stands behind the title, so that two articles of one product are told apart."""
    title, chosen = text_in(ware.title, language), [text_in(value, language) for value in ware.choices.values()]
    first, *others = pictures_of(ware) or [""]
    said = [
        ("g:id", ware.sku),
        ("g:item_group_id", ware.product if chosen else ""),
        ("g:title", ", ".join([title, *chosen])[:150]),
        ("g:description", (text_in(ware.description, language) or title)[:5000]),
        ("g:link", address_of(ware)),
        ("g:image_link", first),
        *(("g:additional_image_link", each) for each in others[:MOST_PICTURES]),
        ("g:price", _price(ware)),
        ("g:availability", "in_stock" if ware.pieces > 0 else "out_of_stock"),
        ("g:condition", "new"),
        ("g:brand", text_in(ware.brand, language)[:70]),
        ("g:product_type", text_in(ware.shelf, language)[:750]),
    ]
    return f"<item>{''.join(_element(name, text) for name, text in said if text)}</item>\n"


def _price(ware: Ware) -> str:
    return f"{plain_amount(ware.price_minor, ware.currency)} {ware.currency}"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(NOT_IN_XML.sub('', text))}</{name}>"
