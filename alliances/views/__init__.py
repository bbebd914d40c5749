"""Pages of alliances and applications."""
