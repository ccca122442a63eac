"""This shop with the goods of a file: filled, then asked."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ground import empty_shop

AT = datetime(2026, 5, 2, 8, tzinfo=UTC)
AT_ONCE = 500


def main(goods_file: str) -> None:
    with redirect_stdout(sys.stderr):
        empty_shop(Path(goods_file).parent / "vafa")
        goods = json.loads(Path(goods_file).read_text(encoding="utf-8"))
        fill(goods)
    from asked import serve
    from django.test import Client

    placed = Client(headers={"host": "localhost"})
    placed.post("/shop/place/", {"to": "Shiraz"})
    serve(
        shelves=[f"/shop/c/{code}/" for code in dict.fromkeys(each["shelf"] for each in goods)],
        products=[f"/shop/p/{each['code']}/" for each in goods],
        begin_with={"first": SimpleCookie(), "placed": placed.cookies},
    )


def fill(goods: list[dict[str, str]]) -> None:
    from vafa.catalog.actions import CategoryRow, StockRow, record_products, remember_categories, set_stock
    from vafa.catalog.actions.indexing import rebuild_index
    from vafa.shop.actions import save_settings

    save_settings(
        name="Bench", default_language="en", currency="EUR",
        stated_times=[{"place": "", "option": "", "seller": "", "days": 3}],
    )  # fmt: skip
    codes = dict.fromkeys(each["shelf"] for each in goods)
    remember_categories([CategoryRow("all", {"en": "All"})])
    remember_categories([CategoryRow(code, {"en": f"Shelf {code}"}, parent="all") for code in codes])
    for first in range(0, len(goods), AT_ONCE):
        some = goods[first : first + AT_ONCE]
        record_products([_row(each) for each in some], made_by="bench", at=AT)
        set_stock([StockRow(each["code"], int(each["stock"])) for each in some], at=AT, is_trusted=True)
    rebuild_index()


def _row(good: dict[str, str]) -> object:
    from vafa.catalog.actions import ProductRow, VariantRow

    article = VariantRow(good["code"], int(good["price"]) * 100, "EUR")
    return ProductRow(
        good["code"], good["shelf"], {"en": good["title"]}, [article], description={"en": good["description"]},
        added_at=AT,
    )  # fmt: skip


main(sys.argv[1])
