"""Development data for the engine's benchmarks: read from ../shared/data, never copied from there."""

from __future__ import annotations

import csv
import gzip
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from vafa.engine.history import Place, Shipment

ROOT = Path(os.environ.get("VAFA_TEST_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
BRAZIL = "America/Sao_Paulo"
Row = dict[str, str]


def _rows(name: str) -> Iterator[Row]:
    with (ROOT / "olist" / f"olist_{name}_dataset.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(BRAZIL)) if text else None


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _volume(product: Row) -> float | None:
    sides = [_number(product.get(f"product_{side}_cm")) for side in ("length", "height", "width")]
    return sides[0] * sides[1] * sides[2] if sides[0] and sides[1] and sides[2] else None


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _method(payments: list[Row]) -> str:
    """How the largest part was paid."""
    return max(payments, key=lambda row: float(row["payment_value"]))["payment_type"] if payments else ""


def _place(code: str, city: str, region: str, points: dict[str, tuple[float, float]]) -> Place:
    latitude, longitude = points.get(code, (None, None))
    return Place(code.zfill(5), city, region, "BR", latitude, longitude)


def olist_shipments() -> list[Shipment]:
    """All orders of the Olist development part that have a place and a seller."""
    points = {
        row["geolocation_zip_code_prefix"]: (float(row["geolocation_lat"]), float(row["geolocation_lng"]))
        for row in _rows("geolocation")
    }
    customers = {row["customer_id"]: row for row in _rows("customers")}
    sellers = {row["seller_id"]: row for row in _rows("sellers")}
    products = {row["product_id"]: row for row in _rows("products")}
    items: dict[str, list[Row]] = {}
    for row in _rows("order_items"):
        items.setdefault(row["order_id"], []).append(row)
    payments: dict[str, list[Row]] = {}
    for row in _rows("order_payments"):
        payments.setdefault(row["order_id"], []).append(row)
    found = []
    for order in _rows("orders"):
        customer, lines = customers.get(order["customer_id"]), items.get(order["order_id"])
        if customer is None or not lines:
            continue
        seller = sellers.get(lines[0]["seller_id"], {})
        goods = [products.get(line["product_id"], {}) for line in lines]
        placed = _time(order["order_purchase_timestamp"])
        assert placed is not None
        found.append(
            Shipment(
                number=order["order_id"],
                placed_at=placed,
                destination=_place(
                    customer["customer_zip_code_prefix"],
                    customer["customer_city"],
                    customer["customer_state"],
                    points,
                ),
                seller=lines[0]["seller_id"],
                origin=_place(seller["seller_zip_code_prefix"], seller["seller_city"], seller["seller_state"], points)
                if seller
                else None,
                price=_sum([_number(line["price"]) for line in lines]),
                freight=_sum([_number(line["freight_value"]) for line in lines]),
                weight_g=_sum([_number(good.get("product_weight_g")) for good in goods]),
                volume_cm3=_sum([_volume(good) for good in goods]),
                items=len(lines),
                category=goods[0].get("product_category_name", ""),
                payment=_method(payments.get(order["order_id"], [])),
                handed_over_at=_time(order["order_delivered_carrier_date"]),
                delivered_at=_time(order["order_delivered_customer_date"]),
                cancelled=order["order_status"] == "canceled",
                promised_on=datetime.fromisoformat(order["order_estimated_delivery_date"]).date(),
            )
        )
    return found


def _us_date(text: str) -> date | None:
    for form in ("%d-%b-%y", "%m/%d/%y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a bare date
        except ValueError:
            continue
    return None


def _at_noon(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("UTC")) if day else None


def scms_shipments() -> list[Shipment]:
    """Health shipments with a known first-quote date; delivered on the delivered date, at noon UTC."""
    found = []
    with gzip.open(ROOT / "scms" / "scms_delivery_history.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            placed = _at_noon(_us_date(row["PQ First Sent to Client Date"]))
            delivered = _at_noon(_us_date(row["Delivered to Client Date"]))
            if placed is None or delivered is None or delivered < placed:
                continue
            try:
                weight = float(row["Weight (Kilograms)"]) * 1000
            except ValueError:
                weight = None
            found.append(
                Shipment(
                    number=row["ID"],
                    placed_at=placed,
                    destination=Place(row["Country"], region=row["Country"], country=row["Country"]),
                    seller=row["Vendor"],
                    option=row["Shipment Mode"],
                    carrier=row["Fulfill Via"],
                    price=_number(row["Line Item Value"]),
                    weight_g=weight,
                    category=row["Sub Classification"],
                    delivered_at=delivered,
                    promised_on=_us_date(row["Scheduled Delivery Date"]),
                )
            )
    return found
