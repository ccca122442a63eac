"""Tags behind the components: icons, addresses of static files, the widgets of form fields."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django import forms, template
from django.contrib.staticfiles import finders
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from vafa.kit import charts
from vafa.kit.fields import DayInput

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "icons"
TURNS = {"arrow", "back", "forward", "login", "logout", "undo", "truck", "list", "trend", "chart"}
WIDGET_CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxInput, "checkbox checkbox-primary"),
    (forms.Select, "select w-full"),
    (forms.Textarea, "textarea w-full"),
    (forms.FileInput, "file-input w-full"),
    (forms.widgets.Input, "input w-full"),
]
DIRECTIONS = {"fa": "rtl", "ar": "rtl", "en": "ltr"}
FEW_CHOICES, SHORT_LABEL = 3, 14
# What a phone should show as its keyboard; written left to right in every language.
LATIN_INPUTS = {"email", "url", "password", "tel", "number"}


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file with a mark of its content: browsers fetch it anew when it changed."""
    return _asset(path)


@register.simple_tag
def url_of_static(path: str) -> str:
    """The plain address: for files that the style sheet names too, so that they are fetched once."""
    return _static(path)


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """An icon as `c-icon` draws it, for templates that are drawn very often; mirrored in right-to-left pages where it
    points along the line. An unknown name fails loudly, because it is a mistake in a template.
    """
    return _drawn(str(name), str(css), str(label))


@register.filter
def unlocalised(value: object) -> str:
    """A number as machines read it, for attributes."""
    return str(value)


@register.simple_tag
def mosaic(kept: int, of: int) -> SafeString:
    """The tiles of a promise chip: one for each of the last `of`, the late ones in pomegranate red."""
    return charts.mosaic(int(kept), int(of))


@register.simple_tag
def stars(mark: float) -> SafeString:
    """A mark out of five, drawn."""
    return charts.stars(float(mark))


@register.filter
def widget_kind(field: BoundField) -> str:
    """`check` (label behind the box), `choices` (a group of boxes), `file`, `hidden` or `line`."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "check" if isinstance(widget, forms.CheckboxInput) else "line"


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The field's widget with the classes and attributes of the house."""
    widget = field.field.widget
    classes = [next((name for kind, name in WIDGET_CLASSES if isinstance(widget, kind)), "")]
    attributes: dict[str, str | bool] = {}
    if getattr(widget, "input_type", "") == "range":
        classes = ["slider"]
    if getattr(widget, "input_type", "") in LATIN_INPUTS or isinstance(field.field, forms.SlugField):
        classes.append("field-ltr")
    if isinstance(field.field, forms.IntegerField) and not isinstance(widget, forms.Select):
        attributes["inputmode"] = "decimal" if isinstance(field.field, forms.FloatField) else "numeric"
    if isinstance(widget, forms.DateInput) and not isinstance(widget, DayInput):
        # Browsers take ISO dates only, and show them in their own way.
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    attributes |= _language_of(field)
    given = str(widget.attrs.get("class", ""))
    attributes["class"] = " ".join(part for part in [*classes, given] if part)
    return field.as_widget(attrs=attributes)


def _language_of(field: BoundField) -> dict[str, str | bool]:
    """For a text in one language (`title_en`), whatever that of the page is: how it is read aloud and runs."""
    language = field.name.rpartition("_")[2]
    if language not in DIRECTIONS or not isinstance(field.field, forms.CharField) or "lang" in field.field.widget.attrs:
        return {}
    return {"lang": language, "dir": DIRECTIONS[language]}


@register.filter
def choice_tags(field: BoundField) -> list[tuple[SafeString, str]]:
    """(input, label) of every choice of a group: Django would put the class on the group too."""
    several = isinstance(field.field.widget, forms.CheckboxSelectMultiple)
    for choice in field.subwidgets:
        choice.data["attrs"]["class"] = "checkbox checkbox-primary" if several else "radio radio-primary"
    return [(choice.tag(), str(choice.choice_label)) for choice in field.subwidgets]


@register.filter
def has_short_choices(field: BoundField) -> bool:
    """Whether a group of choices takes less room side by side: several, each a word or two."""
    labels = [str(choice.choice_label) for choice in field.subwidgets]
    return len(labels) > FEW_CHOICES and max(map(len, labels)) <= SHORT_LABEL


@lru_cache(512)
def _drawn(name: str, css: str, label: str) -> SafeString:
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    shapes = mark_safe((ICONS / f"{name}.svg").read_text(encoding="utf-8").strip())  # noqa: S308 - our own file
    return format_html(
        '<svg class="icon{} {}" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        " icon-turns" if name in TURNS else "", css, said, shapes,
    )  # fmt: skip


@lru_cache
def _asset(path: str) -> str:
    mark = _mark_of(path)
    return f"{static(path)}?v={mark}" if mark else static(path)


@lru_cache
def _static(path: str) -> str:
    return static(path)


@lru_cache
def _mark_of(path: str) -> str:
    found = finders.find(path)
    return hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()[:10] if found else ""
