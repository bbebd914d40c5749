"""The page of effects: what follows each step, beside that step. The door runs them in the step's transaction.

Nothing else causes anything: there are no signals. A system check resolves every name.
"""

EFFECTS: dict[str, list[str]] = {
    "alliances.Partner.accept": ["alliances.services.sync_alliance", "alliances.mails.invitation_accepted"],
    "alliances.Partner.decline": ["alliances.mails.invitation_declined"],
    "alliances.Partner.leave": ["alliances.services.part_with_town", "alliances.mails.town_left"],
    "alliances.Application.sign": ["alliances.services.record_signature"],
    "alliances.Application.submit": ["alliances.services.freeze_submission", "alliances.mails.receipt"],
    "calls.Call.close": ["review.services.open_cases"],
    "review.Case.start_check": ["review.services.freeze_findings"],
    "review.Case.rule": ["review.services.record_ruling"],
    "review.Case.send_to_jury": ["review.services.ask_jurors"],
    "review.Assessment.accept": ["review.services.follow_assessment"],
    "review.Assessment.decline": ["review.services.record_bias"],
    "review.Assessment.draft": ["review.services.record_score"],
    "review.Assessment.submit": ["review.services.follow_assessment"],
    "review.Assessment.reopen": ["review.services.follow_assessment"],
    "review.Assessment.set_aside": ["review.services.follow_assessment"],
    "review.DecisionRound.release": ["review.services.decide_cases", "projects.services.draft_awards"],
    "projects.Award.issue": [
        "projects.services.write_letter",
        "projects.services.found_project",
        "projects.mails.award_issued",
    ],
    "projects.Award.waive_remedy": ["projects.services.become_final"],
    "projects.Award.become_final": ["projects.services.become_final"],
    "projects.Milestone.report": ["projects.services.keep_evidence"],
    "projects.PaymentRequest.submit": ["projects.mails.payment_submitted"],
    "projects.PaymentRequest.query": ["projects.mails.payment_queried"],
    "projects.PaymentRequest.confirm": ["projects.mails.payment_checked"],
    "projects.PaymentRequest.order": ["projects.mails.payment_ordered"],
    "projects.PaymentRequest.pay": ["projects.services.book_payment", "projects.mails.payment_paid"],
    "projects.PaymentRequest.reject": ["projects.mails.payment_rejected"],
    "projects.Statement.submit": [
        "projects.services.begin_final_audit",
        "projects.mails.statement_submitted",
    ],
    "projects.Statement.give_back": ["projects.services.return_to_town", "projects.mails.statement_returned"],
    "projects.Statement.cut": ["projects.services.record_cuts"],
    "projects.Statement.close_without_objection": [
        "projects.services.close_project",
        "projects.mails.statement_closed",
    ],
    "projects.Statement.close_with_cuts": [
        "projects.services.close_project",
        "projects.mails.statement_closed",
    ],
}

# Anchors of later stages that draw on the members of an anchor: their rights follow when its members change.
DEPENDANTS: dict[str, list[str]] = {
    "towns.Town": ["alliances.querysets.alliances_of_town", "projects.services.projects_of_town"],
    "calls.Programme": [
        "calls.querysets.calls_of",
        "alliances.querysets.alliances_of_programme",
        "review.services.cases_of",
        "projects.services.projects_of_programme",
    ],
    "alliances.Alliance": ["projects.services.projects_of_alliance"],
}

# Steps of the daily job: each performs what is due by date and returns how many.
DAILY: list[str] = [
    "calls.services.close_due_calls",
    "alliances.services.expire_invitations",
    "alliances.services.expire_drafts",
    "projects.services.finalise_awards",
    "projects.services.end_projects",
]

# The areas of the product: who sees which main navigation.
AREAS: dict[str, str] = {
    "town": "towns.querysets.acts_for_a_town",
    "office": "calls.querysets.works_in_office",
    "cashier": "calls.querysets.works_at_cash_desk",
    "auditor": "calls.querysets.is_auditor",
    "board": "review.querysets.is_juror",
}
