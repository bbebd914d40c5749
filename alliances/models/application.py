"""Application, its parts, signatures and frozen submissions."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from alliances import facts
from alliances.enums import ApplicationState, Stage
from alliances.models.alliance import Alliance
from alliances.querysets import ApplicationQuerySet, SubmissionQuerySet
from alliances.workflow import ApplicationWorkflow
from calls.models import Call, Question
from core import clock, door
from core.models import Record, state_constraint
from core.money import EuroField
from towns.enums import TownRole
from towns.models import Town, TownMember


class Application(ApplicationWorkflow):
    """Antrag of an alliance to a call."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="applications")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    number = models.CharField("Nummer", max_length=12, unique=True)
    stage = models.CharField("Stufe", max_length=10, choices=Stage.choices, default=Stage.FULL)
    title = models.CharField("Titel des Vorhabens", max_length=200)
    summary = models.TextField("Kurzbeschreibung", max_length=2000, blank=True)
    start = models.DateField("Beginn", null=True, blank=True)
    end = models.DateField("Ende", null=True, blank=True)
    requested_grant = EuroField("beantragte Zuwendung", null=True, blank=True)
    submitted_at = models.DateTimeField("eingereicht am", null=True, editable=False)

    locks = ("call", "alliance")
    holds_documents = True
    _kept: dict[str, Any] | None = None
    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Antrag"
        verbose_name_plural = "Anträge"
        ordering = ["-pk"]
        constraints = [
            state_constraint(ApplicationState, "application_state_known"),
            models.UniqueConstraint(
                fields=["alliance", "call", "stage"],
                condition=~Q(state__in=["withdrawn", "expired"]),
                name="one_living_application_per_alliance_and_call",
                violation_error_message="Ihr Verbund hat zu diesem Aufruf schon einen Antrag.",
            ),
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gte=F("start")),
                name="application_ends_after_start",
                violation_error_message="Das Ende liegt vor dem Beginn. Geben Sie ein Ende ab dem Beginn ein.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "accepted_for_review"]) | Q(submitted_at__isnull=False),
                name="submitted_application_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Antrag {self.number}"

    def heading(self) -> str:
        """Return number and title."""
        return f"Antrag {self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        """Return the task list of the application (K12)."""
        return reverse("application", args=[self.number])

    def is_submitted(self) -> bool:
        """Say whether it lies with the authority."""
        return self.state in (ApplicationState.SUBMITTED, ApplicationState.ACCEPTED_FOR_REVIEW)

    def can_be_taken_back(self, user: Any) -> bool:
        """Say whether a person can take it back now."""
        return any(offer.name == "take_back" and offer.possible for offer in door.offers(self, user))

    def receipt_url(self) -> str:
        """Return the page of the last submission."""
        last = self.submissions.order_by("-count").first()
        return last.get_absolute_url() if last else self.get_absolute_url()

    def gaps(self) -> list[str]:
        """Return a sentence for each mandatory part that is still empty."""
        found: list[str] = self._once("gaps", lambda: facts.gaps(self))
        return found

    def content(self) -> dict[str, Any]:
        """Return the whole content as plain values: what is signed, frozen and judged."""
        found: dict[str, Any] = self._once("content", lambda: facts.content(self))
        return found

    def only_read(self) -> "Application":
        """Return this record for pages that only read it: content, gaps and signatures are asked for once."""
        self._kept = {}
        return self

    def _once(self, name: str, ask: Callable[[], Any]) -> Any:
        """Return what `ask` finds; kept for the next time only where the record is only read."""
        if self._kept is None:
            return ask()
        if name not in self._kept:
            self._kept[name] = ask()
        return self._kept[name]

    def unsigned_towns(self) -> list[tuple[Town, list[str]]]:
        """Return each town that has not signed the present content, with the names of those who can."""
        found: list[tuple[Town, list[str]]] = self._once("unsigned", self._unsigned_towns)
        return found

    def _unsigned_towns(self) -> list[tuple[Town, list[str]]]:
        """Find the towns without a signature under the present content."""
        present = facts.content_hash(self.content())
        signed = set(self.signatures.filter(content_hash=present).values_list("town_id", flat=True))
        towns = [
            p.town
            for p in self.alliance.partners.accepted().select_related("town")
            if p.town_id not in signed
        ]
        members = TownMember.objects.filter(
            town__in=towns, role=TownRole.SIGNATORY, until=None
        ).select_related("user")
        names: dict[int, list[str]] = {}
        for member in members:
            names.setdefault(member.town_id, []).append(member.user.name)
        return [(town, names.get(town.pk, [])) for town in towns]

    def towns_to_sign(self, user: Any) -> list[Town]:
        """Return the towns for which a person can sign now."""
        own = set(Town.objects.acting(user, TownRole.SIGNATORY).values_list("pk", flat=True))
        return [town for town, _ in self.unsigned_towns() if town.pk in own]


class Answer(models.Model):
    """The answer of an application to one question of the call."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("Antwort", blank=True)

    class Meta:
        verbose_name = "Antwort"
        verbose_name_plural = "Antworten"
        ordering = ["question__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="one_answer_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.question}"


class PlannedMilestone(models.Model):
    """A milestone of the work plan: what is reached until when, by which town, proved by what."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="milestones")
    code = models.CharField("Kennung", max_length=8)
    title = models.CharField("Meilenstein", max_length=200)
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, related_name="+", verbose_name="zuständige Kommune"
    )
    due = models.DateField("bis")
    evidence = models.CharField("Nachweis", max_length=300)

    class Meta:
        verbose_name = "geplanter Meilenstein"
        verbose_name_plural = "Arbeitsplan"
        ordering = ["application", "due", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "code"], name="one_milestone_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Signature(models.Model):
    """A town's signature under the content with this hash; a changed content is unsigned again."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="signatures")
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("gezeichnet")
    content_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "Zeichnung"
        verbose_name_plural = "Zeichnungen"
        ordering = ["application", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "town", "content_hash"], name="one_signature_per_content"
            )
        ]

    def __str__(self) -> str:
        return f"{self.town}, {self.by}"


class Submission(Record):
    """A frozen submission: number, time of arrival, content and its hash. It never changes; the last one counts."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="submissions")
    count = models.PositiveSmallIntegerField("Einreichung")
    at = models.DateTimeField("Eingang")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField("Inhalt", encoder=DjangoJSONEncoder)
    sha256 = models.CharField("Prüfsumme", max_length=64)
    explanation = models.TextField("Erklärung zu offenen Voraussetzungen", blank=True)

    holds_documents = True
    objects: ClassVar[SubmissionQuerySet] = SubmissionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Einreichung"
        verbose_name_plural = "Einreichungen"
        ordering = ["application", "-count"]
        constraints = [models.UniqueConstraint(fields=["application", "count"], name="one_submission_number")]

    def __str__(self) -> str:
        return f"{self.application}, Einreichung {self.count}"

    def get_absolute_url(self) -> str:
        """Return the receipt (K19)."""
        return reverse("submission", args=[self.application.number, self.count])

    def reference(self) -> str:
        """Return the number of the application."""
        return self.application.number

    def berlin_time(self) -> str:
        """Return the arrival to the second."""
        return f"{self.at.astimezone(clock.BERLIN):%d.%m.%Y, %H:%M:%S} Uhr (Berlin)"
