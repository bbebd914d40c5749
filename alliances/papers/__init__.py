"""The PDF files of an application, made from plain values (no database): receipt and submitted version."""
