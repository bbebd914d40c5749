"""Every file of the product: kept privately, belongs to one record, visible with it."""

import uuid
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse

from core import clock


def private_name(document: "Document", filename: str) -> str:
    """Return the name in the store: no part of what the person typed."""
    return f"{clock.today():%Y/%m}/{uuid.uuid4().hex}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Vocabulary of documents."""

    def of(self, record: models.Model) -> "DocumentQuerySet":
        """Return the documents of one record, oldest first."""
        kind = ContentType.objects.get_for_model(record)
        return self.filter(kind=kind, record_id=record.pk).select_related("by").order_by("pk")

    def visible_to(self, user: Any) -> "DocumentQuerySet":
        """Return the documents of all records that this person may see."""
        seen = models.Q(pk__in=[])
        holders = [model for model in apps.get_models() if getattr(model, "holds_documents", False)]
        for model, kind in ContentType.objects.get_for_models(*holders).items():
            visible = model._default_manager.visible_to(user)  # type: ignore[attr-defined]
            seen |= models.Q(kind=kind, record_id__in=visible.values("pk"))
        return self.filter(seen)


class Document(models.Model):
    """A file: where it belongs, what it is, its size in bytes and its SHA-256. The content never changes."""

    kind = models.ForeignKey(ContentType, on_delete=models.PROTECT, verbose_name="gehört zu (Art)")
    record_id = models.BigIntegerField("gehört zu (Nummer)")
    purpose = models.CharField("Zweck", max_length=60, help_text="wofür die Unterlage gebraucht wird")
    title = models.CharField("Bezeichnung", max_length=200)
    name = models.CharField("Dateiname", max_length=150)
    content_type = models.CharField("Format", max_length=100)
    size = models.BigIntegerField("Größe in Byte")
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.FileField("Datei", upload_to=private_name, max_length=200)
    facts = models.JSONField("Fakten", default=dict, help_text="woraus ein Schreiben erzeugt wurde")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="durch"
    )
    at = models.DateTimeField("seit", default=clock.now)

    objects: ClassVar[DocumentQuerySet] = DocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Unterlage"
        verbose_name_plural = "Unterlagen"
        indexes = [models.Index(fields=["kind", "record_id"], name="document_of_record")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the download."""
        return reverse("document", args=[self.pk, self.name])
