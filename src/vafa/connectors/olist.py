"""The Olist marketplace's export: one CSV per table, in the layout in which it was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from vafa.connectors.checks import Checker
from vafa.connectors.facts import OrderFacts, Reject, Rejected
from vafa.connectors.mapping.fields import LONGEST
from vafa.connectors.tables import Layout, Line, open_table
from vafa.engine.history import Place
from vafa.kit.problems import Problem

ZONE = "America/Sao_Paulo"
LAYOUT = Layout("csv", encoding="utf-8-sig", separator=",")
Row = dict[str, str]
Given = tuple[int | None, datetime | None, int]  # stars, when, line

COLUMNS = {
    "orders": [
        "order_id",
        "customer_id",
        "order_status",
        "order_purchase_timestamp",
        "order_delivered_carrier_date",
        "order_delivered_customer_date",
        "order_estimated_delivery_date",
    ],
    "customers": [
        "customer_id",
        "customer_unique_id",
        "customer_zip_code_prefix",
        "customer_city",
        "customer_state",
    ],
    "order_items": ["order_id", "product_id", "seller_id", "price", "freight_value"],
    "sellers": ["seller_id", "seller_zip_code_prefix", "seller_city", "seller_state"],
    "products": [
        "product_id",
        "product_category_name",
        "product_weight_g",
        "product_length_cm",
        "product_height_cm",
        "product_width_cm",
    ],
    "geolocation": ["geolocation_zip_code_prefix", "geolocation_lat", "geolocation_lng"],
    "order_reviews": ["order_id", "review_score", "review_answer_timestamp"],
    "order_payments": ["order_id", "payment_type", "payment_value"],
}
OPTIONAL = {"order_payments"}  # older downloads come without it


def file_name(table: str) -> str:
    return f"olist_{table}_dataset.csv"


class OlistSource:
    """The folder's tables joined to one row per order."""

    zone = ZONE
    currency = "BRL"
    country = "BR"
    tells_delivery = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.resolve().name
        self.joined: list[OrderFacts] | None = None
        if not folder.is_dir():
            raise Problem("no-such-folder", _("There is no folder “%s”.") % folder)
        found = {table: _find(folder, table) for table in COLUMNS}
        self.files = {table: path for table, path in found.items() if path is not None}

    def orders(self, reject: Reject) -> Iterator[OrderFacts]:
        """Joined once and then remembered: the whole of Olist is 100,000 orders."""
        if self.joined is None:
            joined = []
            for facts in self._join(reject):
                joined.append(facts)
                yield facts
            self.joined = joined
        else:
            yield from self.joined

    def _join(self, reject: Reject) -> Iterator[OrderFacts]:
        join = _Join(self, reject)
        reviews = join.reviews()
        seen: set[str] = set()
        for line, row in self.rows("orders"):
            code = _unusable(row, seen)
            if code:
                reject(Rejected(file_name("orders"), line, code, row["order_id"]))
                continue
            seen.add(row["order_id"])
            facts = join.facts(line, row)
            if facts is None:
                continue
            facts.stars, facts.reviewed_at = reviews.pop(row["order_id"], (None, None, 0))[:2]
            yield facts
        join.strays(reviews, seen)

    def rows(self, table: str) -> Iterator[tuple[int, Row]]:
        """Line numbers and rows of one of the tables; Problem when columns are missing or the file is cut off."""
        if table not in self.files:
            return
        found = open_table(self.files[table], name=file_name(table), layout=LAYOUT)
        if missing := [name for name in COLUMNS[table] if name not in found.headings]:
            sentence = _("“%(file)s” is not Olist's: the column “%(column)s” is missing.")
            raise Problem("wrong-columns", sentence % {"file": found.name, "column": missing[0]})
        for line in found.lines():
            _whole(found.name, line)
            yield line.number, dict(zip(found.headings, line.cells, strict=False))


def _find(folder: Path, table: str) -> Path | None:
    """The file of a table; None for an optional one that is not there."""
    for name in (file_name(table), file_name(table) + ".gz"):
        if (folder / name).is_file():
            return folder / name
    if table in OPTIONAL:
        return None
    sentence = _("The folder “%(folder)s” has no file “%(file)s”.")
    raise Problem("file-missing", sentence % {"folder": folder.name, "file": file_name(table)})


def _whole(name: str, line: Line) -> None:
    """Olist's files end with a line end; one that does not has been cut off."""
    if line.unfinished:
        sentence = _("The file “%(name)s” is cut off: it ends in the middle of line %(line)s.")
        raise Problem("file-cut-off", sentence % {"name": name, "line": line.number})


def _unusable(row: Row, seen: set[str]) -> str:
    if not row["order_id"]:
        return "no-number"
    if len(row["order_id"]) > 64:
        return "number-too-long"
    return "duplicate-number" if row["order_id"] in seen else ""


@dataclass(slots=True)
class _Goods:
    """An order's items, added up."""

    seller: str
    category: str = ""
    items: int = 0
    price: float = 0.0
    freight: float = 0.0
    weight_g: float | None = None
    volume_cm3: float | None = None


class _Join:
    """The tables beside the orders, in memory."""

    def __init__(self, source: OlistSource, reject: Reject) -> None:
        self.source, self.reject = source, reject
        self.checker = Checker(file_name("orders"), _zone, reject)
        self.points = {
            row["geolocation_zip_code_prefix"]: (_number(row["geolocation_lat"]), _number(row["geolocation_lng"]))
            for _line, row in source.rows("geolocation")
        }
        self.customers = {row["customer_id"]: row for _line, row in source.rows("customers")}
        # a seller wrote his own address, some with a wrong state: where buyers live at the same code, theirs stands
        self.homes = {row["customer_zip_code_prefix"]: self.place(row, "customer") for row in self.customers.values()}
        self.sellers = {row["seller_id"]: self.seller_place(row) for _line, row in source.rows("sellers")}
        self.payments = self._payments()
        self.goods = self._goods({row["product_id"]: row for _line, row in source.rows("products")})

    def place(self, row: Row, whose: str) -> Place:
        prefix = row[f"{whose}_zip_code_prefix"]
        latitude, longitude = self.points.get(prefix, (None, None))
        # the published files have lost the leading zeros of the postal codes
        return Place(prefix.zfill(5), row[f"{whose}_city"], row[f"{whose}_state"], "BR", latitude, longitude)

    def seller_place(self, row: Row) -> Place:
        return self.homes.get(row["seller_zip_code_prefix"]) or self.place(row, "seller")

    def _goods(self, products: dict[str, Row]) -> dict[str, _Goods]:
        found: dict[str, _Goods] = {}
        for _line, row in self.source.rows("order_items"):
            product = products.get(row["product_id"], {})
            goods = found.get(row["order_id"])
            if goods is None:
                category = product.get("product_category_name", "")
                goods = found[row["order_id"]] = _Goods(row["seller_id"], category)
            goods.items += 1
            goods.price += _number(row["price"]) or 0.0
            goods.freight += _number(row["freight_value"]) or 0.0
            goods.weight_g = _add(goods.weight_g, _number(product.get("product_weight_g", "")))
            goods.volume_cm3 = _add(goods.volume_cm3, _volume(product))
        return found

    def _payments(self) -> dict[str, str]:
        """How the largest part of each order was paid."""
        largest: dict[str, tuple[float, str]] = {}
        for _line, row in self.source.rows("order_payments"):
            paid = (_number(row["payment_value"]) or 0.0, row["payment_type"])
            largest[row["order_id"]] = max(paid, largest.get(row["order_id"], paid))
        return {number: method for number, (_value, method) in largest.items()}

    def facts(self, line: int, row: Row) -> OrderFacts | None:
        """The order of a row; None, and rejected, when it has no usable date of order."""
        placed_at = _time(row["order_purchase_timestamp"])
        if placed_at is None:
            code = "bad-date" if row["order_purchase_timestamp"] else "no-order-date"
            self._note(line, row, code, "order_purchase_timestamp", whole_row=True)
            return None
        facts = OrderFacts(row["order_id"], placed_at, line)
        facts.handed_over_at = self._moment(line, row, "order_delivered_carrier_date")
        facts.delivered_at = self._moment(line, row, "order_delivered_customer_date")
        promised = self._moment(line, row, "order_estimated_delivery_date")
        facts.promised_on = _local_day(promised) if promised else None
        facts.cancelled = row["order_status"] == "canceled"
        if row["order_status"] == "delivered" and facts.delivered_at is None:
            self._note(line, row, "delivered-without-date", "order_delivered_customer_date")
        facts.payment = self.payments.get(facts.number, "")[: LONGEST["payment"]]
        self._add_customer(facts, row)
        self._add_goods(facts, row)
        return facts if self.checker.usable(facts) else None

    def _add_customer(self, facts: OrderFacts, row: Row) -> None:
        customer = self.customers.get(row["customer_id"])
        if customer is None:
            self._note(facts.line, row, "no-customer-row", "customer_id")
            return
        facts.customer_ref = customer["customer_unique_id"]
        facts.place = self.place(customer, "customer")

    def _add_goods(self, facts: OrderFacts, row: Row) -> None:
        goods = self.goods.get(facts.number)
        if goods is None:
            self._note(facts.line, row, "no-items", "order_id")
            return
        facts.seller, facts.category, facts.items = goods.seller, goods.category, goods.items
        facts.origin = self.sellers.get(goods.seller)
        if facts.origin is None:
            self._note(facts.line, row, "unknown-seller", "order_id")
        facts.price_minor, facts.freight_minor = round(goods.price * 100), round(goods.freight * 100)
        facts.weight_g, facts.volume_cm3, facts.currency = goods.weight_g, goods.volume_cm3, "BRL"

    def reviews(self) -> dict[str, Given]:
        """Stars, time and line of each order's newest review."""
        found: dict[str, Given] = {}
        for line, row in self.source.rows("order_reviews"):
            number, stars = row["order_id"], row["review_score"]
            if stars not in {"1", "2", "3", "4", "5"}:
                self._review(line, "bad-stars", number, stars)
                continue
            given: Given = (int(stars), _time(row["review_answer_timestamp"]), line)
            other = found.get(number)
            if other is not None:
                older = min(given, other, key=lambda review: (review[1] or datetime.min.replace(tzinfo=UTC), review[2]))
                self._review(older[2], "older-review", number)
                given = other if older is given else given
            found[number] = given
        return found

    def strays(self, reviews: dict[str, Given], orders: set[str]) -> None:
        """Rows beside the orders that belong to none of them."""
        for number, (_stars, _given, line) in reviews.items():
            if number not in orders:
                self._review(line, "unknown-order", number)

    def _review(self, line: int, code: str, number: str, value: str = "") -> None:
        self.reject(Rejected(file_name("order_reviews"), line, code, number, "review_score", value))

    def _moment(self, line: int, row: Row, field: str) -> datetime | None:
        moment = _time(row[field])
        if moment is None and row[field]:
            self._note(line, row, "bad-date", field)
        return moment

    def _note(self, line: int, row: Row, code: str, field: str, *, whole_row: bool = False) -> None:
        self.reject(Rejected(file_name("orders"), line, code, row["order_id"], field, row[field], whole_row))


def _local_day(moment: datetime) -> date:
    return moment.astimezone(_zone).date()


_zone = ZoneInfo(ZONE)


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=_zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _add(total: float | None, value: float | None) -> float | None:
    return total if value is None else (total or 0.0) + value


def _volume(product: Row) -> float | None:
    sides = [_number(product.get(f"product_{side}_cm", "")) for side in ("length", "height", "width")]
    return sides[0] * sides[1] * sides[2] if sides[0] and sides[1] and sides[2] else None
