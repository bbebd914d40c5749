"""Alliances, partner towns, applications, financing plans, signatures, submissions."""
