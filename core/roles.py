"""The role table: which role holds which rights on which anchor; `docs/rights.md` is made from it.

An anchor is a record that rights stand on. `access.sync(anchor)` turns memberships and this table into rows.
Rights are words; each stands in the table of its own anchor only.
"""

from typing import Any

ROLES: dict[str, dict[str, str]] = {
    "programme": {
        "office": "view create_call see_finances",
        "officer": "view create_call see_finances",
        "second_officer": "view see_finances",
        "cashier": "view see_finances",
        "auditor": "view see_finances",
    },
    "call": {
        "office": "view set_up publish prepare_decision assign_jurors see_scores report",
        "officer": "view set_up publish prepare_decision assign_jurors see_scores release_decision report",
        "second_officer": "view see_scores report",
        "auditor": "view see_scores report",
    },
    "town": {
        "coordinator": "view found answer_invitation",
        "editor": "view",
        "signatory": "view",
        "finance": "view",
    },
    "alliance": {
        "lead_coordinator": "view write lead_alliance submit receive_award",
        "lead_editor": "view write",
        "lead_signatory": "view sign",
        "lead_finance": "view write",
        "partner_coordinator": "view write",
        "partner_editor": "view write",
        "partner_signatory": "view sign",
        "partner_finance": "view write",
        "auditor": "view",
    },
    "case": {
        "office": "view check rule see_scores see_bias reopen",
        "officer": "view check rule see_scores see_bias reopen issue_award",
        "second_officer": "view see_scores see_bias",
        "auditor": "view see_scores see_bias",
        "juror_assigned": "declare",
        "juror": "declare read score",
    },
    "project": {
        "lead_coordinator": "view report_milestone request_payment write_statement",
        "lead_finance": "view report_milestone request_payment write_statement",
        "lead_editor": "view report_milestone",
        "lead_signatory": "view",
        "partner_coordinator": "view report_milestone",
        "partner_editor": "view report_milestone",
        "partner_finance": "view",
        "partner_signatory": "view",
        "office": "view note_milestone check_payment manage_project",
        "officer": "view note_milestone check_payment audit_statement manage_project",
        "second_officer": "view check_payment",
        "cashier": "view order_payment",
        "auditor": "view",
    },
}

ROLE_NAMES = {
    "office": "Geschäftsstelle",
    "officer": "Sachbearbeitung",
    "second_officer": "zweite Sachbearbeitung",
    "cashier": "Kasse",
    "auditor": "Bundesrechnungshof",
    "coordinator": "Koordination",
    "editor": "Bearbeitung",
    "signatory": "Zeichnung",
    "finance": "Finanzen",
    "juror_assigned": "Beiratsmitglied vor der Erklärung",
    "juror": "Beiratsmitglied",
}


def permissions(anchor: str) -> Any:
    """Return the `Meta.permissions` of an anchor: every right of its table, sorted."""
    words = sorted({right for rights in ROLES[anchor].values() for right in rights.split()})
    return [(word, word) for word in words]


def rights_of_role(anchor: str, role: str) -> frozenset[str]:
    """Return the rights of one role on one anchor; KeyError for a role that the table does not know."""
    return frozenset(ROLES[anchor][role].split())
