"""`manage.py create_office`: the first person of an installation, who lets in all the others."""

from argparse import ArgumentParser
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from calls.enums import ProgrammeRole
from calls.models import Programme, ProgrammeMember
from core import access
from core.models import User


class Command(BaseCommand):
    """Make a person a member of a programme's office and print a link to choose a password, which works once."""

    help = "Legt die erste Person der Geschäftsstelle an."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and in which programme; a programme that is not there yet is made from all four of its options."""
        parser.add_argument("--email", required=True)
        parser.add_argument(
            "--name", required=True, help="wie Briefe und Seiten die Person nennen: „Frau Muster“"
        )
        parser.add_argument(
            "--programme", help="Name des Förderprogramms; darf fehlen, wenn es nur eines gibt"
        )
        parser.add_argument("--prepares", help="wer das Programm vorbereitet")
        parser.add_argument("--decides", help="Bewilligungsbehörde")
        parser.add_argument("--legal-basis", help="Rechtsgrundlage")

    @transaction.atomic
    def handle(self, *, email: str, name: str, **options: Any) -> None:
        """Write all or nothing; may be called again for a new link."""
        programme = self._programme(options)
        try:
            user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(
                email, name=name
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        ProgrammeMember.objects.get_or_create(programme=programme, user=user, role=ProgrammeRole.OFFICE)
        access.sync_with_dependants(programme)
        self.stdout.write(f"{user.name} ({user.email}) gehört zur Geschäftsstelle von „{programme}“.")
        self.stdout.write(f"Passwort wählen (der Link gilt einmal): {password_link(user)}")

    def _programme(self, options: dict[str, Any]) -> Programme:
        """Return the named programme, or the only one, or a new one."""
        name = options["programme"]
        found = list(Programme.objects.filter(name=name) if name else Programme.objects.all()[:2])
        if len(found) == 1:
            return found[0]
        fields = {key: options[key] for key in ("prepares", "decides", "legal_basis")}
        if not name or not all(fields.values()):
            raise CommandError(
                "Nennen Sie das Förderprogramm mit --programme; "
                "für ein neues auch --prepares, --decides und --legal-basis."
            )
        return Programme.objects.create(name=name, **fields)


def password_link(user: User) -> str:
    """Return an address at which a person chooses a password, once."""
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return settings.BASE_URL.rstrip("/") + path
