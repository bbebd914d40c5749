"""Towns: municipalities and associations from the official register, dated figures, types, map, accounts."""
