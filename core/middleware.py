"""What happens to each request before a view sees it."""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.urls import Resolver404, resolve
from django.utils import translation

from core import clock

Handler = Callable[[HttpRequest], HttpResponse]
DRAIN_AT_MOST = 512 * 1024 * 1024


def arrival(get_response: Handler) -> Handler:
    """Take the time of the request once, when it arrives: deadlines are judged by it."""

    def handle(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404  # no number or name of ours holds a NUL, and PostgreSQL refuses to look for one
        with clock.hold():
            return get_response(request)

    return handle


def drain_refused_uploads(get_response: Handler) -> Handler:
    """Read the rest of an upload that is too large, so that the browser gets our sentence and not a broken line."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if request.method == "POST" and settings.DOCUMENT_MAX_BYTES < length <= DRAIN_AT_MOST:
            with suppress(UnreadablePostError):
                while request.read(1024 * 1024):
                    pass
        return response

    return handle


def chosen_language(get_response: Handler) -> Handler:
    """Show German unless the person chose another language: the browser's wish alone would mix two languages."""

    def handle(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        with translation.override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            return get_response(request)

    return handle


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Name a view as one of the pages that need no sign-in."""
    view.public = True  # type: ignore[attr-defined]
    return view


def require_sign_in(get_response: Handler) -> Handler:
    """Ask for a sign-in on every page but the named public ones."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated or is_public(request.path_info):
            return get_response(request)
        return redirect_to_login(request.get_full_path())

    return handle


def is_public(path: str) -> bool:
    """Say whether the page at a path needs no sign-in; an unknown path is public (it is a 404 for everyone)."""
    try:
        match = resolve(path)
    except Resolver404:
        return True
    if getattr(match.func, "public", False):
        return True
    return match.func.__module__.startswith("allauth.account") and match.url_name in PUBLIC_ACCOUNT_PAGES


PUBLIC_ACCOUNT_PAGES = {
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
