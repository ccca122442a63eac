"""The staff brings pictures of a product, orders them and takes them away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Min
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions.hand_offs import leave_for_index
from vafa.catalog.actions.pictures import keep_file
from vafa.catalog.models import Picture, Product
from vafa.catalog.photos import drawn_again
from vafa.kit.problems import Problem

MOST = 20


def add_photo(product: Product, content: bytes, *, at: datetime) -> None:
    """Keep an uploaded picture as the last of the product; the same again changes nothing.

    Problems: those of `photos.drawn_again`, `too-many-pictures` (409); nothing is kept then.
    """
    drawn, width, height = drawn_again(content)
    with transaction.atomic():
        Product.objects.select_for_update().get(pk=product.pk)
        if product.pictures.count() >= MOST:
            raise Problem("too-many-pictures", _("A product has not more than twenty pictures."), status=409)
        last = product.pictures.aggregate(last=Max("position"))["last"]
        defaults = {
            "words": product.title,
            "width": width,
            "height": height,
            "position": 0 if last is None else last + 1,
        }
        Picture.objects.get_or_create(product=product, file=keep_file(drawn, ".webp"), defaults=defaults)
        leave_for_index([product.code], at=at)


def put_first(product: Product, number: int, *, at: datetime) -> None:
    """This picture of it stands on its card; one that is gone changes nothing."""
    with transaction.atomic():
        Product.objects.select_for_update().get(pk=product.pk)
        if product.pictures.aggregate(first=Min("position"))["first"] == 0:
            product.pictures.update(position=F("position") + 1)
        product.pictures.filter(pk=number).update(position=0)
        leave_for_index([product.code], at=at)


def take_away(product: Product, number: int, *, at: datetime) -> None:
    """The product has this picture no more. The file stays: other products may show it, and browsers keep it anyway."""
    with transaction.atomic():
        product.pictures.filter(pk=number).delete()
        leave_for_index([product.code], at=at)
