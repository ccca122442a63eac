"""The owner's pages of texts and rules."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vafa.accounts.access import owner_required
from vafa.customers.models import Channel
from vafa.kit.clock import now
from vafa.kit.http import limit_rate
from vafa.kit.problems import Problem, show_in_form
from vafa.messages import actions, queries
from vafa.messages.forms import RulesForm, TestForm, TextForm
from vafa.messages.registry import ALWAYS, LANGUAGES, MessageTemplate, all_templates
from vafa.messages.registry import template as template_named
from vafa.messages.views.mail_style import shows_mail


def _template(name: str, language: str) -> MessageTemplate:
    """The one door from an address to a text."""
    if language not in LANGUAGES:
        raise Http404
    return template_named(name)


@require_safe
@owner_required
def texts(request: HttpRequest) -> HttpResponse:
    """Every message that can be sent, with its texts."""
    own = queries.own_texts()
    reader = (get_language() or "en").split("-")[0]
    rows = [
        (each, each.label(reader), each.when.get(reader) or each.when["en"], own.get(each.name, set()))
        for each in all_templates()
    ]
    context = {"rows": rows, "languages": LANGUAGES, "part": "texts"}
    return render(request, "messages/texts.html", context)


@require_http_methods(["GET", "POST"])
@owner_required
@shows_mail
def text(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """One text: the owner's words, how they look as mail and as a short message. `preview` shows without saving."""
    described = _template(name, language)
    form = TextForm(request.POST or None, language=language, source=queries.source_of(described, language))
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            actions.write_text(name, language, form.cleaned_data["source"], at=now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            notices.success(request, _("Saved."))
            return redirect("messages:text", name, language)
    return _text_page(request, described, language, form, TestForm(initial={"channel": Channel.EMAIL}))


def _text_page(
    request: HttpRequest, described: MessageTemplate, language: str, form: TextForm, test_form: TestForm
) -> HttpResponse:
    source = form.data.get("source") if form.is_bound else None
    mail = short = None
    try:
        mail = queries.preview(described, language, Channel.EMAIL, source)
        short = queries.preview(described, language, Channel.SMS, source)
    except Problem as refused:
        if not form.errors:
            show_in_form(refused, form)
    reader = (get_language() or "en").split("-")[0]
    context = {
        "template": described,
        "label": described.label(reader),
        "when": described.when.get(reader) or described.when["en"],
        "language": language,
        "languages": LANGUAGES,
        "is_own": language in queries.own_texts().get(described.name, set()),
        "values": sorted({**described.values, **ALWAYS}),
        "form": form,
        "test_form": test_form,
        "mail": mail,
        "short": short,
        "part": "texts",
    }
    status = 422 if form.errors or test_form.errors else 200
    return render(request, "messages/text.html", context, status=status)


@require_POST
@owner_required
@shows_mail
def send_test(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """Send the text with its sample values to an address that the owner types."""
    described = _template(name, language)
    form = TestForm(request.POST)
    if form.is_valid():
        limit_rate("messages.test", str(request.user.pk), most=20, per=timedelta(hours=1))
        said = form.cleaned_data
        try:
            message = actions.send_test(
                name, language=language, channel=said["channel"], address=said["address"], at=now()
            )
        except Problem as refused:
            show_in_form(refused, form)
        else:
            return redirect("messages:message", message.public_id)
    plain = TextForm(language=language, source=queries.source_of(described, language))
    return _text_page(request, described, language, plain, form)


@require_http_methods(["GET", "POST"])
@owner_required
def rules(request: HttpRequest) -> HttpResponse:
    """The switch, quiet hours, the cap."""
    held = queries.the_rules()
    initial = {"quiet_from": held.quiet_from, "quiet_until": held.quiet_until, "weekly_cap": held.weekly_cap}
    form = RulesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_rules(**form.cleaned_data)
        notices.success(request, _("Saved."))
        return redirect("messages:rules")
    context = {
        "form": form,
        "rules": held,
        "held": queries.counts()["held"],
        "gateways": queries.gateways(),
        "part": "rules",
    }
    return render(request, "messages/rules.html", context, status=422 if form.errors else 200)


@require_POST
@owner_required
def switch(request: HttpRequest) -> HttpResponse:
    """Turn "nothing reaches real customers" on or off."""
    if request.POST.get("to") == "on":
        actions.hold_everything(at=now())
        notices.success(request, _("From now on nothing reaches real customers."))
    elif request.POST.get("to") == "off":
        actions.let_go(at=now())
        notices.success(request, _("From now on messages reach your customers."))
    return redirect("messages:rules")
