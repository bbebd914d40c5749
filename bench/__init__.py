"""Measurements as ratios in one run: what a page costs compared with an empty view of this product."""
