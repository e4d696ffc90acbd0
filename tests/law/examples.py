"""The dated examples of examples.csv, counted by tests/law/counting.py and not by the kernel."""

import csv
from datetime import date
from pathlib import Path

from services.law.clock import Extension

with (Path(__file__).parent / "examples.csv").open(encoding="utf-8") as table:
    EXAMPLES = list(csv.DictReader(table))


def extension_of(text: str) -> Extension:
    """An extension written as AMOUNT-UNIT@APPROVED."""
    added, approved = text.split("@")
    amount, unit = added.split("-")
    return Extension(int(amount), unit, date.fromisoformat(approved))
