"""Whatever a header, a number or a body of an event says: the reader goes on, people hear of it, genuine events arrive."""

import copy
import random
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from sqlalchemy import select
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.journal.v1 import parked_pb2 as parked
from yifa.law.v1 import options_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import officer_pb2
from yifa.supervision.v1 import case_view_pb2 as views
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import overview_pb2 as overviews

from services.kit.arrival import message_class
from services.kit.chain import FAR
from services.kit.desk import Desk
from services.kit.feed import _place as place_of
from services.kit.journal import Envelope, seal
from services.kit.journal import headers as headers_of
from services.kit.reactions import reactions
from services.kit.reader import Batch, Delivery
from services.kit.refusal import Stale
from services.kit.store import micros
from services.supervision.body.lateness import CLOCK_ID
from services.supervision.case.model import CaseView
from services.supervision.event.model import Received
from tests.supervision.office import (
    CITY,
    ENVIRONMENT,
    TRACE,
    URBAN,
    Journal,
    Office,
    at,
    new_case,
    running_office,
)

WHEN = "2026-03-02 10:00"
BAD_HEADERS = {
    "traceparent": ["1", "00-" + "0" * 32 + "-1-01", "00-zz"],
    "yifa-trace": ["1", "x" * 100],
    "yifa-seq": ["1" + "0" * 30, "-1", "0", "", "1_0", "１", "1.5", str(2**63), " 1"],
    "yifa-count": ["1" + "0" * 30, "-1", "0", "x", str(2**63 - 1)],
    "yifa-at": ["9" * 30, "", "x", str(2**63 - 1), str(-(2**63))],
    "ce-time": ["yesterday", "+275760-09-13T00:00:00Z"],
    "ce-id": ["", "a\0b", "x" * 500, "é"],
    "ce-type": ["", "\0", "yifa..", "x" * 5000, "yifa.enforcement.v1.Other", "google.protobuf.Timestamp"],
    "ce-subject": ["%00", "x" * 5000, "%1b[2J"],
    "yifa-actor": ["%00", "%0a"],
    "yifa-prev": ["", "zz" * 32, "00" * 31, " " * 64],
    "yifa-hash": ["", "00" * 32, "zz" * 32],
    "yifa-service": ["", "other", "a/b"],
    "yifa-to": ["", "all", "x y"],
}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with running_office(tmp_path) as office:
        yield office


async def filed(office: Office, case_id: str, node: str = ENVIRONMENT) -> None:
    """A genuine case is told of, and is there."""
    case = new_case(case_id, node)
    await office.tell(case, "CaseFiled", WHEN)
    assert (await office.case(case_id)).case.case_id == case_id


async def findings(office: Office) -> list[str]:
    """The kinds of what was found about chains, in the order in which they were announced."""
    return [
        supervision.ChainFault.Name(e.fault).removeprefix("CHAIN_FAULT_")
        for e in office.emitted(supervision.ChainBroken)
    ]


def with_headers(delivery: Delivery, **said: Any) -> Delivery:
    """The delivery with other headers; None takes one away."""
    changed = {**delivery.headers, **said}
    return replace(delivery, headers={k: v for k, v in changed.items() if v is not None})


@pytest.mark.parametrize(
    ("header", "value"), [(h, v) for h, values in BAD_HEADERS.items() for v in [None, *values]]
)
async def test_a_header_ends_no_reader(office: Office, header: str, value: str | None) -> None:
    await filed(office, "C-1")
    bad = office.told(new_case("C-2"), "CaseFiled", WHEN)

    await office.take(with_headers(bad, **{header: value}))
    await filed(office, "C-3", URBAN)

    harmless = value is None and header in {
        "traceparent",
        "yifa-trace",
        "ce-time",
        "ce-subject",
        "yifa-actor",
    }
    if not harmless:
        assert {"FORGED", "IMPOSSIBLE"} & set(await findings(office))
        assert office.running.parked() == 1
        [warning] = await office.warnings(rule_id="CHAIN")
        assert warning.node == ENVIRONMENT


@pytest.mark.parametrize("seed", range(8))
async def test_a_flood_of_nonsense_ends_no_reader(office: Office, seed: int) -> None:
    """Many events with several headers and bytes of the body changed at once, among genuine ones."""
    chance = random.Random(seed)
    genuine = [office.told(new_case(f"C-{n}", URBAN), "CaseFiled", WHEN) for n in range(20)]
    batch: list[Delivery] = []
    for n, good in enumerate(genuine):
        for _ in range(10):
            bad = office.told(new_case(f"X-{n}"), "CaseFiled", WHEN)
            names = chance.sample(sorted(BAD_HEADERS), chance.randint(1, 4))
            said = {name: chance.choice([None, *BAD_HEADERS[name]]) for name in names}
            body = chance.randbytes(chance.randint(0, 60)) if chance.random() < 0.5 else bad.data
            batch.append(replace(with_headers(bad, **said), data=body))
        batch.append(good)

    await office.running.reactor.take("law.>", Batch(batch))

    for n in range(20):
        assert (await office.case(f"C-{n}")).case.case_id == f"C-{n}"
    assert not office.running.reactor.unsaved
    warned = await office.warnings(rule_id="CHAIN")
    assert warned and {w.node for w in warned} == {ENVIRONMENT}


async def test_a_body_that_is_none_is_parked_at_once(office: Office) -> None:
    """It is sealed by its own journal, and no message all the same."""
    bad = crafted(office.journal(ENVIRONMENT, "enforcement"), data=b"\xff\xff\xff")

    await office.take(bad)
    await filed(office, "C-1")

    assert office.running.rows(select(office.running.kit.parked.c.tries)) == [(1,)]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (lambda case: setattr(case.update_time, "seconds", 2**40), "case.update_time: no moment"),
        (lambda case: setattr(case, "state", 9999), "case.state: 9999 is no value of CaseState"),
        (lambda case: setattr(case.party, "name", "a\0b"), "case.party.name: holds a NUL"),
        (
            lambda case: case.deadlines.add(clock_id="X-1"),
            "case.deadlines: no law here knows the clock 'X-1'",
        ),
    ],
)
async def test_what_cannot_be_is_parked_at_once_with_its_field(office: Office, said: Any, field: str) -> None:
    """It is sealed by its own journal and a message of its kind; no reaction looks at it, and the next is taken."""
    case = new_case("C-bad")
    case.version = 1
    said(case)
    event = enforcement.CaseFiled(case=case)

    await office.take(office.journal(ENVIRONMENT, "enforcement").entry(event, at(WHEN), case.case_id))
    await filed(office, "C-1")

    [row] = office.running.rows(select(office.running.kit.parked))
    assert row.error.startswith("Unfit(") and field in row.error.replace("\\", "") and row.tries == 1
    assert [c.case_id for c in (await office.call("ListCases", LIST)).cases] == ["C-1"]


async def test_a_time_at_which_nothing_happens_is_parked_at_once(office: Office) -> None:
    """The year 9999 is a moment, and in this country's time none any more."""
    last = micros(datetime(9999, 12, 31, 23, tzinfo=UTC))

    await office.take(crafted(office.journal(ENVIRONMENT, "enforcement"), when=last))
    await filed(office, "C-1")

    [row] = office.running.rows(select(office.running.kit.parked))
    assert row.error.startswith("Unfit('at: no moment") and row.tries == 1
    assert [c.case_id for c in (await office.call("ListCases", LIST)).cases] == ["C-1"]


async def test_an_officer_who_moved_without_a_day_is_parked_at_once(office: Office) -> None:
    moved = registry.OfficerTransferred(officer={"officer_id": "O-moved", "node": ENVIRONMENT})
    for former in ([], [{"node": "chengguan"}]):
        del moved.officer.former[:]
        moved.officer.former.extend(officer_pb2.Posting(**each) for each in former)

        await office.take(office.journal(CITY, "registry").entry(moved, at(WHEN), "O-moved"))

    errors = [row.error for row in office.running.rows(select(office.running.kit.parked))]
    assert len(errors) == 2 and all(each.startswith("Unfit(") for each in errors), errors


@pytest.mark.parametrize("law", ["", "NO-LAW:1"])
async def test_a_term_that_ended_by_no_law_is_parked_at_once(office: Office, law: str) -> None:
    told = registry.BasicInformationOverdue(
        body={"body_id": "B-1", "node": ENVIRONMENT}, part="body",
        deadline={"clock_id": CLOCK_ID, "citation": {"code": law}, "due_time": {"seconds": 1_772_000_000}},
    )  # fmt: skip

    await office.take(office.journal(CITY, "registry").entry(told, at(WHEN), "B-1"))

    [row] = office.running.rows(select(office.running.kit.parked))
    assert row.error.startswith("Unfit('deadline.citation:") or row.error.startswith(
        'Unfit("deadline.citation:'
    )
    assert not await office.warnings()


def crafted(
    journal: Journal,
    seq: int | None = None,
    data: bytes | None = None,
    count: int = 0,
    when: int | None = None,
    kind: str = enforcement.CaseFiled.DESCRIPTOR.full_name,
) -> Delivery:
    """An entry with the numbers and bytes that somebody who has the node's key chose, sealed rightly."""
    event = enforcement.CaseFiled(case=new_case("C-crafted", journal.node))
    seq, count = seq or journal.seq + 1, count or journal.counts.get("city", 0) + 1
    fields = (
        seq,
        f"E-{seq}",
        kind,
        "city",
        count,
        "C-crafted",
        micros(at(WHEN)) if when is None else when,
        "O-1",
        "",
        TRACE,
        event.SerializeToString() if data is None else data,
    )
    e = Envelope(journal.node, journal.service, *fields, journal.last, seal(journal.last, *fields))
    if seq == journal.seq + 1:
        journal.seq, journal.last, journal.counts["city"] = seq, e.hash, count
    return Delivery(
        seq,
        f"law.city.{journal.node}.enforcement.{kind.rpartition('.')[2]}",
        "city",
        journal.node,
        journal.service,
        kind.rpartition(".")[2],
        headers_of(replace(e, at=micros(at(WHEN))), TRACE) | {"yifa-at": str(e.at)},
        e.data,
    )


@pytest.mark.parametrize(
    ("count", "when"), [(2**62, None), (0, 253_402_300_800_000_000), (0, -62_135_596_800_000_001)]
)
async def test_numbers_that_cannot_be_are_refused_though_sealed(
    office: Office, count: int, when: int | None
) -> None:
    await filed(office, "C-1")

    await office.take(crafted(office.journal(ENVIRONMENT, "enforcement"), count=count, when=when))
    await filed(office, "C-2", URBAN)

    assert await findings(office) == ["IMPOSSIBLE"]
    assert office.running.parked() == 1


@pytest.mark.parametrize("seq", [2**63 - 1, 2**62, FAR * 2])
async def test_a_jump_that_cannot_be_silences_nobody(office: Office, seq: int) -> None:
    await filed(office, "C-1")

    await office.take(crafted(office.journal(ENVIRONMENT, "enforcement"), seq=seq))
    await filed(office, "C-2")

    assert await findings(office) == ["IMPOSSIBLE"]
    assert office.running.parked() == 1


async def test_a_jump_that_can_be_silences_nobody(office: Office) -> None:
    """Within what a reader might have missed: what comes after it is late, and taken in."""
    await filed(office, "C-1")

    await office.take(crafted(office.journal(ENVIRONMENT, "enforcement"), seq=1000))
    await filed(office, "C-2")
    await filed(office, "C-3")

    assert await findings(office) == ["FORK", "LATE"] or await findings(office) == ["LATE"]


async def test_a_forged_event_is_not_acted_on(office: Office) -> None:
    """Its hash is not the hash of its content. The genuine one is taken in when it comes."""
    await filed(office, "C-1")
    case = new_case("C-2")
    genuine = office.told(case, "CaseFiled", WHEN)
    case.party.name = "另一当事人"
    forged = replace(genuine, data=enforcement.CaseFiled(case=case).SerializeToString(deterministic=True))

    await office.take(forged)
    assert await findings(office) == ["FORGED"]
    assert [c.case_id for c in (await office.call("ListCases", LIST)).cases] == ["C-1"]
    await office.take(genuine)

    assert (await office.case("C-2")).case.party.name != "另一当事人"
    assert await findings(office) == ["FORGED"]
    assert office.running.parked() == 1


async def test_missing_and_late_are_told_apart(office: Office) -> None:
    await filed(office, "C-1")
    missing = office.told(new_case("C-2"), "CaseFiled", WHEN)
    await filed(office, "C-3")
    assert await findings(office) == ["GAP"]

    await office.take(missing)

    assert (await office.case("C-2")).case.case_id == "C-2"
    assert await findings(office) == ["GAP", "LATE"]


async def test_what_comes_again_is_dropped(office: Office) -> None:
    told = [office.told(new_case(f"C-{n}"), "CaseFiled", WHEN) for n in range(6)]
    await office.take(*told)
    before = (await office.call("GetOverview", OVERVIEW)).events

    await office.take(*told, *told[2:4], told[0])
    await filed(office, "C-9")

    assert (await office.call("GetOverview", OVERVIEW)).events == before + 1
    assert await findings(office) == []


@pytest.mark.parametrize("back", [1, 3, 6])
async def test_a_node_that_was_set_back_is_heard_at_once(office: Office, back: int) -> None:
    """It loses its newest entries and gives their numbers to others: nothing of either is lost."""
    journal = office.journal(ENVIRONMENT, "enforcement")
    kept = [office.told(new_case(f"C-{n}"), "CaseFiled", WHEN) for n in range(4)]
    snapshot = copy.deepcopy(journal)
    lost = [office.told(new_case(f"L-{n}"), "CaseFiled", WHEN) for n in range(back)]
    await office.take(*kept, *lost)

    office.journals[ENVIRONMENT, "enforcement"] = snapshot
    second = [office.told(new_case(f"S-{n}"), "CaseFiled", WHEN) for n in range(8)]
    await office.take(*kept, second[0])
    assert await findings(office) == ["FORK"]
    for one in second[1:]:
        await office.take(one)

    for n in range(8):
        assert (await office.case(f"S-{n}")).case.case_id == f"S-{n}"
    assert await findings(office) == ["FORK"]
    [warning] = await office.warnings(rule_id="CHAIN")
    assert warning.node == ENVIRONMENT
    assert "5" in warning.detail_zh and str(4 + back) in warning.detail_zh


async def test_a_node_that_runs_twice_is_heard_whole(office: Office) -> None:
    """Two copies write in turn; each time the bus brings all of one of them again before what is new."""
    common = [office.told(new_case(f"C-{n}"), "CaseFiled", WHEN) for n in range(3)]
    await office.take(*common)
    first = office.journal(ENVIRONMENT, "enforcement")
    copies = {"A": (first, list(common)), "B": (copy.deepcopy(first), list(common))}

    for n in range(5):
        for name, (journal, told) in copies.items():
            office.journals[ENVIRONMENT, "enforcement"] = journal
            told.append(office.told(new_case(f"{name}-{n}"), "CaseFiled", WHEN))
            await office.take(*told)

    for name in copies:
        for n in range(5):
            assert (await office.case(f"{name}-{n}")).case.case_id == f"{name}-{n}"
    assert set(await findings(office)) == {"FORK"}
    assert len(await office.warnings(rule_id="CHAIN")) == 1
    assert (await office.call("GetOverview", OVERVIEW)).events - len(await findings(office)) <= 3 + 10 + 2


async def test_second_history_survives_a_restart(tmp_path: Path) -> None:
    """What was heard is known after a restart too."""
    async with running_office(tmp_path) as office:
        told = [office.told(new_case(f"C-{n}"), "CaseFiled", WHEN) for n in range(3)]
        journals = office.journals
        await office.take(*told)
        heard = (await office.call("GetOverview", OVERVIEW)).events
    async with running_office(tmp_path) as office:
        office.journals = journals
        await office.take(*told)
        await filed(office, "C-9")
        assert (await office.call("GetOverview", OVERVIEW)).events == heard + 1
        assert await findings(office) == []


async def test_a_flood_of_refused_events_delays_nobody(office: Office) -> None:
    """A department speaks of another's case four hundred times; a genuine case of a third comes in the midst of it."""
    await filed(office, "C-1", URBAN)
    stolen = new_case("C-1", URBAN)
    journal = office.journal(ENVIRONMENT, "enforcement")
    flood = []
    for _ in range(400):
        stolen.version += 1
        flood.append(journal.entry(enforcement.CaseFiled(case=stolen), at(WHEN), "C-1"))
    genuine = office.told(new_case("C-2", URBAN), "CaseFiled", WHEN)

    began = time.perf_counter()
    for some in (flood[:200], [*flood[200:], genuine]):
        await office.running.reactor.take("law.>", Batch(some))
    took = time.perf_counter() - began

    assert (await office.case("C-2")).case.case_id == "C-2"
    assert (await office.case("C-1")).case.party.name == new_case("C-1", URBAN).party.name
    assert office.running.parked() == 400
    assert took < 30, "each was tried again and again"


async def test_a_body_that_is_none_sets_only_its_sender_apart(office: Office) -> None:
    """The events of others in the same batch are still taken in together, and not each in a transaction of its own."""
    bad = crafted(office.journal(ENVIRONMENT, "enforcement"), data=b"\xff\xff\xff")
    genuine = [office.told(new_case(f"C-{n}", URBAN), "CaseFiled", WHEN) for n in range(20)]
    before = office.running.writer.batches

    await office.take(*genuine[:10], bad, *genuine[10:])

    assert office.running.writer.batches - before < len(genuine)
    assert office.running.parked() == 1
    assert (await office.case("C-19")).case.case_id == "C-19"


async def test_a_parked_event_is_not_replaced_by_another_with_its_id(office: Office) -> None:
    await filed(office, "C-1", URBAN)
    stolen = new_case("C-1", URBAN)
    stolen.version = 9
    first = office.journal(ENVIRONMENT, "enforcement").entry(enforcement.CaseFiled(case=stolen), at(WHEN))
    await office.take(first)
    again = office.journal(ENVIRONMENT, "enforcement").entry(enforcement.CaseFiled(case=stolen), at(WHEN))

    await office.take(with_headers(again, **{"ce-id": first.headers["ce-id"]}))

    assert office.running.parked() == 2


def test_two_reactions_to_one_event_are_refused() -> None:
    def one(event: Any, tx: Any, about: Any) -> None: ...

    def other(event: Any, tx: Any, about: Any) -> None: ...

    with pytest.raises(ValueError, match=r"CaseFiled.*one.*other"):
        reactions({enforcement.CaseFiled: one}, {enforcement.CaseFiled: other})


async def test_what_an_earlier_contract_did_not_know_is_taken_in_once_a_later_one_does(
    office: Office,
) -> None:
    """A department was updated before the city: nothing of what it told then is lost, and nobody has to see to it."""
    journal = office.journal(ENVIRONMENT, "enforcement")
    later = "yifa.enforcement.v1.ToldLater"
    unknown = crafted(journal, data=b"", kind=later)

    await office.take(unknown)
    await filed(office, "C-2")
    [row] = office.running.rows(select(office.running.kit.parked))
    assert row.error.startswith("Unfit(") and later in row.error
    await office.running.reactor.fitting()
    assert office.running.parked() == 1, "this contract knows it no more than before"

    of_home(options_pb2.HOME_ANY, "ToldLater")
    message_class.cache_clear()
    await office.running.reactor.fitting()
    await office.take(unknown)

    assert office.running.parked() == 0
    kept = office.running.rows(select(Received.type).where(Received.type == later))
    assert len(kept) == 1


OVERVIEW = overviews.GetOverviewRequest()
LIST = views.ListCasesRequest()


def of_home(home: int, name: str = "") -> type[Any]:
    """A message of an event that only nodes of one kind may send."""
    name = name or f"Told{home}"
    file = descriptor_pb2.FileDescriptorProto(
        name=f"yifa/testing/v1/{name}.proto", package="yifa.enforcement.v1", syntax="proto3"
    )
    file.dependency.append("yifa/law/v1/options.proto")
    message = file.message_type.add(name=name)
    message.options.Extensions[options_pb2.event].home = home  # type: ignore[index]
    pool = descriptor_pool.Default()
    try:
        kind = pool.FindMessageTypeByName(f"yifa.enforcement.v1.{name}")
    except KeyError:
        pool.Add(file)
        kind = pool.FindMessageTypeByName(f"yifa.enforcement.v1.{name}")
    found: type[Any] = message_factory.GetMessageClass(kind)
    return found


@pytest.mark.parametrize(
    ("home", "node", "good"),
    [
        (options_pb2.HOME_CITY, ENVIRONMENT, False),
        (options_pb2.HOME_CITY, "city", True),
        (options_pb2.HOME_DEPARTMENT, ENVIRONMENT, True),
        (options_pb2.HOME_DEPARTMENT, "city", False),
        (options_pb2.HOME_ANY, "city", True),
        (options_pb2.HOME_ANY, ENVIRONMENT, True),
    ],
)
async def test_an_event_from_a_node_that_may_not_send_it_is_forged(
    office: Office, home: int, node: str, good: bool
) -> None:
    """It is parked at once, and stays refused when it is tried again; its journal goes on."""
    journal = office.journal(node, "enforcement")
    told = journal.entry(of_home(home)(), at(WHEN), "X-1")

    await office.take(told)
    if node == ENVIRONMENT:
        await filed(office, "C-2")

    assert await findings(office) == ([] if good else ["FORGED"])
    assert office.running.parked() == (0 if good else 1)
    if not good:
        node, rows = office.node, office.running.kit.parked
        desk = Desk(node.settings, node.services, node.progress, node.started, node.condition)
        [row] = office.running.rows(select(rows))
        assert row.error == "forged: this service of this node may not send it" and row.tries == 0
        request = parked.RetryParkedRequest(service="supervision", event_id=row.event_id)
        with pytest.raises(Stale, match="never reacted to"):
            await desk.RetryParked(request, office.running.system)


@pytest.mark.parametrize(
    ("service", "good"), [("enforcement", True), ("registry", False), ("notifications", False)]
)
async def test_an_event_from_a_service_that_does_not_tell_such_is_forged(
    office: Office, service: str, good: bool
) -> None:
    """A case is told by the service that keeps cases, whatever else a node may sign."""
    journal = office.journal(ENVIRONMENT, service)

    await office.take(journal.entry(enforcement.CaseFiled(case=new_case("C-1")), at(WHEN), "C-1"))

    assert await findings(office) == ([] if good else ["FORGED"])
    assert office.running.parked() == (0 if good else 1)
    assert len(office.running.rows(select(CaseView.case_id))) == (1 if good else 0)


async def test_findings_that_cannot_be_kept_hold_up_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the finding itself cannot be written down, the reader goes on, and its position is kept."""

    def fails(_tx: Any, _broken: Any) -> None:
        raise RuntimeError("no room for findings")

    monkeypatch.setattr(office.running.reactor, "on_broken", fails)
    bad = office.told(new_case("C-1"), "CaseFiled", WHEN)
    await office.take(with_headers(bad, traceparent="1"))
    await filed(office, "C-2", URBAN)

    position = office.running.kit.position
    [row] = office.running.rows(select(position).where(position.c.source == "law.>"))
    assert office.running.parked() == 1 and row.position > 0


@pytest.mark.parametrize(
    "place",
    [
        "",
        "1",
        "1.2.3.4",
        "1.x.1.1.1",
        "1.-1.1.1.1",
        f"1.{10**40}.1.1.1",
        f"1.{'9' * 5000}.1.1.1",
        "1.1.1.1.1.1",
    ],
)
def test_a_place_that_is_none_ends_no_reader(place: str) -> None:
    """The hub chooses the subject in which a message says its place."""
    assert place_of(f"$JS.ACK.ALL.me.{place}", "ALL", "me") is None
    assert place_of("$JS.ACK.ALL.me.1.7.8.9.10", "ALL", "me") == (7, 8, 10)
