"""The plain django-oscar shop with the goods of a file: filled, then asked. Runs in an environment of its own."""
# ruff: noqa: E402 - the settings must be there before the models

from __future__ import annotations

import json
import os
import shutil
import sys
from http.cookies import SimpleCookie
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "oscar_settings"

import django

django.setup()

import oscar
from asked import serve
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from oscar.apps.catalogue.categories import create_from_breadcrumbs
from oscar.apps.catalogue.models import Category, Product, ProductCategory, ProductClass
from oscar.apps.partner.models import Partner, StockRecord


def main(goods_file: str) -> None:
    call_command("migrate", verbosity=0, stdout=sys.stderr)
    settings.MEDIA_ROOT.mkdir(exist_ok=True)
    missing = Path(oscar.__file__).parent / "static" / "oscar" / "img" / settings.OSCAR_MISSING_IMAGE_URL
    shutil.copy(missing, settings.MEDIA_ROOT)
    fill(json.loads(Path(goods_file).read_text(encoding="utf-8")))
    call_command("update_index", verbosity=0, stdout=sys.stderr)
    serve(
        shelves=[each.get_absolute_url() for each in Category.objects.filter(depth=2).order_by("pk")],
        products=[each.get_absolute_url() for each in Product.objects.order_by("pk")],
        begin_with={"first": SimpleCookie()},
    )


@transaction.atomic
def fill(goods: list[dict[str, object]]) -> None:
    kind = ProductClass.objects.create(name="Things", requires_shipping=True, track_stock=True)
    partner = Partner.objects.create(name="Bench")
    codes = dict.fromkeys(str(each["shelf"]) for each in goods)
    shelves = {code: create_from_breadcrumbs(f"All > Shelf {code}") for code in codes}
    for each in goods:
        product = Product.objects.create(
            structure=Product.STANDALONE, upc=each["code"], title=each["title"], description=each["description"],
            product_class=kind,
        )  # fmt: skip
        ProductCategory.objects.create(product=product, category=shelves[str(each["shelf"])])
        StockRecord.objects.create(
            product=product, partner=partner, partner_sku=each["code"], price_currency="EUR", price=each["price"],
            num_in_stock=each["stock"],
        )  # fmt: skip


main(sys.argv[1])
