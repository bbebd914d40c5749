"""The outbox: a mail is a row with a fixed Message-ID, sent by a job."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from core import clock


class MailQuerySet(models.QuerySet["Mail"]):
    """Vocabulary of the outbox."""

    def waiting(self) -> "MailQuerySet":
        """Return mails that may be tried now: neither sent nor kept back nor in a sender's hands."""
        waiting = self.filter(sent_at=None, kept_back_at=None, attempts__lt=Mail.MOST_ATTEMPTS)
        return waiting.filter(next_try_at__lte=clock.real_now())


class Mail(models.Model):
    """One mail to one person. Mails of demo people are kept back: they never leave the machine."""

    MOST_ATTEMPTS = 8

    message_id = models.CharField(max_length=120, unique=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="an"
    )
    subject = models.CharField("Betreff", max_length=120)
    body = models.TextField("Text")
    created_at = models.DateTimeField("erzeugt", default=clock.now)
    sent_at = models.DateTimeField("versandt", null=True)
    kept_back_at = models.DateTimeField("nicht versandt (Beispieldaten)", null=True)
    attempts = models.IntegerField("Versuche", default=0)
    next_try_at = models.DateTimeField("nächster Versuch", default=clock.real_now)
    error = models.TextField("letzter Fehler", blank=True)
    attachment = models.ForeignKey("core.Document", on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[MailQuerySet] = MailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "E-Mail"
        verbose_name_plural = "Postausgang"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.subject} an {self.to}"
