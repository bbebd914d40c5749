"""How people sign in: django-allauth with our rules; demo people only where the demo is on."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody registers by himself yet; demo people are refused under production settings."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the office and by invitations."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Refuse demo people in production."""
        if user.is_demo and settings.PRODUCTION:
            messages.error(request, "Beispielkonten sind auf dieser Installation gesperrt.")
            raise ImmediateHttpResponse(redirect("account_login"))
        return super().pre_login(request, user, **kwargs)  # type: ignore[no-any-return]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send mails of the sign-in (reset link) at once, but none of the demo."""
        user = context.get("user")
        if settings.DEMO or (user is not None and user.is_demo):
            return
        message: EmailMessage = self.render_mail(template_prefix, email, context)
        message.send()
