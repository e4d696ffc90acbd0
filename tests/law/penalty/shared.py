"""The rules of services/law/procedures/shared.py broken."""

from datetime import timedelta

from services.law.procedures.penalty.acts import ACTS
from tests.law.penalty.change import Breaks, facts, put, stood
from tests.law.penalty.known import NOW, Known


def _late(f: Known) -> None:
    """Before what the act builds on, whatever that is."""
    f.known["at"] = NOW - timedelta(3650)
    for each in ACTS.values():
        for path in each.after.split():
            put(f.case, path, 1)


BREAKS: Breaks = {
    "two_officers": facts(officer_ids=("O-1", "O-1")),
    "certified": stood(certified=False),
    "not_suspended": stood(suspended=True),
    "certificate_shown": facts(certificate_shown=False),
    "not_in_future": facts(at=NOW + timedelta(microseconds=1)),
    "in_order": _late,
    "instructed": facts(awaited=("MT-1",)),
}
