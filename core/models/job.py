"""Long work: the row is the truth, the broker only wakes a worker."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from core import clock


class JobStatus(models.TextChoices):
    """What a job is doing."""

    QUEUED = "queued", "Wartet"
    RUNNING = "running", "Läuft"
    DONE = "done", "Fertig"
    FAILED = "failed", "Abgebrochen"


class JobQuerySet(models.QuerySet["Job"]):
    """Vocabulary of jobs."""

    def visible_to(self, user: Any) -> "JobQuerySet":
        """Return the jobs that this person started."""
        return self.filter(by=user) if user is not None and user.is_authenticated else self.none()

    def lost(self) -> "JobQuerySet":
        """Return running jobs whose lease ran out, and queued ones that nobody took in time."""
        return self.filter(status__in=[JobStatus.QUEUED, JobStatus.RUNNING], lease_until__lt=clock.real_now())


class Job(models.Model):
    """A piece of long work with progress; `attempt` fences: only the newest attempt may write."""

    MOST_ATTEMPTS = 5
    holds_documents = True

    work = models.CharField("Arbeit", max_length=120, help_text="Name der Funktion in der Liste der Arbeiten")
    title = models.CharField("Bezeichnung", max_length=200)
    arguments = models.JSONField("Angaben", default=dict)
    status = models.CharField("Stand", max_length=10, choices=JobStatus.choices, default=JobStatus.QUEUED)
    done = models.IntegerField("erledigt", default=0)
    total = models.IntegerField("von", default=0)
    unit = models.CharField("Einheit", max_length=40, default="Zeilen")
    attempt = models.IntegerField("Versuch", default=0)
    lease_until = models.DateTimeField("gehalten bis")
    result = models.JSONField("Ergebnis", default=dict)
    error = models.TextField("Fehler", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="durch"
    )
    created_at = models.DateTimeField("angefordert", default=clock.now)
    finished_at = models.DateTimeField("beendet", null=True)

    objects: ClassVar[JobQuerySet] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Hintergrundlauf"
        verbose_name_plural = "Hintergrundläufe"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=JobStatus.values), name="job_status_known"),
            models.CheckConstraint(
                condition=models.Q(done__gte=0, total__gte=0), name="job_progress_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page with the progress bar."""
        return reverse("job", args=[self.pk])

    @property
    def finished(self) -> bool:
        """Say whether the job came to an end, good or bad."""
        return self.status in (JobStatus.DONE, JobStatus.FAILED)
