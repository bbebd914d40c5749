"""Reports: rows read from the records (`call_report`), then written as Excel (`xlsx`) and PDF (`pdf`)."""
