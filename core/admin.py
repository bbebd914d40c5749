"""Django's admin is for technicians: read-only for records with a machine, events, documents and rights."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.models import Document, Event, Job, Mail, User


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows, never changes."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here."""
        return False


admin.site.register([Document, Event, Job, Mail, User], ReadOnlyAdmin)
