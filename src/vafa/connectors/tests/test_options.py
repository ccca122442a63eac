"""What can be chosen of products, brought by a table and taken out again."""

from __future__ import annotations

import gzip
import html
import re
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from vafa.catalog.models import HeldChange, Option, OptionRule, OptionValue, Product
from vafa.catalog.tests import make
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
PAGE = "/import/options/"
HEADINGS = "product,option,option.en,needed,value,value.en,surcharge.toman,days,parts,letters,must write,rule,other\n"
TABLE = HEADINGS + (
    "divan,cover,Cover,بله,cloth,Cloth,,,,,,,\n"
    "divan,cover,Cover,yes,leather,Leather,۱۲٬۵۰۰,۳,skin: ۲; thread: 1,,,,\n"
    "divan,plate,Plate,no,brass,Brass,9000,1,,20,yes,,\n"
    "divan,plate,,,brass,,,,,,,requires,cover/leather\n"
)


@pytest.fixture(autouse=True)
def shop(db):
    save_settings(currency="IRR", shows_toman=True, default_language="en", languages=["en", "fa"])
    make.shelves()
    make.book("divan", price=5_600_000)
    make.book("golestan", price=5_600_000)


def upload(client, text: str, name: str = "options.csv"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, text.encode())})


def confirm(client, page):
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page.content.decode(), re.DOTALL)
    return client.post(PAGE, {"table": html.unescape(found[1])})


def state() -> list[object]:
    values = OptionValue.objects.order_by("pk").values_list(
        "pk", "option__code", "code", "name", "surcharge_minor", "lead_days", "parts", "words_most", "words_needed"
    )
    products = Product.objects.order_by("pk").values_list("configurable", "changed_at")
    return [*values, *OptionRule.objects.order_by("pk").values_list("pk", "tie", "why"), *products]


def taken_out() -> str:
    out = StringIO()
    call_command("export", "options", stdout=out)
    return out.getvalue()


def test_what_a_table_says_is_shown_first_and_written_when_the_owner_agrees(owner_client):
    before = state()
    page = upload(owner_client, TABLE)
    assert ("first options" in page.content.decode(), state()) == (True, before)
    confirm(owner_client, page)
    leather, brass = OptionValue.objects.get(code="leather"), OptionValue.objects.get(code="brass")
    assert (leather.surcharge_minor, leather.lead_days, leather.parts) == (125_000, 3, {"skin": 2, "thread": 1})
    assert (brass.words_most, brass.words_needed, Option.objects.get(code="cover").needed) == (20, True, True)
    rule = OptionRule.objects.get()
    assert (rule.value, rule.tie, rule.other) == (brass, "requires", leather)
    shown = Product.objects.get(code="divan").configurable
    assert [each["code"] for each in shown["options"]] == ["cover", "plate"]


def test_the_table_that_is_taken_out_changes_nothing_when_it_comes_back(owner_client, tmp_path):
    make.a_bookcase()
    Option.objects.filter(code="o1").update(name={"en": "=Size", "fa": "اندازه"})
    before, path = state(), tmp_path / "options.csv"
    path.write_text(taken_out(), encoding="utf-8", newline="")
    out = StringIO()
    call_command("import", "options", str(path), stdout=out)
    assert (out.getvalue(), state()) == ("bookcase: same\n", before)
    assert "All of it is known already" in upload(owner_client, path.read_text("utf-8-sig")).content.decode()
    assert b"".join(owner_client.get(f"{PAGE}table.csv").streaming_content).decode() == taken_out()


def test_no_cell_that_is_taken_out_is_a_formula(owner_client):
    upload_done(owner_client, TABLE.replace("Leather", "'=1+1"))
    assert OptionValue.objects.get(code="leather").name == {"en": "=1+1"}
    assert ",'=1+1," in taken_out()


def upload_done(client, text: str):
    return confirm(client, upload(client, text))


def test_names_in_languages_of_which_the_table_says_nothing_stay(owner_client):
    upload_done(owner_client, TABLE)
    Option.objects.filter(code="plate").update(name={"en": "Plate", "fa": "پلاک"})
    upload_done(owner_client, TABLE.replace(",Plate,", ",Small plate,"))
    assert Option.objects.get(code="plate").name == {"en": "Small plate", "fa": "پلاک"}


@pytest.mark.parametrize(("row", "line", "sentence"), [
    ("golestan,o1,A,no,v1,B,many,,,,,,", 6, "The surcharge is no amount"),
    ("golestan,o1,A,perhaps,v1,B,,,,,,,", 6, "Write “yes” or “no”."),
    ("golestan,o1,A,no,v1,B,,x,,,,,", 6, "“x” is no whole number."),
    ("golestan,o1,A,no,v1,B,,,board,,,,", 6, "Write a part and how many of it"),
    ("golestan,o1,A,yes,v1,B,7,,,,,,", 6, "The first value of what must be chosen is part of the price"),
    ("golestan,o1,A,no,v1,B,,,,,,,\ngolestan,o1,,,v1,,,,,,,requires,o9/v9", 7, "A rule is about two values"),
    ("golestan,o1,A,no,v1,B,,,,,,,\ngolestan,o1,A,no,v1,C,,,,,,,", 7, "This value stands in the table already."),
    ("nobody,o1,A,no,v1,B,,,,,,,", 6, "There is no product with this code."),
    ("golestan,o1,A,no,v1,B,1e9999999,,,,,,", 6, "The surcharge is no amount"),
    ("golestan,o1,A,no,v1,B,1_000,,,,,,", 6, "The surcharge is no amount"),
    (f"golestan,o1,A,no,v1,{'B' * 61},,,,,,,", 6, "A name or reason has 60 characters at most."),
    ("golestan,o1,A,no,v1,B,NaN,,,,,,", 6, "The surcharge is no amount"),
    ("golestan,o1,A,no,v1,B,,,,,,,\ngolestan,o2,A,no,v1,B,,,,,,,\n"
     "golestan,o1,,,v1,,,,,,,requires,o2/v1\ngolestan,o1,,,v1,,,,,,,excludes,o2/v1", 9, "A rule between these two"),
    (",o1,A,no,v1,B,,,,,,,", 6, "The row names no product."),
    ("golestan,o 1,A,no,v1,B,,,,,,,", 6, "Options and values need a short code"),
])  # fmt: skip
def test_a_product_with_a_row_that_cannot_be_used_stays_whole_and_the_others_are_written(
    owner_client, row, line, sentence
):
    page = upload(owner_client, f"{TABLE}{row}\n")
    told = page.content.decode()
    assert (f"Row {line}: {sentence}" in told, "stays as it was" in told) == (True, True)
    confirm(owner_client, page)
    assert set(Option.objects.values_list("product__code", flat=True)) == {"divan"}


def test_a_surcharge_that_the_guard_doubts_waits(owner_client):
    upload_done(owner_client, TABLE)
    page = upload(owner_client, TABLE.replace("۱۲٬۵۰۰", "۱۲۵٬۰۰۰"))
    assert ("a surcharge waits" in page.content.decode(), HeldChange.objects.count()) == (True, 0)
    confirm(owner_client, page)
    assert OptionValue.objects.get(code="leather").surcharge_minor == 125_000
    assert HeldChange.objects.get().new["minor"] == 1_250_000


@pytest.mark.parametrize("text", [
    "", "product\ndivan\n", "a,b\nc,d\n", HEADINGS, TABLE.replace("surcharge.toman", "surcharge.EUR"),
    HEADINGS + "divan,o1,A,no,v1,B,,,,,,,\n" * 2001, TABLE + "x" * (1024 * 1024 + 1),
])  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(owner_client, text):
    assert upload(owner_client, text).status_code == 422
    assert not Option.objects.exists()


def test_a_file_that_is_larger_once_it_is_unpacked_is_refused_before_the_owner_agrees(owner_client):
    packed = gzip.compress((TABLE + f"golestan,o1,{'x' * 100_000},no,v1,B,,,,,,,\n" * 11).encode())
    page = owner_client.post(PAGE, {"file": SimpleUploadedFile("options.csv.gz", packed)})
    assert (page.status_code, "This file is too large." in page.content.decode()) == (422, True)


def test_only_owners_may(agent_client):
    assert agent_client.get(PAGE).status_code == 403
    assert agent_client.get(f"{PAGE}table.csv").status_code == 403
