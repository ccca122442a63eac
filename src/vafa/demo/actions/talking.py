"""What stands around the simulated orders: contents, payments, invoices, buyers' opinions, visitors' questions.

All of it goes through the rooms' own actions, is drawn from one seed, and leaves something for the visitor to decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from vafa.catalog.actions import answer_inquiry, ask_inquiry, refuse_inquiry
from vafa.catalog.models import Inquiry, Product, Variant
from vafa.demo.catalogue.words import read
from vafa.demo.iran import CITIES
from vafa.demo.people import person
from vafa.fulfilment.actions.papers import write_invoice
from vafa.orders.actions import (
    Amounts,
    Line,
    Placed,
    SendTo,
    decide_opinion,
    give_opinion,
    remember_contents,
)
from vafa.orders.models import Opinion, Order, OrderLine, Stage
from vafa.payments.actions import Debt, ToPay, confirm_cash, give, owe, start
from vafa.payments.models import Payment

FILLED, BOOKS, ASKED = 80, 60, 36
EVERY = {"waits": 7, "refused": 29, "answered": 4, "unanswered": 4, "invoice": 2, "owed": 15, "given": 30}
LANGUAGES = ("fa", "fa", "fa", "ar", "en")  # how often buyers write which
STARS = (5, 5, 5, 4, 4, 5, 3, 4, 2)
BY = "demo"
DAY = timedelta(days=1)


def let_people_talk(*, at: datetime, seed: int = 2) -> int:
    """Fill the newest orders that arrived, take their money, let their buyers speak and visitors ask; how many opinions
    there are then. Done twice it is done once.
    """
    if Inquiry.objects.exists():
        return 0
    rng = Random(seed)  # noqa: S311 - a play
    books = list(Variant.objects.filter(price__isnull=False, product__public=True).order_by("pk")[:BOOKS])
    if not books:
        return 0
    for number, order in enumerate(_arrived()):
        _fill(order, rng.sample(books, k=min(max(order.items or 1, 1), 4, len(books))), rng)
        _pay(number, order, at)
        _speak(number, order, rng, at)
    _ask(sorted({each.product_id for each in books}), rng, at)
    return Opinion.objects.count()


def _arrived() -> list[Order]:
    arrived = Order.objects.filter(stage=Stage.ARRIVED, price_minor__gt=0, bill__isnull=True).exclude(customer_ref="")
    return list(arrived.select_related("place").order_by("-placed_at", "-pk")[:FILLED])


def _fill(order: Order, books: Sequence[Variant], rng: Random) -> None:
    """The books of the order, whose prices come to what was paid then."""
    price, freight = int(order.price_minor or 0), int(order.freight_minor or 0)
    share = price // len(books)
    units = [share] * (len(books) - 1) + [price - share * (len(books) - 1)]
    lines = [
        Line(book.sku, dict(book.product.title), 1, unit, product=book.product.code, choices=dict(book.choices))
        for book, unit in zip(books, units, strict=True)
    ]
    city = next((each for each in CITIES if order.place and each.code == order.place.code), CITIES[0])
    buyer = person(order.customer_ref, city)
    remember_contents(
        Placed(
            number=order.number,
            placed_at=order.placed_at,
            lines=lines,
            amounts=Amounts(price, freight, order.currency),
            to=SendTo(
                name=buyer.name,
                country=city.country,
                phone=f"+98912444{rng.randint(0, 9999):04}",
                region=city.region,
                city=city.name,
                postal_code=f"1193653{rng.randint(0, 999):03}",
                street=f"{city.name}، خیابان سعدی، پلاک {rng.randint(1, 90)}",
                language="fa",
            ),
        ),
        has_left=True,
    )


def _pay(number: int, order: Order, at: datetime) -> None:
    """Paid at the door; of some the money goes back, of every other there is an invoice."""
    amount = int(order.price_minor or 0) + int(order.freight_minor or 0)
    about = f"order:{order.number}"
    asked = ToPay(about, about, "cash", amount, order.currency, "/shop/", order.number, order=order.number)
    payment = start(asked, at=order.placed_at).payment
    if number % 11 == 5:
        return  # the rider has it still
    confirm_cash(payment, BY, min(order.placed_at + 3 * DAY, at))
    if number % EVERY["invoice"] == 0:
        write_invoice(order, by=BY, at=min(order.placed_at + DAY, at))
    if number % EVERY["owed"] == 3:
        _give_back(number, order, payment, at)


def _give_back(number: int, order: Order, payment: Payment, at: datetime) -> None:
    amount = max(int(payment.amount_minor) // 5, 1)
    debt = Debt(f"demo:{order.number}", payment.about, order.number, amount, payment.currency, "goodwill", payment)
    refund = owe(debt, at=at - DAY)
    if number % EVERY["given"] == 3:
        give(refund, by=BY, reference=f"TR-{order.number}", at=at)


@dataclass(frozen=True)
class _Words:
    """A saying in the language in which somebody writes."""

    language: str
    place: int

    @classmethod
    def of(cls, rng: Random) -> _Words:
        language = rng.choice(LANGUAGES)
        return cls(language, ("fa", "ar", "en").index(language))

    def one_of(self, name: str, rng: Random) -> str:
        return str(rng.choice(read("said")[name])[self.place])


def _speak(number: int, order: Order, rng: Random, at: datetime) -> None:
    """Two of three buyers give stars, most of them words; a person of the shop has read most of these."""
    if number % 3 == 2:
        return
    given_at = min(order.placed_at + 6 * DAY, at)
    for line in OrderLine.objects.filter(order=order).order_by("position")[:2]:
        stars, words = rng.choice(STARS), _Words.of(rng)
        text = words.one_of({5: "five", 4: "four", 3: "three"}.get(stars, "low"), rng) if rng.random() < 0.8 else ""
        name = person(order.customer_ref, CITIES[0]).name.split(" ")[0]
        said = give_opinion(line, stars=stars, text=text, name=name, language=words.language, at=given_at)
        if text and number % EVERY["waits"]:
            shown = number % EVERY["refused"] != 1
            reply = words.one_of("sorry" if stars < 3 else "thanks", rng) if shown and rng.random() < 0.3 else ""
            decide_opinion(said, shown=shown, by=BY, at=given_at, reply=reply)


def _ask(products: Sequence[int], rng: Random, at: datetime) -> None:
    """Visitors ask; most was answered, some waits, a little was not fit to be shown."""
    questions, answers = read("said")["ask"], read("said")["answer"]
    chosen = Product.objects.filter(pk__in=products).order_by("pk")
    for number, product in enumerate([*chosen][:ASKED]):
        which, words = rng.randrange(len(questions)), _Words.of(rng)
        asked_at = at - DAY * (number % 20) - timedelta(hours=number)
        if not ask_inquiry(product, questions[which][words.place], language=words.language, at=asked_at):
            continue
        inquiry = Inquiry.objects.filter(product=product).order_by("-pk")[0]
        if number % EVERY["refused"] == 17:
            refuse_inquiry(inquiry, by=BY, at=asked_at)
        elif number % EVERY["unanswered"]:
            answer_inquiry(inquiry, answers[which][words.place], by=BY, at=min(asked_at + timedelta(hours=5), at))
