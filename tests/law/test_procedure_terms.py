"""The limits that the tables reckon with, at the last lawful and the first unlawful moment."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.law.procedures import procedures
from tests.law.lawful import NOW, TWO, ago, built
from tests.law.lawful_cases import LAWFUL

TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
MIDNIGHT = ago(10 / 24)  # at which the day of NOW begins in Shanghai
# A demand whose term ends, an urgent seizure, a notice, a ruling, a suspension: what is otherwise, and whether the act is lawful.
LIMITS = [
    ("enforcement", "DECIDE", "DEMANDED", {"demand.term_end_time": NOW - TICK}, None),
    ("enforcement", "DECIDE", "DEMANDED", {"demand.term_end_time": NOW}, "DEMAND_TERM_OPEN"),
    ("enforcement", "DECIDE", "DEMANDED", {"surcharge_days": 31}, None),
    ("enforcement", "DECIDE", "DEMANDED", {"surcharge_days": 30}, "SURCHARGE_TOO_SHORT"),
    ("enforcement", "DECIDE", "DEMANDED", {"demand.serve_time": None}, "DEMAND_INCOMPLETE DEMAND_TERM_OPEN"),
    ("enforcement", "CHARGE_SURCHARGE", "UNPERFORMED", {"surcharge_fen": 100_000}, None),
    ("enforcement", "CHARGE_SURCHARGE", "UNPERFORMED", {"surcharge_fen": 100_001}, "SURCHARGE_RULE"),
    ("enforcement", "GIVE_UP", "SUSPENDED", {"suspend_time": NOW.replace(year=2023)}, None),
    (
        "enforcement",
        "GIVE_UP",
        "SUSPENDED",
        {"suspend_time": NOW.replace(year=2023) + DAY},
        "NOT_THREE_YEARS",
    ),
    ("court_enforcement", "APPLY", "DEMANDED", {"application_not_before": NOW}, None),
    ("court_enforcement", "APPLY", "DEMANDED", {"application_not_before": NOW + TICK}, "WAITING_TIME"),
    ("court_enforcement", "APPLY", "DEMANDED", {"application_end": NOW}, None),
    ("court_enforcement", "APPLY", "DEMANDED", {"application_end": NOW - TICK}, "APPLICATION_LATE"),
    ("court_enforcement", "APPLY", "DEMANDED", {"remedy_end": NOW}, "REMEDY_OPEN"),
    ("court_enforcement", "CHALLENGE", "REFUSED", {"ruling_receive_time": ago(15.4)}, None),
    ("court_enforcement", "CHALLENGE", "REFUSED", {"ruling_receive_time": ago(16)}, "CHALLENGE_LATE"),
    ("measure", "APPROVE_AFTERWARDS", "URGENT", {"execute_time": ago(1)}, None),
    ("measure", "APPROVE_AFTERWARDS", "URGENT", {"execute_time": ago(1) - TICK}, "REPORTED_LATE"),
    ("measure", "SEAL", "APPROVED", {"execute_time": MIDNIGHT, "list_deliver_time": MIDNIGHT}, None),
    (
        "measure",
        "SEAL",
        "APPROVED",
        {"execute_time": MIDNIGHT - TICK, "rights_tell_time": MIDNIGHT - TICK, "hear_time": MIDNIGHT - TICK},
        "PAPERS_NOT_DELIVERED",
    ),
    ("measure", "EXTEND", "EXECUTED", {"term_end": NOW}, None),
    ("measure", "EXTEND", "EXECUTED", {"term_end": NOW - TICK}, "EXTENSION_LATE"),
    ("measure", "SEAL", "APPROVED", {"officers": TWO[:1]}, "TOO_FEW_OFFICERS"),
    ("measure", "SEAL", "APPROVED", {"officers": (TWO[0], TWO[0])}, "TOO_FEW_OFFICERS"),
    ("measure", "FREEZE", "APPROVED", {"frozen_fen": 500_001}, "COERCIVE_SCOPE"),
    ("serving", "DEEM_SERVED", "NOTICED", {"notice_publish_time": ago(31)}, None),
    ("serving", "DEEM_SERVED", "NOTICED", {"notice_publish_time": ago(30)}, "TERM_RUNS"),
    ("reconsideration", "TERMINATE", "SUSPENDED", {"suspend_time": ago(59)}, "NOT_SIXTY_DAYS"),
    ("reconsideration", "ACCEPT_SIMPLIFIED", "RECEIVED", {"sum_fen": 300_001}, "NOT_SIMPLE"),
    ("compensation", "ASK_SUPPLEMENT", "RECEIVED", {"ask_end": NOW}, None),
    ("compensation", "ASK_SUPPLEMENT", "RECEIVED", {"ask_end": NOW - TICK}, "ASKED_LATE"),
    ("compensation", "AWARD", "EXAMINING", {"claim_end": ago(50)}, None),
    ("compensation", "AWARD", "EXAMINING", {"claim_end": ago(50) - TICK}, "CLAIM_LATE"),
    ("compensation", "RECOVER", "PERFORMED", {"recovered_fen": 410_000}, None),
    ("compensation", "RECOVER", "PERFORMED", {"recovered_fen": 410_001}, "RECOURSE_TOO_LARGE"),
    ("litigation", "ACCEPT_SIMPLIFIED", "FILED", {"sum_fen": 200_001}, "NOT_SIMPLE"),
    ("litigation", "APPEAL", "SERVED", {"appeal_end": NOW}, None),
    ("litigation", "APPEAL", "SERVED", {"appeal_end": NOW - TICK}, "APPEAL_LATE"),
    ("advance_registration", "LAPSE", "REGISTERED", {"term_end": NOW}, "TERM_RUNS"),
    ("advance_registration", "PRESERVE", "REGISTERED", {"term_end": NOW}, None),
]


def otherwise(record: Any, path: str, value: Any) -> Any:
    first, _, rest = path.partition(".")
    return replace(record, **{first: otherwise(getattr(record, first), rest, value) if rest else value})


@pytest.mark.parametrize(("name", "act", "state", "change", "reason"), LIMITS)
def test_a_limit_holds_to_the_moment(name, act, state, change, reason):
    procedure, case = procedures()[name], LAWFUL[name].of(act)
    facts = {**case.facts, **{k: v for k, v in change.items() if k in case.facts}}
    record = case.record
    for path, value in change.items():
        if path not in facts:
            record = otherwise(record, path, value)

    [table] = procedure.tables
    whole = built(procedure.facts, record, facts)
    against = table.why_not(act, state, whole) + table.warnings(act, state, whole)

    assert [b.reason for b in against] == (reason or "").split()
