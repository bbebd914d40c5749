"""What every page that saves does: show the form, save, or keep what was typed and say why not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from core import clock, door
from core.wording import clock_time


def show_or_save(
    request: HttpRequest,
    template: str,
    form: Any,
    save: Callable[[], Any],
    next_page: Callable[[Any], str],
    context: dict[str, Any],
    said: str = "",
) -> HttpResponse:
    """Show a page with a form (200), save it and go on (302), or show it again (422 form, 409 refused).

    `save` is called with a valid form only; what it returns tells `next_page` where to go.
    """
    refused: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            target = next_page(save())
            messages.success(request, said or f"Gespeichert um {clock_time(clock.now())}.")
            return HttpResponseRedirect(target)
        except door.Refused as error:
            refused = error.reasons
        except ValidationError as error:
            form.add_error(None, error)
    status = 409 if refused else 422 if form.is_bound and form.errors else 200
    return render(request, template, {**context, "form": form, "refused": refused}, status=status)
