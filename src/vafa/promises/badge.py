"""The record as a small badge for other pages: no script, no cookie, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from typing import Any

from csp.constants import NONE
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from vafa.kit.formats import format_days, format_frequency, format_percent
from vafa.promises.queries import PublishedRecord
from vafa.promises.record_page import SHOWN_DAYS, Figure, kept

WIDTH, HEIGHT = 320, 88
FONTS = "Vazirmatn,Figtree,system-ui,'Segoe UI',Tahoma,sans-serif"
HTML_STYLE = (
    f"*{{box-sizing:border-box;margin:0}}html{{background:#fff}}body{{font:400 12px/1.5 {FONTS}}}"
    "a{display:flex;gap:12px;align-items:center;min-block-size:100vh;padding:8px 14px;border-radius:14px;"
    "box-shadow:inset 0 0 0 1px #d7e3e4;color:#55666b;text-decoration:none}"
    "a:focus-visible{outline:2px solid #0e7378;outline-offset:-3px}"
    "svg{inline-size:36px;block-size:36px;flex:none}.s{fill:#3fb6b2}"
    ".c{fill:none;stroke:#fff;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}"
    "b{font-size:16px;font-weight:650;color:#1c2b30}b,span{display:block}"
    "@media(prefers-color-scheme:dark){html{background:#182224}a{box-shadow:inset 0 0 0 1px #35464a;color:#a3b3b7}"
    "b{color:#e4ecee}.c{stroke:#182224}a:focus-visible{outline-color:#5cc9c4}}"
)
SVG_STYLE = (
    f"text{{font-family:{FONTS};fill:#1c2b30}}.b{{fill:#fff;stroke:#d7e3e4}}.s{{fill:#3fb6b2}}.c{{fill:none;stroke:#fff;"
    "stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}.h{font-size:16px;font-weight:650}.q{font-size:12px;"
    "fill:#55666b}@media(prefers-color-scheme:dark){text{fill:#e4ecee}.b{fill:#182224;stroke:#35464a}.c{stroke:#182224}"
    ".q{fill:#a3b3b7}}"
)


def _policy(style: str) -> dict[str, Any]:
    """Nothing but this very style, in anybody's page."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {
        "default-src": [NONE],
        "style-src": [f"'sha256-{digest}'"],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": ["*"],
    }


@dataclass(frozen=True)
class Form:
    """One way to draw the badge."""

    template: str
    content_type: str
    style: str

    @property
    def policy(self) -> dict[str, Any]:
        return _policy(self.style)


HTML = Form("promises/badge.html", "text/html; charset=utf-8", HTML_STYLE)
SVG = Form("promises/badge.svg", "image/svg+xml; charset=utf-8", SVG_STYLE)


def draw(form: Form, record: PublishedRecord, *, shop: str, language: str) -> str:
    """The badge in `language`: kept by the first date, of the promises due in the last SHOWN_DAYS days."""
    by_first = kept(record.of_days(SHOWN_DAYS))[0]
    with override(language):
        is_rtl = get_language_bidi()
        context = {
            "shop": shop,
            "language": language,
            "is_rtl": is_rtl,
            "share": _share(by_first),
            "counts": _counts(by_first),
            "ledger": _("sealed ledger"),
            "width": WIDTH,
            "height": HEIGHT,
            "words_begin": WIDTH - 64 if is_rtl else 64,
            "mark_begins": WIDTH - 50 if is_rtl else 14,
            "style": mark_safe(form.style),  # noqa: S308 - our own
        }
        return render_to_string(form.template, context)


def _share(by_first: Figure) -> str:
    if by_first.share is None:
        return _("A record of promises")
    return _("%(rate)s of promises kept") % {"rate": format_percent(by_first.share, 1)}


def _counts(by_first: Figure) -> str:
    if not by_first.of:
        return _("No promise has fallen due yet")
    return _("%(frequency)s in time in %(period)s") % {
        "frequency": format_frequency(by_first.part, by_first.of),
        "period": format_days(SHOWN_DAYS),
    }


@dataclass(frozen=True)
class Snippet:
    """What a shop copies into its pages for readers of one language, and where the badge itself is."""

    language: str
    name: str
    preview: str
    frame: str
    picture: str


def snippets(shop: str) -> list[Snippet]:
    """One for each language of the pages, with the public address of this installation."""
    return [_snippet(code, name, shop) for code, name in settings.LANGUAGES]


def _snippet(code: str, name: str, shop: str) -> Snippet:
    page, framed, drawn = (
        f"{settings.PUBLIC_URL}{reverse(f'promises:{each}')}" for each in ("record", "badge", "badge-picture")
    )
    with override(code):
        title = escape(_("The promises of %(shop)s") % {"shop": shop})
    frame = (
        '<iframe src="{}?lang={}" title="{}" width="{}" height="{}" loading="lazy" '
        'style="border:0;border-radius:14px"></iframe>'
    )
    picture = '<a href="{}"><img src="{}?lang={}" alt="{}" width="{}" height="{}" loading="lazy"></a>'
    return Snippet(
        language=code,
        name=name,
        preview=f"{reverse('promises:badge')}?lang={code}",
        frame=frame.format(framed, code, title, WIDTH, HEIGHT),
        picture=picture.format(page, drawn, code, title, WIDTH, HEIGHT),
    )
