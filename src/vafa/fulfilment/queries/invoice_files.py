"""The invoice as a PDF file, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from vafa.fulfilment.models import Invoice
from vafa.fulfilment.queries.invoice_rows import printed_rows
from vafa.kit.formats import format_date, format_money, format_number, format_percent, native_digits, text_in
from vafa.kit.formats.preferences import the_language
from vafa.kit.pdf import Paper, can_draw
from vafa.orders.models import Recipient
from vafa.orders.queries import recipient_of
from vafa.shop.queries import place_name, the_shop

WIDTHS = (84, 16, 37, 37)


def invoice_as_file(invoice: Invoice) -> HttpResponse:
    """The answer with the file; 404 where it cannot be drawn."""
    if not can_draw():
        raise Http404
    drawn = _drawn(invoice, recipient_of(invoice.order))
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="invoice-{invoice.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _drawn(invoice: Invoice, recipient: Recipient | None) -> bytes:
    title = _("Invoice")
    paper = Paper(the_language(None), f"{title} {invoice.number}")
    paper.heading(title)
    number, day = native_digits(str(invoice.number)), format_date(invoice.at)
    paper.line(f"{_('Number')} {number} · {_('Order')} {invoice.order.number} · {day}", is_quiet=True)
    _shop(paper)
    if recipient is not None:
        _recipient(paper, recipient)
    _lines(paper, invoice)
    return paper.finished()


def _shop(paper: Paper) -> None:
    shop = the_shop()
    paper.gap()
    paper.line(shop.name, is_strong=True)
    paper.line(shop.address)
    if shop.tax_number:
        paper.line(f"{_('Tax number')}: {native_digits(shop.tax_number)}")


def _recipient(paper: Paper, to: Recipient) -> None:
    paper.gap()
    paper.line(to.name, is_strong=True)
    paper.line(to.street)
    city = _(", ").join(place_name(name, the_language(None)) for name in (to.city, to.region) if name)
    paper.line(f"{city} {native_digits(to.postal_code)}".strip())


def _lines(paper: Paper, invoice: Invoice) -> None:
    body = invoice.body
    currency = body["currency"]
    rows = [
        (
            "\n".join([text_in(row["title"]), " · ".join([row["sku"], *_chosen(row)])]),
            format_number(row["quantity"]),
            format_money(row["unit_minor"], currency),
            format_money(row["amount_minor"], currency),
        )
        for row in printed_rows(invoice)
    ]
    paper.gap()
    paper.table([_("Article"), _("Pieces"), _("One costs"), _("Amount")], rows, WIDTHS)
    paper.gap()
    taxes = [(_("Tax in it (%(rate)s)") % {"rate": _rate(tax["bp"])}, format_money(tax["minor"], currency))
             for tax in body["taxes"]]  # fmt: skip
    delivery = (_("Delivery"), format_money(body["delivery_minor"], currency))
    paper.sums([delivery, *taxes, (_("Total"), format_money(body["total_minor"], currency))])


def _chosen(row: dict[str, Any]) -> list[str]:
    quoted = [_("“%(name)s”") % {"name": words} if words else "" for _value, words in row["in_words"]]
    named = [text_in(value) for value, _words in row["in_words"]]
    return [f"{name} {words}".strip() for name, words in zip(named, quoted, strict=True)]


def _rate(basis_points: int) -> str:
    return format_percent(basis_points / 10_000, 2 if basis_points % 100 else 0)
