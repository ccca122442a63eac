"""The owner's page of the widget: which stores may show it, and what to paste there."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vafa.accounts.access import owner_required
from vafa.kit import clock
from vafa.storefront import actions
from vafa.storefront.forms import SiteForm
from vafa.storefront.models import WidgetSite
from vafa.storefront.queries import widget_sites

STYLE = "vafa-promise, vafa-tracking { display: block; min-block-size: 17rem; }"


@require_http_methods(["GET", "POST"])
@owner_required
def sites(request: HttpRequest) -> HttpResponse:
    """All stores; a POST opens the widget to another one."""
    form = SiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.open_widget_site(form.cleaned_data["name"], form.cleaned_data["origins"], at=clock.now())
        messages.success(request, _("The widget is open to this store. Paste the lines below into its pages."))
        return redirect("storefront:widget-sites")
    return _page(request, form=form)


@require_POST
@owner_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, other addresses; the key stays."""
    site = get_object_or_404(WidgetSite, pk=pk, closed_at__isnull=True)
    form = SiteForm(request.POST, prefix=f"site{pk}")
    if not form.is_valid():
        return _page(request, form=SiteForm(), changed={pk: form})
    actions.change_widget_site(site, form.cleaned_data["name"], form.cleaned_data["origins"])
    messages.success(request, _("Saved."))
    return redirect("storefront:widget-sites")


@require_POST
@owner_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Its pages get no answer any more."""
    site = get_object_or_404(WidgetSite, pk=pk)
    if actions.close_widget_site(site, at=clock.now()):
        messages.success(request, _("The widget is closed to “%(name)s”.") % {"name": site.name})
    return redirect("storefront:widget-sites")


def _page(request: HttpRequest, *, form: SiteForm, changed: dict[int, SiteForm] | None = None) -> HttpResponse:
    shown = [(site, (changed or {}).get(site.pk) or _form_of(site), _snippet(site)) for site in widget_sites()]
    context = {"form": form, "sites": shown, "style": STYLE, "address": settings.PUBLIC_URL}
    refused = form.errors or any(each.errors for each in (changed or {}).values())
    return render(request, "storefront/widget_sites.html", context, status=422 if refused else 200)


def _form_of(site: WidgetSite) -> SiteForm:
    return SiteForm(initial={"name": site.name, "origins": "\n".join(site.origins)}, prefix=f"site{site.pk}")


def _snippet(site: WidgetSite) -> str:
    """What a store pastes: the script once, then the boxes where they belong."""
    own = f"{settings.PUBLIC_URL}{reverse('storefront:my')}"
    return "\n".join(
        [
            f'<script src="{settings.PUBLIC_URL}{reverse("storefront:widget")}" data-key="{site.key}" defer></script>',
            '<vafa-promise product="…"></vafa-promise>',
            f'<vafa-tracking><a href="{own}">{escape(_("Where is my order?"))}</a></vafa-tracking>',
        ]
    )
