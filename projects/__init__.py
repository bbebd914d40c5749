"""Award, project, milestones, payments, ledger, statements."""
