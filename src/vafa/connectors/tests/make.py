"""Files of orders, and what is in the database."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from vafa.connectors.actions.importing import Outcome, import_source
from vafa.connectors.facts import OrderFacts, Rejected
from vafa.connectors.mapping import Mapping
from vafa.connectors.models import ImportRun
from vafa.connectors.queries.sources import table_source
from vafa.delivery.models import Parcel
from vafa.kit.problems import Problem
from vafa.orders.models import Order, Review, Seller
from vafa.promises.models import Promise, PromiseEvent
from vafa.shop.models import Place, Shop

HEADINGS = ["order", "ordered_on", "promised_on", "delivered_on", "city", "price", "status"]
ROWS = [
    ["A1", "2026-03-01 10:00", "2026-03-04", "2026-03-03", "Shiraz", "120.50", "done"],
    ["A2", "2026-03-02 11:00", "2026-03-05", "2026-03-07", "Tehran", "80", "done"],
    ["A3", "2026-03-03 12:00", "2026-03-06", "", "Tehran", "15", "cancelled"],
    ["A4", "2026-03-04 13:00", "2026-03-06", "", "Shiraz", "15", "sent"],
    ["A5", "2026-03-14 13:00", "2026-03-20", "", "Shiraz", "15", "sent"],
]
MAPPING = Mapping(
    zone="Asia/Tehran",
    currency="USD",
    cancelled=["cancelled"],
    columns={
        "number": ["order"],
        "placed_at": ["ordered_on"],
        "promised_on": ["promised_on"],
        "delivered_at": ["delivered_on"],
        "city": ["city"],
        "price": ["price"],
        "status": ["status"],
    },
)


def csv_text(rows: list[list[str]], headings: list[str] = HEADINGS, separator: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows([headings, *rows])
    return text.getvalue()


def csv_file(folder: Path, rows: list[list[str]] = ROWS, headings: list[str] = HEADINGS, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_text(csv_text(rows, headings), encoding="utf-8")
    return path


def xlsx_file(folder: Path, rows: list[list[Any]], headings: list[str] = HEADINGS, name: str = "a.xlsx") -> Path:
    book = Workbook()
    for row in [headings, *rows]:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def read(path: Path, mapping: Mapping = MAPPING) -> tuple[list[OrderFacts], list[Rejected]]:
    """The orders of a file and what was rejected."""
    lost: list[Rejected] = []
    return list(table_source(path, mapping).orders(lost.append)), lost


def import_file(path: Path, mapping: Mapping = MAPPING) -> Outcome:
    return import_source(table_source(path, mapping), rejects=path.with_suffix(".rejects.csv"))


def everything() -> dict[str, str]:
    """A digest of every table that an import may touch."""
    models = [Order, Seller, Review, Parcel, Promise, PromiseEvent, Place, Shop, ImportRun]
    return {
        model.__name__: hashlib.sha256(repr(list(model.objects.order_by("pk").values_list())).encode()).hexdigest()
        for model in models
    }


OLIST = {
    "orders": [
        "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,"
        "order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date",
        "o1,c1,delivered,2018-01-02 10:00:00,,2018-01-04 09:00:00,2018-01-10 20:30:00,2018-01-12 00:00:00",
        "o2,c2,delivered,2018-01-03 22:30:00,,2018-01-05 09:00:00,2018-01-20 08:00:00,2018-01-15 00:00:00",
        "o3,c9,canceled,2018-01-04 10:00:00,,,2018-01-09 10:00:00,2018-01-15 00:00:00",
        "o4,c1,shipped,2018-01-05 10:00:00,,2018-01-07 10:00:00,,2018-01-15 00:00:00",
        "o5,c2,shipped,2018-01-18 10:00:00,,2018-01-19 10:00:00,,2018-02-15 00:00:00",
        "o6,c2,delivered,2018-01-06 10:00:00,,2018-01-09 10:00:00,2018-01-08 10:00:00,2018-01-15 00:00:00",
    ],
    "customers": [
        "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state",
        "c1,u1,9790,sao bernardo do campo,SP",
        "c2,u2,20231,rio de janeiro,RJ",
    ],
    "order_items": [
        "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value",
        "o1,1,p1,s1,2018-01-05 00:00:00,10.10,2.20",
        "o1,2,p2,s1,2018-01-05 00:00:00,5.05,1.10",
        "o2,1,p1,s1,2018-01-05 00:00:00,10.10,2.20",
        "o6,1,p1,s1,2018-01-05 00:00:00,10.10,2.20",
    ],
    "sellers": ["seller_id,seller_zip_code_prefix,seller_city,seller_state", "s1,4195,sao paulo,SP"],
    "products": [
        "product_id,product_category_name,product_name_lenght,product_description_lenght,product_photos_qty,"
        "product_weight_g,product_length_cm,product_height_cm,product_width_cm",
        "p1,livros,1,1,1,300,10,10,10",
        "p2,,1,1,1,200,,10,10",
    ],
    "geolocation": [
        "geolocation_zip_code_prefix,geolocation_lat,geolocation_lng,geolocation_city,geolocation_state",
        "9790,-23.7,-46.5,sao bernardo do campo,SP",
    ],
    "order_payments": [
        "order_id,payment_sequential,payment_type,payment_installments,payment_value",
        "o1,1,voucher,1,5.00",
        "o1,2,boleto,1,13.45",
    ],
    "order_reviews": [
        "review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,"
        "review_answer_timestamp",
        'r1,o1,3,,"two\nlines",2018-01-11 00:00:00,2018-01-11 10:00:00',
        "r2,o1,5,,,2018-01-12 00:00:00,2018-01-12 10:00:00",
        "r3,nowhere,5,,,2018-01-12 00:00:00,2018-01-12 10:00:00",
        "r4,o2,9,,,2018-01-12 00:00:00,2018-01-12 10:00:00",
    ],
}


def olist_folder(folder: Path) -> Path:
    """A tiny export in Olist's layout."""
    target = folder / "olist"
    target.mkdir()
    for table, lines in OLIST.items():
        (target / f"olist_{table}_dataset.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def cut(path: Path, share: float) -> Path:
    """The first part of a file, as a broken download leaves it."""
    target = path.with_name("cut-" + path.name)
    shutil.copy(path, target)
    with target.open("r+b") as file:
        file.truncate(int(path.stat().st_size * share))
    return target


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Problem]]:
    """Whatever happens inside is refused with that code and one sentence."""
    with pytest.raises(Problem) as caught:
        yield caught
    assert caught.value.code == code
