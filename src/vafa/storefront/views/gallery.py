"""The pieces of the shop window on the living page of components."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from vafa.kit.gallery import for_builders, panes, shade_of
from vafa.storefront.frame import window


@for_builders
def gallery(request: HttpRequest) -> HttpResponse:
    """What basket, checkout and account are built of, in both directions and lights."""
    context = {"panes": panes("storefront/_specimens.html", request), "shade": shade_of(request)}
    return window(request, "storefront/gallery.html", context)
