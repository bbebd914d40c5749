"""Factories: records in a state that was reached by performing the steps."""
