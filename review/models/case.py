"""Case: one for each application and stage, on the frozen submission; findings and rulings of the formal check."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from guardian.models import UserObjectPermissionBase

from alliances.models import Application, Submission
from calls.enums import ProgrammeRole
from calls.models import Call
from core import clock
from core.models import state_constraint
from core.money import EuroField, euro
from core.roles import permissions
from core.wording import moment
from review import facts
from review.enums import AssessmentState, CaseState, Outcome
from review.querysets import CaseQuerySet
from review.workflow import CaseWorkflow

READERS = [
    AssessmentState.ACCEPTED,
    AssessmentState.DRAFTED,
    AssessmentState.SUBMITTED,
    AssessmentState.REOPENED,
]


class Case(CaseWorkflow):
    """Vorgang: works on a snapshot of the submission; anchor of office, authority and jurors."""

    number = models.CharField("Nummer", max_length=14, unique=True)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="cases")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="cases")
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="case")
    title = models.CharField("Titel", max_length=200)
    requested_grant = EuroField("beantragte Zuwendung")
    snapshot = models.JSONField("eingereichte Fassung", encoder=DjangoJSONEncoder)
    received_at = models.DateTimeField("eingegangen", default=clock.now)

    preselected = ""  # the code of the finding that a link to the ruling names

    locks = ("call", "application")
    holds_documents = True
    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Vorgang"
        verbose_name_plural = "Vorgänge"
        ordering = ["number"]
        default_permissions = ()
        permissions = permissions("case")
        constraints = [state_constraint(CaseState, "case_state_known")]

    def __str__(self) -> str:
        return f"Vorgang {self.number}"

    def heading(self) -> str:
        """Return number and title."""
        return f"Vorgang {self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        """Return the page of the case (G6)."""
        return reverse("case", args=[self.number])

    def check_url(self) -> str:
        """Return the page of the formal check."""
        return reverse("case-check", args=[self.number])

    def jury_url(self) -> str:
        """Return the page where jurors are assigned."""
        return reverse("jury", args=[self.call.number])

    def header_facts(self) -> list[tuple[str, Any]]:
        """Return the facts of the record header: who is next, what it is about."""
        return [
            ("Jetzt dran", self.next_in_turn()),
            ("Beantragt", euro(self.requested_grant)),
            ("Kommunen", self.towns_text()),
            ("Eingegangen", moment(self.received_at)),
            ("Projektaufruf", self.call.number),
        ]

    def next_in_turn(self) -> str:
        """Return who acts next on the case."""
        if self.state == CaseState.IN_JURY:
            return "Beirat"
        if self.state in (CaseState.RECEIVED, CaseState.IN_CHECK, CaseState.ELIGIBLE):
            return str(self.call.programme.prepares)
        if self.state in (CaseState.AWARDED, CaseState.REJECTED):
            return "niemand: Der Vorgang ist entschieden"
        return str(self.call.programme.decides)

    def towns_text(self) -> str:
        """Return the names of the towns in one line, the lead first."""
        return facts.town_names(self.snapshot)

    def findings_text(self) -> str:
        """Return how the findings stand after all rulings: "4 erfüllt, 1 Einzelfall" (prefetch `findings__ruling`)."""
        counts = Counter(finding.final_outcome() for finding in self.findings.all())
        words = {Outcome.MET: "erfüllt", Outcome.NOT_MET: "nicht erfüllt", Outcome.CASE_BY_CASE: "Einzelfall"}
        return ", ".join(f"{counts[outcome]} {word}" for outcome, word in words.items() if counts[outcome])

    def towns(self) -> list[dict[str, Any]]:
        """Return the towns of the frozen submission, the lead first."""
        return list(self.snapshot["towns"])

    def findings_to_rule(self) -> list["Finding"]:
        """Return the case-by-case findings that no person has decided yet."""
        return [f for f in self.ruled_findings() if f.final_outcome() == Outcome.CASE_BY_CASE]

    def findings_to_decide(self) -> list["Finding"]:
        """Return the findings that a person may still decide: case by case first, then unmet ones (an exception)."""
        unruled = [
            f for f in self.ruled_findings() if f.ruling_or_none() is None and f.outcome != Outcome.MET
        ]
        return sorted(unruled, key=lambda finding: finding.outcome != Outcome.CASE_BY_CASE)

    def findings_not_met(self) -> list["Finding"]:
        """Return the findings that stand against the case after all rulings."""
        return [f for f in self.ruled_findings() if f.final_outcome() == Outcome.NOT_MET]

    def ruled_findings(self) -> list["Finding"]:
        """Return the findings with their rulings, in one query."""
        return list(self.findings.select_related("ruling", "ruling__by"))

    def people(self) -> Iterator[tuple[Any, str]]:
        """Yield (person, role): the programme's people, and the jurors by what they declared."""
        for user, role in self.call.programme.people():
            if role != ProgrammeRole.CASHIER:
                yield user, role
        if self.state in (
            CaseState.RECEIVED,
            CaseState.IN_CHECK,
            CaseState.ELIGIBLE,
            CaseState.INELIGIBLE_PROPOSED,
        ):
            return
        for assessment in self._assessment_rows():
            if assessment.state == AssessmentState.ASSIGNED:
                yield assessment.member.user, "juror_assigned"
            elif assessment.state in READERS:
                yield assessment.member.user, "juror"

    def _assessment_rows(self) -> models.QuerySet[Any]:
        """Return the assessments with their people, read afresh: rights are made from what is stored."""
        model: Any = self._meta.get_field("assessments").related_model
        rows: models.QuerySet[Any] = model._default_manager.filter(case=self).select_related("member__user")
        return rows


class Finding(models.Model):
    """What a criterion found, frozen together with the facts judged."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField("Voraussetzung", max_length=40)
    title = models.CharField("Bezeichnung", max_length=200)
    source = models.CharField("Quelle", max_length=300)
    outcome = models.CharField("Ergebnis", max_length=20, choices=Outcome.choices)
    reason = models.TextField("Grund")
    facts = models.JSONField("beurteilte Angaben", default=dict, encoder=DjangoJSONEncoder)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "Prüfergebnis"
        verbose_name_plural = "Prüfergebnisse"
        ordering = ["case", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="one_finding_per_criterion"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="finding_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_outcome_display()}"

    def ruling_or_none(self) -> "Ruling | None":
        """Return the ruling of a person, if there is one."""
        return getattr(self, "ruling", None)

    def final_outcome(self) -> str:
        """Return the outcome after the ruling."""
        ruling = self.ruling_or_none()
        if ruling is None:
            return self.outcome
        return Outcome.MET if ruling.fulfilled else Outcome.NOT_MET

    def final_word(self) -> str:
        """Return the outcome after the ruling in words."""
        return str(Outcome(self.final_outcome()).label)

    def final_reason(self) -> str:
        """Return the reason of the ruling, or of the rule."""
        ruling = self.ruling_or_none()
        return ruling.reason if ruling else self.reason


class Ruling(models.Model):
    """A person's decision on a finding, with the reason; never changed."""

    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="ruling")
    fulfilled = models.BooleanField("gilt als erfüllt")
    reason = models.TextField("Begründung", max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("entschieden")

    class Meta:
        verbose_name = "Entscheidung im Einzelfall"
        verbose_name_plural = "Entscheidungen im Einzelfall"

    def __str__(self) -> str:
        return f"{self.finding.title}: {'erfüllt' if self.fulfilled else 'nicht erfüllt'}"


class CaseUserObjectPermission(UserObjectPermissionBase):
    """The rows of rights on cases."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
