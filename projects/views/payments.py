"""Payment requests (4.12, G13)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core import door
from core.access import holds, rights_on
from core.guards import Reason
from core.money import euro
from projects import services
from projects.forms import PaymentForm
from projects.models import PaymentRequest, Project

PAGE = 25


@require_http_methods(["GET", "POST"])
def payment_new(request: HttpRequest, number: str) -> HttpResponse:
    """Begin a payment request; for those who may ask for money."""
    projects = Project.objects.visible_to(request.user).select_related("award")
    project = get_object_or_404(projects.prefetch_related("award__tranches"), number=number)
    if not holds(request.user, "request_payment", project):
        raise Http404
    form = PaymentForm(request.POST or None, project=project)
    refused: list[Reason] = []
    if form.is_valid():
        token = form.cleaned_data["token"]
        try:
            return redirect(
                services.start_payment_request(project, form.values(), by=request.user, token=token)
            )
        except door.Refused as error:
            refused = error.reasons
    return _edit_page(
        request, form, refused, {"project": project, "back": project, "label": "Zahlung anfordern"}
    )


@require_http_methods(["GET", "POST"])
def payment_edit(request: HttpRequest, number: str, count: int) -> HttpResponse:
    """Change a draft, or the answer to a query; for those who may ask for money."""
    payments = PaymentRequest.objects.visible_to(request.user).select_related("project__award")
    found = get_object_or_404(
        payments.prefetch_related("project__award__tranches"), project__number=number, count=count
    )
    if not holds(request.user, "request_payment", found.project):
        raise Http404
    form = PaymentForm(request.POST or None, project=found.project, request=found)
    refused: list[Reason] = []
    if form.is_valid():
        try:
            return redirect(services.save_payment_request(found, form.values(), by=request.user))
        except door.Refused as error:
            refused = error.reasons
    context = {
        "project": found.project,
        "back": found,
        "label": f"Zahlungsanforderung {found.count} bearbeiten",
    }
    return _edit_page(request, form, refused, context)


def _edit_page(
    request: HttpRequest, form: PaymentForm, refused: list[Reason], context: dict[str, object]
) -> HttpResponse:
    """Draw the form of a payment request."""
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "projects/edit.html", {**context, "form": form, "refused": refused}, status=status)


@require_GET
def payment(request: HttpRequest, number: str, count: int) -> HttpResponse:
    """Show a payment request with its reckoning and who did what; the steps of all sides stand here."""
    people = ("requested_by", "checked_by", "ordered_by", "project__award__recipient")
    payments = PaymentRequest.objects.visible_to(request.user).select_related(*people)
    found = get_object_or_404(payments, project__number=number, count=count)
    context = {
        "record": found,
        "may_write": found.may_be_written() and "request_payment" in rights_on(request.user, found.project),
        "entries": found.all_entries(),
        "facts": [
            ("Angefordert", euro(found.amount)),
            ("Haushaltsjahr", found.fiscal_year),
            ("Zuwendungsempfängerin", found.project.award.recipient.name),
        ],
    }
    return render(request, "projects/payment.html", context)


@require_GET
def payment_list(request: HttpRequest) -> HttpResponse:
    """List payment requests: those that wait for the person first, then for others, then the ended ones."""
    seen = PaymentRequest.objects.visible_to(request.user).select_related("project__award__recipient")
    mine = seen.waiting_for(request.user).order_by("submitted_at", "pk")
    others = seen.open().exclude(pk__in=mine.values("pk")).order_by("submitted_at", "pk")
    ended = seen.exclude(pk__in=seen.open().values("pk")).order_by("-paid_on", "-pk")
    page = Paginator(ended, PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/payment_list.html", {"mine": mine, "others": others, "page": page})
