"""The documentation of the law, written from the data and the code: docs/law is never edited by hand."""
