"""Pictures that the staff brings are distrusted."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from vafa.catalog.models import Brand, Category, Picture, Storehouse
from vafa.catalog.photos import SIDE, drawn_again
from vafa.catalog.tests import make
from vafa.kit.problems import Problem


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, (14, 124, 123)).save(written, kind, **options)
    return written.getvalue()


@pytest.fixture
def page(db, settings, tmp_path):
    settings.HOME = tmp_path
    make.shelves()
    make.book()
    return reverse("catalog:add-picture", args=["divan"])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_again_without_what_was_hidden_in_it(kind):
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    drawn, width, height = drawn_again(photo(kind, exif=exif) + b"<script>")
    assert (width, height, drawn[8:12]) == (60, 40, b"WEBP")
    assert b"where I live" not in drawn
    assert b"script" not in drawn


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert drawn_again(photo(exif=exif))[1:] == (40, 60)


def test_a_large_picture_becomes_smaller():
    assert drawn_again(photo(size=(4000, 1000)))[1:] == (SIDE, SIDE // 4)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", make.drawing(), b"GIF89a" + b"0" * 50, photo()[:300]])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(Problem) as refused:
        drawn_again(content)
    assert (refused.value.code, refused.value.status) == ("not-a-picture", 422)


def test_a_small_file_that_claims_to_be_huge_is_refused():
    with pytest.raises(Problem) as refused:
        drawn_again(photo("PNG", size=(9000, 9000)))
    assert refused.value.code in {"picture-too-large", "not-a-picture"}


def test_pictures_are_added_put_first_and_taken_away(page, agent_client):
    for kind, size in (("JPEG", (60, 40)), ("PNG", (50, 50))):
        agent_client.post(page, {"picture": SimpleUploadedFile("a.svg", photo(kind, size))})
    first, second = Picture.objects.all()
    assert agent_client.get(reverse("catalog:picture", args=[first.file]))["Content-Type"] == "image/webp"
    agent_client.post(f"{page}{second.pk}/", {"do": "first"})
    assert list(Picture.objects.all()) == [second, first]
    agent_client.post(f"{page}{second.pk}/", {"do": "take-away"})
    assert list(Picture.objects.all()) == [first]


def test_a_drawing_is_refused_with_a_word(page, agent_client):
    answer = agent_client.post(page, {"picture": SimpleUploadedFile("a.jpg", make.drawing())}, follow=True)
    assert "JPEG, PNG or WebP" in answer.content.decode()
    assert not Picture.objects.exists()


def test_a_shelf_gets_lines_and_one_in_use_cannot_go(page, agent_client):
    make.book("golestan", specifications={"binding": "Hard"})
    agent_client.post(
        reverse("catalog:new-shelf"),
        {"code": "toys", "name.fa": "اسباب‌بازی", "line0.fa": "سن", "line0.en": "Age", "unit0": "y", "facet0": "on"},
    )
    (line,) = Category.objects.get(code="toys").specifications
    assert line == {"code": "age", "name": {"fa": "سن", "en": "Age"}, "unit": "y", "facet": True}
    answer = agent_client.post(reverse("catalog:shelf", args=["poetry"]), {"name.fa": "شعر"})
    assert (answer.status_code, len(Category.objects.get(code="poetry").specifications)) == (422, 1)


def test_a_shelf_does_not_lie_below_itself(page, agent_client):
    below = Category.objects.get(code="poetry").pk
    answer = agent_client.post(reverse("catalog:shelf", args=["books"]), {"name.fa": "کتاب", "parent": below})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["parent"])
    assert Category.objects.get(code="books").parent is None


def test_brands_and_storehouses_are_made_and_renamed(page, agent_client):
    agent_client.post(reverse("catalog:new-brand"), {"code": "nashr", "name.fa": "نشر"})
    agent_client.post(reverse("catalog:brand", args=["nashr"]), {"name.fa": "نشر نو"})
    agent_client.post(reverse("catalog:new-storehouse"), {"code": "hall", "name.fa": "سالن"})
    assert (Brand.objects.get(code="nashr").name, Storehouse.objects.get(code="hall").name) == (
        {"fa": "نشر نو"},
        {"fa": "سالن"},
    )
