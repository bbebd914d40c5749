"""Pages of this stage, one subject each module."""
