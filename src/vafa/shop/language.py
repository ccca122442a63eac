"""In which language a page is read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from vafa.kit.formats import prefer
from vafa.shop.queries import preferences_of, the_shop


class ShopLanguageMiddleware(LocaleMiddleware):
    """What the visitor chose here; else the first of his browser's languages that is one of the shop's; else the shop's
    first language. Who names no language at all is a program and reads English."""

    def process_request(self, request: HttpRequest) -> None:
        # what a view writes before its page is drawn (a message, a promise) is in the shop's zone and money too
        prefer(lambda: preferences_of(the_shop()))
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in dict(settings.LANGUAGES)
        asked = request.headers.get("Accept-Language", "")
        if chosen or not asked:
            super().process_request(request)
            return
        translation.activate(_agreed(asked))
        request.LANGUAGE_CODE = translation.get_language()


def _agreed(asked: str) -> str:
    shop = the_shop()
    wanted = (code.split("-")[0] for code, _weight in parse_accept_lang_header(asked.lower()))
    return next((code for code in wanted if code in shop.languages), shop.default_language)
