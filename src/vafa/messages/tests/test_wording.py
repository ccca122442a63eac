"""The language of texts: what it can say, and what it cannot reach."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from vafa.customers.models import Channel
from vafa.kit.problems import Problem
from vafa.messages.letters import letter
from vafa.messages.purposes import Purpose
from vafa.messages.queries import preview, shipped_source
from vafa.messages.registry import ALWAYS, LANGUAGES, Kind, MessageTemplate, Value, all_templates
from vafa.messages.showing import Reader, greeted, shown_values
from vafa.messages.wording import Shown, check, write

NAMES = {"name", "items"}


def body(text, language="en", **values):
    return write(f"subject: x\n\n{text}", values, language).body


@pytest.mark.parametrize(
    "reach",
    [
        "{{ name.upper }}",
        "{{ name.__class__ }}",
        "{{ name.0 }}",
        "{{ secret }}",
        "{{ name|safe }}",
        "{{ name|add:secret }}",
        "{{ name|plural:secret }}",
        "{% load static %}",
        "{% include 'kit/base.html' %}",
        "{% debug %}",
        "{% for letter in name %}x{% endfor %}",
        "{% if name.upper %}x{% endif %}",
        "{% if not secret %}x{% endif %}",
        "{% if name == secret.key %}x{% endif %}",
        "{% if name %}x",
        "{{ name",
        "{% with a=name %}{{ a }}{% endwith %}",
        "{% url 'console:home' %}",
        "{% now 'Y' %}",
    ],
)
def test_a_text_reaches_nothing_but_its_values(reach):
    source = f"subject: x\n\nHello {reach}"
    if reach == "{{ name":  # no placeholder at all: plain letters
        check(source, NAMES, "en")
        return
    with translation.override("en"), pytest.raises(Problem) as refused:
        check(source, NAMES, "en")
    assert refused.value.code == "bad-text"


@pytest.mark.parametrize(
    "source", ["", "subject: x", "no subject\n\nbody", "subject:\n\nbody", "subject: x\n\n" + "x" * 9000]
)
def test_a_text_without_its_parts_is_refused(source):
    with pytest.raises(Problem):
        check(source, NAMES, "en")


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 1, "One item"),
        ("en", 2, "2 items"),
        ("fa", 1, "یک قلم"),
        ("fa", 12, "۱۲ قلم"),
        ("ar", 0, "لا قطع"),
        ("ar", 1, "قطعة واحدة"),
        ("ar", 2, "قطعتان"),
        ("ar", 3, "٣ قطع"),
        ("ar", 11, "١١ قطعة"),
        ("ar", 100, "١٠٠ قطعة"),
    ],
)
def test_counts_are_said_in_the_forms_of_the_language(language, number, said):
    forms = {"en": "One item;# items", "fa": "یک قلم;# قلم", "ar": "لا قطع;قطعة واحدة;قطعتان;# قطع;# قطعة;# قطعة"}
    text = f'{{{{ items|plural:"{forms[language]}" }}}}'
    assert body(text, language, items=Shown(str(number), number)) == said


def test_what_is_not_there_is_not_said():
    text = "{% if items %}There are {{ items }}.{% else %}Nothing.{% endif %}"
    assert body(text, items=Shown("0", 0)) == "Nothing."
    assert body(text, items=Shown("3", 3)) == "There are 3."


def test_values_cannot_become_markup():
    described = MessageTemplate(
        "tests.note", Purpose.ORDER, {"en": "Note"}, {"en": ""}, {"note": Value(Kind.TEXT, "a note", "x")}
    )
    evil = {"note": "[Win](https://evil.example)\n\n<script>alert(1)</script>"}
    values = shown_values(described, evil, Reader("en", "UTC", "Sara", "Shop"))
    made = letter(write("subject: x\n\n{{ note }}", values, "en"), channel=Channel.EMAIL, language="en", shop="Shop")
    assert "<script>" not in made.html
    assert "href" not in made.html
    assert "(Win)(https://evil.example)" in made.text


@pytest.mark.parametrize("name", ["Win now www.evil.example", "https://evil.example", "a@b.example", "x" * 61, "<b>"])
def test_a_name_that_is_an_advertisement_is_not_greeted(name):
    assert greeted(name) == ""


@pytest.mark.parametrize("name", ["Sara", "سارا محمدی", "O'Neil", "Jean-Luc  Picard", "محمد بن علي"])
def test_a_name_is_greeted(name):
    assert greeted(name) == " ".join(name.split())


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_text_can_be_written_and_shown(language):
    for template in all_templates():
        check(shipped_source(template, language), {*template.values, *ALWAYS}, language)
        mail = preview(template, language, Channel.EMAIL)
        short = preview(template, language, Channel.SMS)
        assert mail.subject
        assert "{{" not in mail.text + short.text
        assert "{%" not in mail.text + short.text
        assert f'dir="{"ltr" if language == "en" else "rtl"}"' in mail.html
        assert len(short.text) <= 320, template.name
        if language != "en":
            given = "|".join(re.escape(str(value.sample)) for value in template.values.values())
            latin = set("0123456789") & set(re.sub(rf"https?://\S+|{given}", "", mail.text))
            assert latin == set(), f"{template.name} has Latin digits: {latin}"
