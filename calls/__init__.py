"""Programme, call and its rules, budget by fiscal year, scoring criteria, public page."""
