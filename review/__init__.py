"""Case, formal check, board, bias, assessments, ranking, decision."""
