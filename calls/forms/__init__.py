"""Forms of the calls stage."""

from calls.forms.fields import COPY, CallCreateForm
from calls.forms.rows import RowsErrors, rows_for
from calls.forms.sections import SECTIONS, Section, task_groups, write_section

__all__ = [
    "COPY",
    "SECTIONS",
    "CallCreateForm",
    "RowsErrors",
    "Section",
    "rows_for",
    "task_groups",
    "write_section",
]
