"""What the steps of this stage cause, and what people write into its records; one subject each module."""

from projects.services.awards import become_final, draft_awards, finalise_awards, found_project, write_letter
from projects.services.payments import (
    book_payment,
    correct_entry,
    save_payment_request,
    start_payment_request,
)
from projects.services.projects import (
    end_projects,
    keep_evidence,
    projects_of_alliance,
    projects_of_programme,
    projects_of_town,
)
from projects.services.statements import (
    begin_final_audit,
    close_project,
    record_cuts,
    return_to_town,
    save_statement,
    start_statement,
)

__all__ = [
    "become_final",
    "begin_final_audit",
    "book_payment",
    "close_project",
    "correct_entry",
    "draft_awards",
    "end_projects",
    "finalise_awards",
    "found_project",
    "keep_evidence",
    "projects_of_alliance",
    "projects_of_programme",
    "projects_of_town",
    "record_cuts",
    "return_to_town",
    "save_payment_request",
    "save_statement",
    "start_payment_request",
    "start_statement",
    "write_letter",
]
