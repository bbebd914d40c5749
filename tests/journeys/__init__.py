"""Journeys: the whole road in a real browser, by clicks and typing only."""
