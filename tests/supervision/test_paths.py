"""Every rule that the city judges again, on every act that it hangs on: kept, nothing is found; broken once, its warning is.

What stands on the acts, and which of it the city can judge, is read from the tables and the code, so a rule that comes to them
is tried here too.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from typing import Any

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1.body_pb2 import EnforcementBody
from yifa.registry.v1.certificate_pb2 import CERTIFICATE_KIND_LEGAL_REVIEW

from services.law.procedures.penalty import NOTICE_FIRST, ORDINARY, SUMMARY, beside
from services.law.procedures.penalty.acts import ACTS
from services.law.process import Move, Process, Rule
from services.lawdocs import paths
from services.supervision.case.facts import SeenFacts
from services.supervision.case.messages import UNKNOWN_ZH
from services.supervision.warning.catalogue import MIRRORED
from services.supervision.warning.mirror import Done, Judged, judge, mirrored_of
from tests.law.record_breaks import BREAKS
from tests.law.records import AREA, DAY, ELSEWHERE, FIRST, PAPER, WORLD, Step, day, lawful, steps
from tests.supervision.office import OPEN, Office, running_office
from tests.supervision.recorded import (
    AT_CITY,
    BEFORE,
    BESIDE,
    IN_EVENT,
    LEADING,
    Told,
    broken,
    event_of,
    told,
)

MOVES = [(table, move) for table in (ORDINARY, NOTICE_FIRST, SUMMARY) for move in table.moves]
MOVES_RULES = [(table, move, rule) for table, move in MOVES for rule in move.rules]
# What runs beside a case stands in no record of it: those rules are tried in test_beside.py, and in test_important_matters.py.
OF_BESIDE = {r.holds.__name__ for _, _, r in MOVES_RULES if r.holds.__module__ == beside.__name__} | {
    "instructed"
}
JUDGED = [
    (t, m, r)
    for t, m, r in MOVES_RULES
    if r.warning and r.holds.__name__ not in OF_BESIDE and paths.judged_at_city(r, m.act)
]
UNKNOWN = [(t, m, r) for t, m, r in MOVES_RULES if r.warning and not paths.judged_at_city(r, m.act)]


def named(value: object) -> str | None:
    if isinstance(value, Process):
        return value.name
    if isinstance(value, Move):
        return f"{value.act}-{value.source}"
    return value.holds.__name__ if isinstance(value, Rule) else None


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """An office that knows the certificates of those whom the records name."""
    folder = tmp_path_factory.mktemp("paths")
    soon = {"certificate_grace_seconds": 0.2}
    async with running_office(folder, "2026-09-01 09:00", supervision=soon) as office:
        for officer in (*WORLD.officers, WORLD.suspended):
            await office.certify(officer, area_code=AREA)
        await office.certify(WORLD.elsewhere, area_code=ELSEWHERE)
        await office.certify(WORLD.reviewer, kind=CERTIFICATE_KIND_LEGAL_REVIEW)
        for body_id in (WORLD.body, WORLD.after_defence):
            await office.appoint(body_id, "head-1", "head-2", "head-3")
            body = EnforcementBody(body_id=body_id, seal=PAPER.seal, version=1)
            await office.registry(registry.BodyPublished(body=body))
        await office.suspend(WORLD.suspended, f"{FIRST - DAY:%Y-%m-%d %H:%M}")
        yield office


# The record in which an act is lawful, by table, act and state: what is tried with one rule broken is tried for each rule.
RECORDS: dict[tuple[str, str, str], tuple[Callable[[], cases.Case], str]] = {}


def lawfully(office: Office, table: Process, move: Move) -> tuple[Told, cases.Case, str]:
    """The act in the first record in which it is lawful, as the city sees it; from no penalty only in one without."""
    key = (table.name, move.act, move.source)
    if key not in RECORDS:
        RECORDS[key] = lawful_record(office, table, move)
    make, line = RECORDS[key]
    found = told(case := make(), line, move.act)
    assert found is not None
    return found, case, line


def lawful_record(office: Office, table: Process, move: Move) -> tuple[Callable[[], cases.Case], str]:
    unpunished = move.source == "NO_PENALTY"
    for make, line in sorted(LEADING[table.name], key=lambda each: unpunished != (each[1] == "unpunished")):
        found = told(make(), line, move.act)
        if found is not None and not judge(office.running.view(), found.done(move.source)).broken:
            return make, line
    raise AssertionError(
        f"no record in tests/law/records.py comes lawfully to {move.act} from {move.source!r}"
    )


def law_of(office: Office, rule: Rule) -> str:
    """The article of a rule as a market regulator of the city is told it."""
    return office.running.around.parameters.cited(rule.law, "market", rule.name)


def judged_of(office: Office, done: Done) -> tuple[set[tuple[str, str, str]], Judged]:
    outcome = judge(office.running.view(), done)
    return {(rule_id, f.reason, f.law) for rule_id, f in outcome.broken}, outcome


def breaking(office: Office, table: Process, move: Move, rule: Rule) -> Done:
    """The act with a rule broken."""
    name = rule.holds.__name__
    assert name in BREAKS or name in IN_EVENT or name in AT_CITY, (
        "say in tests/supervision/recorded.py how an event breaks this rule"
    )
    _, case, line = lawfully(office, table, move)
    found = broken(case, line, move.act, name)
    assert found is not None
    done = found.done(move.source)
    if name == "not_undone_yet":
        assert done.before is not None
        done.before.set_aside.kind = cases.SET_ASIDE_KIND_ANNULLED
    return done


@pytest.mark.parametrize(("table", "move", "rule"), JUDGED, ids=named)
async def test_a_broken_rule_is_its_warning(office: Office, table: Process, move: Move, rule: Rule) -> None:
    found, _ = judged_of(office, breaking(office, table, move, rule))

    assert (rule.warning, rule.reason, law_of(office, rule)) in found


@pytest.mark.parametrize(("table", "move", "rule"), UNKNOWN, ids=named)
async def test_what_the_city_cannot_know_is_listed(
    office: Office, table: Process, move: Move, rule: Rule
) -> None:
    """Nothing is asked of who stands aside where nobody does, nor of a ground for no penalty where another is named."""
    aside = rule.holds.__name__ in ASKED_OF_SOME
    lawful = lawfully(office, table, move)[0].done(move.source)

    found, outcome = judged_of(office, breaking(office, table, move, rule) if aside else lawful)

    assert (rule.warning, rule.reason, law_of(office, rule)) not in found
    assert rule.reason in {each.reason for each in outcome.not_judged}
    assert {each.why for each in outcome.not_judged} <= UNKNOWN_ZH.keys()


def _answered_later(c: cases.Case) -> None:
    c.recusals.add(
        recusal_id="A-1", officer_id="O-1", state=cases.RECUSAL_STATE_REFUSED, request_time=day(3), decide_time=day(90)
    )  # fmt: skip


def _waived_without_a_paper(c: cases.Case) -> None:
    c.ClearField("defence")
    c.defence.waive_time.CopyFrom(day(22))
    c.decision.decide_time.CopyFrom(day(23))


def _heard_later(c: cases.Case) -> None:
    c.defence.hearing_request_time.CopyFrom(day(23))
    c.defence.hearing_time.CopyFrom(day(90))


LATER = {
    "recheck": (lambda c: c.defence.recheck_time.CopyFrom(day(90)), "EW-05", "APL-2021:45(1)"),
    "hearing": (_heard_later, "EW-06", "APL-2021:63(1)"),
    "answer to a recusal": (_answered_later, "EW-33", "APL-2021:43(3);SAMR-2022:4"),
    "review": (lambda c: c.review.conclude_time.CopyFrom(day(90)), "EW-07", "APL-2021:58(1)"),
    "waiver without a paper": (_waived_without_a_paper, "EW-05", "APL-2021:62"),
}


@pytest.mark.parametrize("name", LATER)
async def test_an_act_does_not_rest_on_what_came_later_or_is_not_proved(office: Office, name: str) -> None:
    change, rule_id, law = LATER[name]
    case = cases.Case.FromString(lawful("ordinary").SerializeToString())
    if name == "hearing":
        case.defence.ClearField("waive_proof")
    change(case)
    made = told(case, "ordinary", "MAKE_DECISION")
    assert made is not None

    found, _ = judged_of(office, made.done(""))

    assert (rule_id, law) in {(rule, article) for rule, _, article in found}


# In the ordinary order a record has no place for the review before a hearing and for the one after it.
HEARD = ("_HEARING", "_HEARING_PANEL")
# One act of each rule, to be told of through the front door.
ONE_EACH = {
    (r.warning, r.reason, r.law): (t, m, r)
    for t, m, r in reversed(JUDGED)
    if (m.act, m.source) != ("SUBMIT_FOR_REVIEW", "RECHECKED")
    and not (t is ORDINARY and m.act.endswith(HEARD))
}
# Rules that are no warning although the city could judge them: they keep a department's books in order, and say nothing of how
# the party was treated; a time ahead of the city's may be that of another clock, and a late request is the party's own.
OF_THE_BOOKS = {
    "not_in_future", "request_in_time", "not_heard_yet", "not_overpaid", "major", "not_filed_yet", "decision_made",
    "not_published_yet", "to_be_withdrawn", "not_reported_yet", "receiver_qualified", "not_sent_on", "not_given_away",
    "transferred_in", "not_acknowledged", "not_disputed_yet", "not_referred_yet", "dispute_open", "not_settled", "undisputed",
    "not_asked_yet", "recusal_pending", "not_announced_yet", "corrected", "not_served_yet", "fine_left", "none_waits",
    "adjourned_for_a_reason", "to_be_announced", "panel_of_its_size", "agents_few", "missed_when_held", "hearing_reported",
    "refusal_reasoned", "not_performed_yet", "public_now", "not_withheld", "not_withheld_yet", "correction_pending",
    "still_wrong", "in_its_place", "refund_not_known",
    "decision_there", "outcome_not_known", "change_not_heavier", "resumption_reasoned", "not_archived_yet",
    "paper_unannounced",
    "whole", "step_before_done", "step_not_done", "after_the_last", "no_remedy_lasts", "remedy_lasts", "not_stayed_twice",
}  # fmt: skip
# What is asked only of cases unlike a lawful one: of who stands aside, of a person, of one ground for no penalty.
ASKED_OF_SOME = {
    "not_recused",
    "age_known",
    "old_enough",
    "young_lighter",
    "young_shown",
    "lenience_proved",
    "child",
    "found_not_responsible",
    "first_offence",
    "own_recusal_settled",
}
SERIAL = count(1)


async def told_of(office: Office, case: cases.Case, line: str, beside: Told | None = None) -> str:
    """A department tells of a whole case, act by act, and of one act beside the record; returns its id."""
    case_id, n = f"C-{next(SERIAL)}", count()
    for step in steps(case, line):
        for act, event in told_at(step, beside):
            record = cases.Case.FromString(event.case.SerializeToString())
            record.case_id, record.version = case_id, next(n)
            more = {f.name: value for f, value in event.ListFields() if f.name != "case"}
            name = ACTS[act].event.split()[0]
            await office.tell(record, name, step.at, **more)
    return case_id


def told_at(step: Step, beside: Told | None) -> Iterator[tuple[str, Any]]:
    follows = beside is not None and step.act in BESIDE.get(beside.act, ("",))[0].split()
    record = beside.step.before if beside is not None and follows and beside.act in BEFORE else step.after
    yield (
        step.act,
        beside.event if beside is not None and beside.act == step.act else event_of(step.act, record),
    )
    if beside is not None and follows:
        yield beside.act, beside.event


async def mirrored(office: Office, case_id: str) -> set[tuple[str, str]]:
    """The open warnings of a case that mirror rules: which, and under which article."""
    found = (await office.case(case_id)).warnings
    mirrors = (w for w in found if w.state == OPEN and w.rule_id in MIRRORED and not w.clock_id)
    return {(w.rule_id, w.citation.code) for w in mirrors}


@pytest.mark.parametrize(("table", "move", "rule"), ONE_EACH.values(), ids=named)
async def test_the_city_is_warned_of_each_rule(
    office: Office, table: Process, move: Move, rule: Rule
) -> None:
    lawful, case, line = lawfully(office, table, move)
    act, name = move.act, rule.holds.__name__
    wrong = broken(case, line, act, name)
    assert wrong is not None
    in_event = act in BESIDE or name in IN_EVENT

    right = await told_of(office, case, line, lawful if act in BESIDE else None)
    case_id = await told_of(office, wrong.newest, line, wrong if in_event else None)

    async def warned() -> bool:
        return (rule.warning, law_of(office, rule)) in await mirrored(office, case_id)

    await office.until(warned, "the warning")
    assert await mirrored(office, right) == set()


def test_a_rule_that_is_no_warning_cannot_be_judged_or_is_of_the_books() -> None:
    unwarned = {
        r.holds.__name__
        for _, m, r in MOVES_RULES
        if not r.warning and not paths.unknown(r, m.act, SeenFacts)
    }

    assert unwarned == OF_THE_BOOKS


def test_every_act_is_judged_by_all_that_it_is_asked() -> None:
    """From a state that is known, every rule that is a warning."""
    for table, move in MOVES:
        judged_here = {id(rule) for rule, _, _ in mirrored_of(table, move.act, move.source)}
        assert judged_here == {id(r) for r in move.rules if r.warning}
