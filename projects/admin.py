"""Django's admin shows the records of this stage to technicians and changes nothing."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from projects.models import Award, LedgerEntry, Milestone, PaymentRequest, Project, Statement

admin.site.register([Award, LedgerEntry, Milestone, PaymentRequest, Project, Statement], ReadOnlyAdmin)
