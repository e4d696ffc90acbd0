"""What runs beside a case, at the city: measures and referrals are kept, their clocks run, and their rules are judged again."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import measure_pb2 as pb
from yifa.enforcement.v1 import referral_pb2 as referrals
from yifa.enforcement.v1.evidence_pb2 import Evidence
from yifa.enforcement.v1.stay_pb2 import STAY_AUTHORITY_COURT
from yifa.enforcement.v1.surcharge_pb2 import REMEDY_KIND_SUIT
from yifa.law.v1 import law_pb2

from services.given import measure as given
from services.given.measure import stamp
from services.law.moment import moment_of
from services.law.procedures.measure import TABLE as MEASURES
from services.law.procedures.penalty import ORDINARY, beside
from services.law.procedures.referral import TABLE as REFERRALS
from services.law.rule import Rule
from services.supervision.warning.backtest import backtest
from tests.held import FROZEN_WRONGLY, TAKEN_WRONGLY
from tests.supervision.office import (
    ENVIRONMENT,
    OPEN,
    URBAN,
    Office,
    at,
    lawful,
    new_case,
    number_of,
    running_office,
)
from tests.supervision.orders import BODY, desk
from tests.supervision.test_important_matters import ASKED as INSTRUCTIONS
from tests.supervision.test_important_matters import Matters

SERIAL = count(1)
START = at("2026-03-02 10:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFICERS = ("O-1", "O-2")
Wrong = Callable[[Any, cases.Case], object]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """An office that knows the certificates of those who act."""
    folder = tmp_path_factory.mktemp("beside")
    soon = {"certificate_grace_seconds": 0.2}
    async with running_office(folder, "2026-03-20 09:00", supervision=soon) as office:
        for officer in OFFICERS:
            await office.certify(officer)
        await office.certify("O-elsewhere", area_code="110000")
        await office.suspend("O-suspended", "2026-01-01 00:00")
        yield office


async def a_case(office: Office, node: str = ENVIRONMENT) -> cases.Case:
    case = new_case(f"C-{next(SERIAL)}", node, OFFICERS)
    case.state, case.area_code = cases.CASE_STATE_INVESTIGATING, "440700"
    await office.tell(case, "OfficersAssigned", START - DAY)
    return case


def named(record: Any, ids: Any) -> None:
    for each in ids:
        record.officers.add(officer_id=each, certificate_number=number_of(each))


def measure_of(case: cases.Case, kind: int = pb.MEASURE_KIND_SEIZE) -> pb.Measure:
    return pb.Measure(
        measure_id=f"M-{next(SERIAL)}", case_id=case.case_id, node=case.node, sector=case.sector, kind=kind,
        area_code=case.area_code,
    )  # fmt: skip


def _requested(m: pb.Measure) -> None:
    m.requester = "O-1"
    m.request_time.CopyFrom(stamp(START - 2 * HOUR))


def _approved(m: pb.Measure) -> None:
    m.approver = "head-1"
    m.approve_time.CopyFrom(stamp(START - HOUR))


def _taken(m: pb.Measure) -> None:
    made = given.freezing if m.kind == pb.MEASURE_KIND_FREEZE else given.execution
    m.execution.CopyFrom(made(START, OFFICERS))
    if m.kind == pb.MEASURE_KIND_FREEZE:
        m.execution.account = m.measure_id
    else:
        m.execution.things[0].mark = m.measure_id
    named(m, OFFICERS)


def _urgently(m: pb.Measure) -> None:
    _taken(m)
    m.urgency = "正在装车"


def _afterwards(m: pb.Measure) -> None:
    m.approver = "head-1"
    m.approve_time.CopyFrom(stamp(START + 20 * HOUR))


def _extended(m: pb.Measure) -> None:
    m.extensions.add(
        approve_time=stamp(START + 20 * DAY), approver="head-1", days=30, complexity="跨省取证",
        tell_time=stamp(START + 20 * DAY), told_reasons="情况复杂",
    )  # fmt: skip


def _appraised(m: pb.Measure) -> None:
    m.appraisals.add(
        ground=law_pb2.GROUND_APPRAISAL, from_time=stamp(START + DAY), planned_end_time=stamp(START + 5 * DAY),
        tell_time=stamp(START + DAY), appraiser="示例鉴定所",
    )  # fmt: skip


def _result(m: pb.Measure) -> None:
    m.appraisals[-1].until_time.CopyFrom(stamp(START + 6 * DAY))


def _lifted(m: pb.Measure) -> None:
    m.release.ground, m.release.signer = pb.RELEASE_GROUND_NOT_NEEDED, "head-1"
    m.release.release_time.CopyFrom(stamp(START + 12 * DAY))


def _ended(m: pb.Measure) -> None:
    m.end.end_time.CopyFrom(stamp(START + 25 * DAY))
    m.end.law, m.end.receiver = "《食品安全法》第一百二十四条", "示例市公安局"
    m.end.tell_time.CopyFrom(stamp(START + 25 * DAY))


@dataclass(frozen=True)
class Told:
    """An act as it is told: its event, the state after it, what it enters, and when."""

    event: str
    state: str
    enters: Callable[[Any], object] = lambda record: None
    when: datetime = START


ASKED = Told("MeasureRequested", "REQUESTED", _requested, START - 2 * HOUR)
GRANTED = Told("MeasureApproved", "APPROVED", _approved, START - HOUR)
SEIZED = Told("ThingsSeized", "EXECUTED", _taken)
FROZEN = Told("FundsFrozen", "FROZEN", _taken)
URGENT = Told("ThingsSealedUrgently", "URGENT", _urgently)
AFTER = Told("MeasureApproved", "EXECUTED", _afterwards, START + 20 * HOUR)
LONGER = Told("MeasureExtended", "EXTENDED", _extended, START + 20 * DAY)
SENT = Told("AppraisalStarted", "EXECUTED", _appraised, START + DAY)
BACK = Told("AppraisalEnded", "EXECUTED", _result, START + 6 * DAY)
LIFTED = Told("MeasureReleased", "RELEASED", _lifted, START + 12 * DAY)
TAKEN = (ASKED, GRANTED, SEIZED)
FILMED = Told("MeasureRecordingHandedIn", "EXECUTED", when=START + 2 * HOUR)


def ending(event: str, state: str) -> Told:
    return Told(event, state, _ended, START + 25 * DAY)


def decided(case: cases.Case, when: datetime = START + 20 * DAY, **more: Any) -> cases.Case:
    """The case as it stands when it was decided at a moment."""
    lawful(case, when=f"{when:%Y-%m-%d %H:%M}")
    case.decision.penalty.kinds.extend(more.get("kinds", ()))
    return case


async def tell(office: Office, record: Any, told: Told, case: cases.Case, wrong: Wrong | None = None) -> None:
    told.enters(record)
    enum = type(record).DESCRIPTOR.fields_by_name["state"].enum_type
    lead = enum.values[0].name.removesuffix("UNSPECIFIED")
    record.state = enum.values_by_name[lead + told.state].number
    if wrong is not None:
        wrong(record, case)
    await office.tell_beside(record, told.event, told.when)


async def warned(office: Office, case_id: str) -> set[tuple[str, str]]:
    """The open warnings of a case: which, and under which article."""
    found = (await office.case(case_id)).warnings
    return {(w.rule_id, w.citation.code) for w in found if w.state == OPEN}


def on_execution(change: Callable[[pb.Execution], object]) -> Wrong:
    return lambda m, case: change(m.execution)


def officer(who: str) -> Wrong:
    def change(m: pb.Measure, _case: cases.Case) -> None:
        m.execution.officer_ids[1] = who
        m.officers[1].officer_id, m.officers[1].certificate_number = who, number_of(who)

    return change


def entry(name: str, field: str, value: Any) -> Wrong:
    """The newest entry of a list in the record is otherwise."""
    return lambda m, case: setattr(getattr(m, name)[-1], field, value)


def clear(path: str) -> Wrong:
    *way, field = path.split(".")

    def change(record: Any, _case: cases.Case) -> None:
        for part in way:
            record = getattr(record, part)
        record.ClearField(field)

    return change


def late(path: str, when: datetime) -> Wrong:
    *way, field = path.split(".")

    def change(record: Any, _case: cases.Case) -> None:
        for part in way:
            record = getattr(record, part)[-1] if part.endswith("s") else getattr(record, part)
        getattr(record, field).CopyFrom(stamp(when))

    return change


def _told_unasked(m: pb.Measure, _case: cases.Case) -> None:
    m.appraisals[-1].ClearField("tell_time")


def _twice(m: pb.Measure, _case: cases.Case) -> None:
    m.extensions.add().CopyFrom(m.extensions[-1])


# By the name of the rule: the way to the act, and what is wrong in it.
MEASURE_BREAKS: dict[str, tuple[tuple[Told, ...], Wrong]] = {
    **{name: (TAKEN, on_execution(change)) for name, change in TAKEN_WRONGLY.items()},
    **{name: ((ASKED, GRANTED, FROZEN), on_execution(change)) for name, change in FROZEN_WRONGLY.items()},
    "approved_first": (TAKEN, late("approve_time", START + HOUR)),
    "certified": (TAKEN, officer("O-nobody")),
    "not_suspended": (TAKEN, officer("O-suspended")),
    "inside_area": (TAKEN, officer("O-elsewhere")),
    "urgency_stated": ((URGENT,), lambda m, case: setattr(m, "urgency", " ")),
    "by_head ACL-2011:18[1]": ((ASKED, GRANTED), lambda m, case: setattr(m, "approver", "O-1")),
    "by_head ACL-2011:19": ((URGENT, AFTER), lambda m, case: setattr(m, "approver", "O-1")),
    "by_head ACL-2011:25(1);ACL-2011:32(1)": ((*TAKEN, LONGER), entry("extensions", "approver", "O-1")),
    "approved_within_a_day": ((URGENT, AFTER), late("approve_time", START + 25 * HOUR)),
    "complex_case": ((*TAKEN, LONGER), entry("extensions", "complexity", " ")),
    "extended_once": ((*TAKEN, LONGER), _twice),
    "extension_told": ((*TAKEN, LONGER), entry("extensions", "told_reasons", "")),
    "term_runs EXTENSION_LATE": (
        (*TAKEN, replace(LONGER, when=START + 40 * DAY)), late("extensions.approve_time", START + 40 * DAY),
    ),
    "term_runs TERM_OVER": ((*TAKEN, SENT), late("appraisals.from_time", START + 40 * DAY)),
    "appraisal_told": ((*TAKEN, SENT), _told_unasked),
    "release_ground": ((*TAKEN, LIFTED), lambda m, case: setattr(m.release, "ground", 0)),
    "case_decided": ((*TAKEN, ending("ThingsConfiscated", "CONFISCATED")), lambda m, case: None),
    "confiscation_decided": ((*TAKEN, ending("ThingsConfiscated", "CONFISCATED")), lambda m, case: None),
    "destruction_lawful": (
        (*TAKEN, ending("ThingsDestroyed", "DESTROYED")), lambda m, case: setattr(m.end, "law", " "),
    ),
    "police_opened": ((*TAKEN, ending("ThingsHandedOver", "HANDED_OVER")), lambda m, case: None),
    "transfer_told": ((*TAKEN, ending("ThingsHandedOver", "HANDED_OVER")), clear("end.tell_time")),
    **dict.fromkeys(
        ("remedy_unused", "demand_complete", "demand_term_over", "fine_unpaid"),
        ((*TAKEN, ending("ThingsAuctioned", "AUCTIONED")), lambda m, case: None),
    ),
    "not_stayed": ((*TAKEN, ending("ThingsConfiscated", "CONFISCATED")), lambda m, case: None),
    "instructed": ((*TAKEN, ending("ThingsConfiscated", "CONFISCATED")), lambda m, case: None),
    "nobody_aside": (TAKEN, lambda m, case: None),
    "serves_inquiry": (TAKEN, lambda m, case: None),
}  # fmt: skip
# What the city is not told, and lists as not judged.
TOLD_BY: dict[str, Callable[[Rule], str]] = {"term_runs": lambda r: r.reason, "by_head": lambda r: r.law}
NOT_KNOWN = {"empowered", "empowered_to_freeze", "in_scope"}


def warnings_of(table: Any) -> Iterator[tuple[str, Rule]]:
    seen = set()
    for rule in (r for m in table.moves for r in m.rules if r.warning):
        name = rule.holds.__name__
        key = f"{name} {TOLD_BY[name](rule)}" if name in TOLD_BY else name
        if (key, rule.law) not in seen and name not in NOT_KNOWN:
            seen.add((key, rule.law))
            yield key, rule


def law_of(office: Office, rule: Rule, sector: str = "environment") -> str:
    return office.running.around.parameters.cited(rule.law, sector, rule.name)


async def stayed(office: Office, case: cases.Case, when: datetime) -> None:
    """Decided, and execution stayed by the court in a suit of that day."""
    case, since = decided(case, when), stamp(when)
    case.remedies.add(kind=REMEDY_KIND_SUIT, document="受理1号", begin_time=since)
    stay = case.stays.add(ordered_by=STAY_AUTHORITY_COURT, document="停止执行1号", begin_time=since)
    await office.tell(case, "ExecutionStayed", when, stay=stay)


async def prepared(office: Office, name: str, case: cases.Case) -> None:
    """What the case is like in which a rule is broken."""
    if name == "serves_inquiry":
        await office.tell(decided(case, START - 3 * HOUR), "DecisionMade", START - 3 * HOUR)
    if name in ("confiscation_decided", "destruction_lawful"):
        await office.tell(decided(case), "DecisionMade", START + 20 * DAY)
    if name.startswith("by_head"):
        await office.appoint(BODY, "head-1")
    if name == "not_stayed":
        await stayed(office, case, START + 20 * DAY)
    if name == "nobody_aside":
        case.recusals.add(
            recusal_id="R-1", officer_id="O-2", state=cases.RECUSAL_STATE_GRANTED, request_time=stamp(START - 5 * HOUR),
            decide_time=stamp(START - 4 * HOUR),
        )  # fmt: skip
        await office.tell(case, "RecusalDecided", START - 4 * HOUR, recusal=case.recusals[0])


@pytest.mark.parametrize(
    ("name", "rule"), list(warnings_of(MEASURES)), ids=lambda v: v if isinstance(v, str) else ""
)
async def test_a_rule_on_measures_that_was_broken_is_a_warning(city: Office, name: str, rule: Rule) -> None:
    way, wrong = MEASURE_BREAKS[name]
    case = await a_case(city)
    await prepared(city, name, case)
    measure = measure_of(case, pb.MEASURE_KIND_FREEZE if FROZEN in way else pb.MEASURE_KIND_SEIZE)
    measure.body_id = BODY if name == "instructed" or name.startswith("by_head") else ""
    for step in way[:-1]:
        await tell(city, measure, step, case)
    if name == "instructed":
        await desk(city)
        city.clock("2026-03-20 09:00")
        await Matters(city).sent(INSTRUCTIONS, record_id=measure.measure_id)

    await tell(city, measure, way[-1], case, wrong)

    async def found() -> bool:
        return (rule.warning, law_of(city, rule)) in await warned(city, case.case_id)

    await city.until(found, f"{rule.warning} {rule.reason}")


async def test_a_lawful_measure_raises_nothing_and_its_clocks_run_here(city: Office) -> None:
    case = await a_case(city)
    measure = measure_of(case)
    for step in (*TAKEN, FILMED, SENT, BACK):
        await tell(city, measure, step, case)

    view = await city.case(case.case_id)
    assert [m.measure_id for m in view.measures] == [measure.measure_id]
    [term] = [x for x in view.deadlines if x.clock_id == "ENF-02"]
    assert (
        term.due_time.ToDatetime().date().isoformat() == "2026-04-06"
    )  # 1 April and the five days of the appraisal
    await tell(city, measure, LIFTED, case)
    view = await city.case(case.case_id)
    [term] = [x for x in view.deadlines if x.clock_id == "ENF-02"]
    assert term.state == law_pb2.CLOCK_STATE_MET
    assert await warned(city, case.case_id) == set()
    assert "MeasureReleased" in {e.type.rpartition(".")[2] for e in view.timeline}
    assert {n.reason for n in view.not_judged} >= {"COERCION_NOT_ENTRUSTABLE"}


async def test_a_seizure_without_a_recording_is_a_warning(city: Office) -> None:
    case = await a_case(city)
    measure = measure_of(case)
    for step in (*TAKEN, SENT):
        await tell(city, measure, step, case)

    await city.ticked()
    assert await _recorded(city, case, {("RECORD", "GBF-2018-118:8")})
    await tell(city, measure, FILMED, case)
    assert await _recorded(city, case, set())


async def _recorded(city: Office, case: cases.Case, wanted: set[tuple[str, str]]) -> bool:
    return {w for w in await warned(city, case.case_id) if w[0] == "RECORD"} == wanted


async def test_two_departments_hold_one_thing(city: Office) -> None:
    first, second = await a_case(city), await a_case(city, URBAN)
    mark = f"粤J{next(SERIAL)}"

    for case in (first, second):
        measure = measure_of(case)
        for step in (ASKED, GRANTED):
            await tell(city, measure, step, case)
        await tell(city, measure, SEIZED, case, lambda m, _: setattr(m.execution.things[0], "mark", mark))

    assert ("EW-35", "ACL-2011:23(2)") not in await warned(city, first.case_id)
    assert ("EW-35", "ACL-2011:23(2)") in await warned(city, second.case_id)


async def test_what_is_told_late_is_judged_as_what_is_told_in_time(city: Office) -> None:
    """The approval comes after the seizure: nothing is held against it, and the clocks are the same."""
    case = await a_case(city)
    measure = measure_of(case)
    events = []
    for step in TAKEN:
        step.enters(measure)
        measure.state = pb.MeasureState.Value(f"MEASURE_STATE_{step.state}")
        measure.version += 1
        kind = getattr(enforcement, step.event)
        events.append(
            city.journal(case.node, "enforcement").entry(kind(measure=measure), step.when, measure.measure_id)
        )

    for each in (events[0], events[2], events[1]):
        await city.take(each)

    view = await city.case(case.case_id)
    assert view.measures[0].state == pb.MEASURE_STATE_EXECUTED
    assert [x.state for x in view.deadlines if x.clock_id == "ENF-02"] == [law_pb2.CLOCK_STATE_RUNNING]
    # whether its film is late hangs on how far the others have moved the day
    assert {w for w in await warned(city, case.case_id) if w[0] != "RECORD"} == set()


async def test_nobody_speaks_of_anothers_measure(city: Office) -> None:
    case = await a_case(city)
    measure = measure_of(case)
    await tell(city, measure, ASKED, case)
    other = measure_of(case)
    other.node = URBAN
    stolen = pb.Measure.FromString(measure.SerializeToString())
    stolen.node = URBAN

    for forged in (other, stolen):
        _approved(forged)
        forged.state = pb.MEASURE_STATE_APPROVED
        await city.tell_beside(forged, "MeasureApproved", START)

    assert [m.state for m in (await city.case(case.case_id)).measures] == [pb.MEASURE_STATE_REQUESTED]


async def test_an_event_speaks_of_what_it_is_said_to_be_about(city: Office) -> None:
    """Were it kept under another's name, nobody could judge that one any more: nor the case of both."""
    case = await a_case(city)
    measure, referral = measure_of(case), referral_of(case)
    await tell(city, measure, ASKED, case)
    referral.state, referral.version = referrals.REFERRAL_STATE_FLAGGED, 1
    _flag(referral)
    event = enforcement.CrimeFlagged(referral=referral)
    misnamed = city.journal(case.node, "enforcement").entry(event, START, measure.measure_id)

    await city.take(misnamed)

    view = await city.case(case.case_id)
    assert ([m.measure_id for m in view.measures], len(view.referrals)) == ([measure.measure_id], 0)
    assert [found for found, _ in backtest(city.running.view(), "EW-35") if found == case.case_id] == []


# Referrals -------------------------------------------------------------------------------------------


def referral_of(case: cases.Case) -> referrals.Referral:
    return referrals.Referral(
        referral_id=f"F-{next(SERIAL)}",
        case_id=case.case_id,
        node=case.node,
        sector=case.sector,
        suspicion="涉嫌犯罪",
    )


def _flag(r: referrals.Referral) -> None:
    r.flag_time.CopyFrom(stamp(START))


def _report(r: referrals.Referral) -> None:
    r.officer_ids[:] = OFFICERS
    named(r, OFFICERS)
    r.report = "核实报告"
    r.report_time.CopyFrom(stamp(START + HOUR))


def _chief(r: referrals.Referral) -> None:
    r.chief, r.reasons = "head-1", "未达到标准"
    r.decide_time.CopyFrom(stamp(START + DAY))


def _sent(r: referrals.Referral) -> None:
    r.papers[:] = given.PAPERS
    r.police = "示例市公安局"
    r.send_time.CopyFrom(stamp(START + DAY + HOUR))
    r.copy_time.CopyFrom(stamp(START + DAY + HOUR))


def _says(said: int, when: datetime) -> Callable[[referrals.Referral], object]:
    return lambda r: r.answers.add(said=said, document="公函1号", receive_time=stamp(when))


def _reconsider(r: referrals.Referral) -> None:
    r.reconsider_request_time.CopyFrom(stamp(START + 3 * DAY))


def _handed(r: referrals.Referral) -> None:
    r.things = "账册"
    r.list_time.CopyFrom(stamp(START + 4 * DAY))
    r.hand_over_time.CopyFrom(stamp(START + 4 * DAY))


FLAGGED = Told("CrimeFlagged", "FLAGGED", _flag)
REPORTED = Told("ReferralReported", "REPORTED", _report, START + HOUR)
REJECTED = Told("ReferralRejected", "REJECTED", _chief, START + DAY)
GIVEN = Told("ReferralApproved", "APPROVED", _chief, START + DAY)
GONE = Told("ReferralSent", "SENT", _sent, START + DAY + HOUR)
THERE = Told(
    "ReferralReceived", "RECEIVED", _says(referrals.POLICE_SAID_RECEIVED, START + 2 * DAY), START + 2 * DAY
)
NO = Told(
    "ReferralRefused", "REFUSED", _says(referrals.POLICE_SAID_REFUSED, START + 2 * DAY), START + 2 * DAY
)
YES = Told("ReferralOpened", "OPENED", _says(referrals.POLICE_SAID_OPENED, START + 3 * DAY), START + 3 * DAY)
ONCE_MORE = Told("PoliceAskedToReconsider", "RECONSIDERING", _reconsider, START + 3 * DAY)
HANDED = Told("EvidenceHandedOver", "HANDED_OVER", _handed, START + 4 * DAY)
AT_POLICE = (FLAGGED, REPORTED, GIVEN, GONE, THERE)


def member(who: str) -> Wrong:
    def change(r: referrals.Referral, _case: cases.Case) -> None:
        r.officer_ids[1] = who
        r.officers[1].officer_id, r.officers[1].certificate_number = who, number_of(who)

    return change


REFERRAL_BREAKS: dict[str, tuple[tuple[Told, ...], Wrong]] = {
    "certified": ((FLAGGED, REPORTED), member("O-nobody")),
    "two_officers": ((FLAGGED, REPORTED), lambda r, case: r.officer_ids.pop()),
    "reported_in_writing": ((FLAGGED, REPORTED), lambda r, case: setattr(r, "report", " ")),
    "by_head CRT-2020:5(2)": ((FLAGGED, REPORTED, GIVEN), lambda r, case: setattr(r, "chief", "O-1")),
    "reasons_given": ((FLAGGED, REPORTED, REJECTED), lambda r, case: setattr(r, "reasons", " ")),
    "standard_not_reached": (
        (FLAGGED, REPORTED, REJECTED),
        lambda r, case: setattr(r, "standard", "追诉标准第一条"),
    ),
    "papers_complete": ((FLAGGED, REPORTED, GIVEN, GONE), lambda r, case: r.papers.pop()),
    "copy_sent": ((FLAGGED, REPORTED, GIVEN, GONE), clear("copy_time")),
    "challenged_in_time": ((*AT_POLICE, NO, ONCE_MORE), late("reconsider_request_time", START + 9 * DAY)),
    "things_listed": ((*AT_POLICE, YES, HANDED), clear("list_time")),
    "nothing_kept_back": ((*AT_POLICE, YES, HANDED), lambda r, case: None),
}


@pytest.mark.parametrize(
    ("name", "rule"), list(warnings_of(REFERRALS)), ids=lambda v: v if isinstance(v, str) else ""
)
async def test_a_rule_on_referrals_that_was_broken_is_a_warning(city: Office, name: str, rule: Rule) -> None:
    way, wrong = REFERRAL_BREAKS[name]
    case = await a_case(city)
    if name == "nothing_kept_back":
        measure = measure_of(case)
        for step in TAKEN:
            await tell(city, measure, step, case)
    referral = referral_of(case)
    await prepared(city, name, case)
    referral.body_id = BODY if name.startswith("by_head") else ""
    for step in way[:-1]:
        await tell(city, referral, step, case)

    await tell(city, referral, way[-1], case, wrong)

    async def found() -> bool:
        return (rule.warning, law_of(city, rule)) in await warned(city, case.case_id)

    await city.until(found, f"{rule.warning} {rule.reason}")


async def test_a_lawful_referral_raises_nothing(city: Office) -> None:
    case = await a_case(city)
    referral = referral_of(case)

    for step in (*AT_POLICE, YES, HANDED):
        await tell(city, referral, step, case)

    view = await city.case(case.case_id)
    assert await warned(city, case.case_id) == set()
    assert view.referrals[0].state == referrals.REFERRAL_STATE_HANDED_OVER
    assert {x.clock_id for x in view.deadlines if x.clock_id.startswith("CRM")} == {
        "CRM-01",
        "CRM-02",
        "CRM-03",
        "CRM-07",
    }


@pytest.mark.parametrize(("when", "missing"), [(START, True), (START + 2 * DAY, False)])
async def test_only_an_appraisal_of_before_has_to_go_along(
    city: Office, when: datetime, missing: bool
) -> None:
    """When all of it is judged again, what was appraised after the papers went is not among them (CRT 6)."""
    case = await a_case(city)
    referral = referral_of(case)
    for step in AT_POLICE:
        await tell(city, referral, step, case)

    opinion = Evidence(
        evidence_id=f"E-{next(SERIAL)}", case_id=case.case_id, kind=cases.EVIDENCE_KIND_EXPERT_OPINION, source="示例鉴定所",
        collector_ids=OFFICERS, certificate_shown=True, collect_time=stamp(when),
    )  # fmt: skip
    await city.tell(case, "EvidenceRecorded", START + 3 * DAY, evidence=opinion)

    found = backtest(city.running.view(), "EW-36")
    assert (case.case_id in {about for about, _ in found}) is missing


# The case that they hold up --------------------------------------------------------------------------


async def flagged_case(office: Office, *steps: Told) -> cases.Case:
    case = await a_case(office)
    referral = referral_of(case)
    for step in steps:
        await tell(office, referral, step, case)
    return case


def _sentence(r: referrals.Referral) -> None:
    r.outcome.convicted, r.outcome.document = True, "（2026）示刑初1号"
    r.outcome.fine.fen = 100
    r.outcome.end_time.CopyFrom(stamp(START + 10 * DAY))


CONVICTED = Told("CriminalCaseEnded", "CONVICTED", _sentence, START + 10 * DAY)
CASE_BREAKS = {
    "not_in_place_of_referral": ((FLAGGED, REPORTED), "DecisionMade"),
    "no_fine_after_sentence": ((*AT_POLICE, YES, HANDED, CONVICTED), "DecisionMade"),
    "no_referral_open": (AT_POLICE, "CaseTerminated"),
}


@pytest.mark.parametrize("name", CASE_BREAKS)
async def test_a_case_that_does_not_wait_for_justice_is_a_warning(city: Office, name: str) -> None:
    steps, event = CASE_BREAKS[name]
    rule = getattr(beside, name)
    case = await flagged_case(city, *steps)
    done = START + 20 * DAY
    if event == "DecisionMade":
        decided(case, done)
    else:
        case.state = cases.CASE_STATE_TERMINATED

    await city.tell(case, event, done)

    assert (rule.warning, law_of(city, rule)) in await warned(city, case.case_id)


async def test_a_case_that_is_closed_over_an_open_measure_is_a_warning(city: Office) -> None:
    case = await a_case(city)
    measure = measure_of(case)
    for step in TAKEN:
        await tell(city, measure, step, case)
    case.state = cases.CASE_STATE_TERMINATED
    await city.tell(case, "CaseTerminated", START + DAY)
    case.state = cases.CASE_STATE_CLOSED
    case.close_time.CopyFrom(stamp(START + 2 * DAY))

    await city.tell(case, "CaseClosed", START + 2 * DAY)

    rule = beside.measures_settled
    assert (rule.warning, law_of(city, rule)) in await warned(city, case.case_id)


async def test_a_decision_after_the_case_came_back_is_none(city: Office) -> None:
    case = await flagged_case(city, FLAGGED, REPORTED, REJECTED)

    await city.tell(decided(case), "DecisionMade", START + 20 * DAY)

    assert not {w for w, _ in await warned(city, case.case_id)} & {"EW-21", "EW-36"}


def test_every_rule_that_is_a_warning_is_tried() -> None:
    assert {name for name, _ in warnings_of(MEASURES)} == MEASURE_BREAKS.keys()
    assert {name for name, _ in warnings_of(REFERRALS)} == REFERRAL_BREAKS.keys()
    stand = {
        r.holds.__name__ for m in ORDINARY.moves for r in m.rules if r.holds.__module__ == beside.__name__
    }
    assert stand == CASE_BREAKS.keys() | {"measures_settled"}
    assert moment_of(stamp(START)) == START


# Which warnings are tried here, by the reason.
TRIED = {(r.warning, r.reason) for table in (MEASURES, REFERRALS) for _, r in warnings_of(table)} | {
    (r.warning, r.reason) for m in ORDINARY.moves for r in m.rules if r.holds.__module__ == beside.__name__
}
