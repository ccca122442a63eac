"""The tags `trans` and `url` remember what they wrote, and write what Django's write."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.urls import NoReverseMatch, path, set_script_prefix
from django.utils.translation import override

urlpatterns = [path("elsewhere/<str:file>", lambda request, file: None, name="of")]
SENTENCES = '{% trans "Save" %}|{% trans word %}|{% trans "Save" as said %}{{ said }}|{% trans "to" context "days" %}'


def drawn(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_sentence_is_said_in_the_language_of_each_page():
    template = Template(SENTENCES)
    said = []
    for language in ("fa", "en", "fa", "ar"):
        with override(language):
            said.append(template.render(Context({"word": "Settings"})))
    assert said == [
        "ذخیره|تنظیمات|ذخیره|تا", "Save|Settings|Save|to", "ذخیره|تنظیمات|ذخیره|تا", "حفظ|الإعدادات|حفظ|إلى",
    ]  # fmt: skip


def test_what_stands_in_a_variable_is_looked_at_each_time():
    template = Template("{% trans word %}")
    with override("fa"):
        assert [template.render(Context({"word": word})) for word in ("Save", "Settings")] == ["ذخیره", "تنظیمات"]


def test_an_address_follows_its_parts():
    template = Template('{% url "storefront:product" code %}')
    found = [template.render(Context({"code": code})) for code in ("a", "b", "a", 5, "x&y")]
    assert found == ["/shop/p/a/", "/shop/p/b/", "/shop/p/a/", "/shop/p/5/", "/shop/p/x&amp;y/"]


def test_an_address_follows_where_the_shop_is_mounted():
    template = Template('{% url "storefront:home" %}')
    before = template.render(Context())
    set_script_prefix("/mounted/")
    try:
        assert (before, template.render(Context())) == ("/shop/", "/mounted/shop/")
    finally:
        set_script_prefix("/")
    assert template.render(Context()) == "/shop/"


def test_an_address_follows_the_addresses_there_are():
    with override_settings(ROOT_URLCONF=__name__):
        assert drawn('{% url "of" "a" %}') == "/elsewhere/a"
    with pytest.raises(NoReverseMatch):
        drawn('{% url "of" "a" %}')


def test_a_page_that_there_is_not_can_be_asked_for():
    assert drawn('{% url "no-such:page" as page %}[{{ page }}]') == "[]"
