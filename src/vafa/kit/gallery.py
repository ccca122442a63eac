"""The living components page: every component in both directions, for those who build pages (staff, or DEBUG)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import wraps

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from vafa.kit import errors
from vafa.kit.charts import (
    Axis,
    Columns,
    Series,
    bar_chart,
    calibration_plot,
    column_chart,
    curve_picture,
    line_chart,
    sparkline,
)
from vafa.kit.fields import DayField
from vafa.kit.formats import format_date, format_percent

View = Callable[..., HttpResponse]
STATES = [
    (_("kept"), "good"),
    (_("broken"), "bad"),
    (_("at risk"), "warn"),
    (_("revised"), "info"),
    (_("cancelled"), "neutral"),
]
RATES = [(_("Tehran"), 0.97), (_("Shiraz"), 0.91), (_("Zahedan"), 0.84)]
SHADES = ("day", "night")
WHY = _("Most parcels to this city take two to four days; the promise leaves room for the fifth.")
REFUSAL = _("Nothing has been delivered there yet, and nobody has stated how long it takes.")


class ExampleForm(forms.Form):
    """One field of every sort."""

    name = forms.CharField(label=_("Name"), max_length=80)
    city = forms.ChoiceField(label=_("City"), choices=[("tehran", _("Tehran")), ("shiraz", _("Shiraz"))])
    days = forms.IntegerField(label=_("Days"), help_text=_("Working days from order to door."), min_value=0)
    since = DayField(label=_("From"), required=False)
    email = forms.EmailField(label=_("E-mail"))
    file = forms.FileField(label=_("File"), required=False)
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    way = forms.ChoiceField(
        label=_("Way"), choices=[("post", _("Post")), ("courier", _("Courier"))], widget=forms.RadioSelect
    )
    caution = forms.IntegerField(label=_("Caution"), widget=forms.NumberInput(attrs={"type": "range"}), initial=60)
    agree = forms.BooleanField(label=_("Tell the customer at once"), required=False)


def for_builders(view: View) -> View:
    """Not found, unless somebody is signed in or VAFA_DEBUG is on."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        if not (settings.DEBUG or (getattr(request, "user", None) and request.user.is_authenticated)):
            raise Http404
        return view(request, *arguments, **named)

    return guarded


@for_builders
def components(request: HttpRequest) -> HttpResponse:
    """Every component, living."""
    return render(request, "kit/components.html", {"shade": shade_of(request), **specimens()})


@for_builders
def side_by_side(request: HttpRequest) -> HttpResponse:
    """The same in both directions and both lights beside each other."""
    return render(request, "kit/components.html", {"panes": panes("kit/_specimens.html", request)})


def shade_of(request: HttpRequest) -> str:
    """The light that the switch of the gallery asks for; empty leaves it to the device."""
    asked = request.GET.get("shade", "")
    return asked if asked in SHADES else ""


def panes(template: str, request: HttpRequest) -> list[SafeString]:
    """The template in English and in Persian, one by day and one by night; `?shade=night` changes them round.

    A pane is a page within the page, so it says its own language and direction.
    """
    lights = SHADES[::-1] if shade_of(request) == "night" else SHADES
    return [_pane(template, request, language, light) for language, light in zip(("en", "fa"), lights, strict=True)]


def _pane(template: str, request: HttpRequest, language: str, light: str) -> SafeString:
    with translation.override(language):
        html = render_to_string(template, {**specimens(f"{language}-"), "pane": f"{language}-"}, request)
    way = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return format_html('<div class="pane" lang="{}" dir="{}" data-theme="{}">{}</div>', language, way, light, html)


def specimens(pane: str = "") -> dict[str, object]:
    """What the pieces are shown with; `pane` begins the ids, so that they differ in every pane."""
    typed = {"days": "-1", "email": "reza@", "city": "shiraz", "way": "post"}
    return {
        "form": ExampleForm(auto_id=f"{pane}id_%s"),
        "bound": ExampleForm(typed, auto_id=f"{pane}bound_%s"),
        "day": date(2026, 11, 26),
        "first": date(2026, 11, 22),
        "last": date(2026, 11, 25),
        "until": datetime(2026, 11, 26, 13, 30, tzinfo=UTC),
        "left": timedelta(hours=3, minutes=20),
        "why": WHY,
        "refusal": REFUSAL,
        "states": STATES,
        "previous_page": 1,
        "next_page": 3,
        **drawings(),
    }


def drawings() -> dict[str, SafeString]:
    """Charts of invented figures."""
    frontier = line_chart(
        [
            Series(str(_("Vafa")), [(14.2, 0.8), (16.1, 0.85), (18.7, 0.9), (22.4, 0.94), (26.0, 0.96)], "dotted line"),
            Series(
                str(_("Table by place")), [(16.0, 0.8), (19.5, 0.86), (23.8, 0.91), (28.5, 0.95)], "dashed", "other"
            ),
            Series(str(_("The shop today")), [(24.7, 0.899)], "dots", "bad"),
        ],
        x=Axis(str(_("days promised, on average"))),
        y=Axis(str(_("share kept")), format_percent),
        title=str(_("Kept rate against days promised")),
    )
    months = [format_date(date(2026, month, 5), style="short_month") for month in range(1, 10)]
    late = column_chart(
        months,
        [
            Columns(str(_("The shop today")), [0.06, 0.14, 0.21, 0.08, 0.07, 0.05, 0.09, 0.1, 0.08], "other"),
            Columns(str(_("Vafa")), [0.08, 0.1, 0.12, 0.09, 0.1, 0.08, 0.1, 0.11, 0.09]),
        ],
        y=Axis(str(_("late")), format_percent),
        title=str(_("Late, month by month")),
    )
    chances = [0, 0, 0.22, 0.55, 0.76, 0.88, 0.93, 0.96, 0.975, 0.985, 0.99, 0.995]
    return {
        "frontier": frontier,
        "late": late,
        "bars": bar_chart(
            [(str(city), rate) for city, rate in RATES], axis=Axis("", format_percent), title=str(_("share kept"))
        ),
        "calibration": calibration_plot(
            [(0.7, 0.68, 40), (0.8, 0.81, 200), (0.9, 0.89, 800), (0.95, 0.94, 400)], title=str(_("Promised and kept"))
        ),
        "curve": curve_picture(chances, date(2026, 11, 20), date(2026, 11, 26)),
        "course": sparkline([3, 4, 3.5, 5, 6, 5.5, 7], title=str(_("Kept, last weeks"))),
    }


@for_builders
def fault(request: HttpRequest, name: str) -> HttpResponse:
    """An error page as it looks, for the eye and the accessibility test."""
    if name not in errors.FAULTS:
        raise Http404
    return errors.answer(request, errors.FAULTS[name])
