"""Who complained is sealed: it stands nowhere, and is told to who was named, with each look an event (CITY-ERS 2(8), 6(6))."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import select
from yifa.supervision.v1 import complaint_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import watch_pb2 as watching

from services.kit.telemetry import Telemetry
from tests.supervision.complaints import (
    ABOUT,
    CITIZEN,
    HEAD,
    MINOR,
    OFFICER,
    REPORTER,
    SECOND,
    SECRETS,
    Desk,
    ready,
)
from tests.supervision.office import Office, running_office

LOOK: dict[str, Any] = {"reason": "向投诉举报人核实票据"}
WITNESS = (*SECRETS, "citizen:诸葛实名")


def kept(folder: Path) -> bytes:
    """All that lies in the folder of a node, but for the keys."""
    return b"".join(f.read_bytes() for f in folder.rglob("*") if f.is_file() and f.suffix != ".key")


def told_in(content: bytes) -> list[str]:
    return [secret for secret in WITNESS if secret.encode() in content]


def keys(office: Office) -> list[Path]:
    return sorted(f for f in (office.folder / "seal").rglob("*.key") if f.stem != "requests")


async def test_who_complained_stands_nowhere(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """Not in a database, an event, a kept reply, a log or a trace; nor in what anybody reads."""
    caplog.set_level(logging.DEBUG, logger="services")
    spans = InMemorySpanExporter()
    office.running.telemetry = Telemetry("city", "supervision", exporter=spans, share=1.0)
    desk = await ready(office)
    asked: dict[str, Any] = {"request_id": "r-once", "reporter": REPORTER, "minor": MINOR}

    filed = await desk.file(**asked)
    again = await desk.file(**asked)
    key = {"complaint_id": filed.complaint.complaint_id}
    seen = await desk.say(OFFICER, "UnsealReporter", request_id="u-once", **LOOK, **key)
    same = await desk.say(OFFICER, "UnsealReporter", request_id="u-once", **LOOK, **key)
    for wrong in ({"text": f"我是{REPORTER['name']}"}, {"about": ABOUT | {"act": REPORTER["phone"]}}):
        said = {"source": 1, "about": ABOUT, "text": "罚款", "reporter": REPORTER, **wrong}
        assert (await desk.refused(CITIZEN, "FileComplaint", **said))[0] == {"SEALED_IN_CLEAR"}
    long = {**REPORTER, "name": REPORTER["name"] * 99}
    malformed, _ = await desk.refused(
        CITIZEN, "FileComplaint", source=1, about=ABOUT, text="罚款", reporter=long
    )
    assert malformed == {"MALFORMED"}
    reads = [
        await desk.say(OFFICER, "GetComplaint", **key),
        await desk.say(OFFICER, "ListComplaints"),
        await desk.say(CITIZEN, "CheckComplaint", receipt=filed.receipt.code, **key),
        *office.emitted(),
    ]
    await office.echo()
    async with asyncio.timeout(10):
        async for message in office.stub.Watch(
            watching.WatchRequest(after_position=0), metadata=desk.token(OFFICER)
        ):
            reads.append(message)
            if message.entry.type.endswith("ComplaintUnsealed"):
                break

    assert filed == again
    assert seen == same
    assert (seen.reporter.name, seen.minor.school) == (REPORTER["name"], MINOR["school"])
    assert seen.complaint.minor
    assert len(office.emitted(events.ComplaintUnsealed)) == 1
    assert told_in(kept(office.folder)) == []
    assert told_in(b"".join(r.SerializeToString() for r in reads)) == []
    assert told_in(caplog.text.encode()) == []
    traced = "".join(span.to_json(indent=None) for span in spans.get_finished_spans())
    assert (
        "FileComplaint" in traced
        and told_in(traced.encode().decode("unicode_escape").encode("utf-8", "ignore")) == []
    )
    assert all(secret.encode("unicode_escape").decode() not in traced for secret in WITNESS)


async def test_a_look_says_who_and_why_and_only_who_was_named_may(office: Office) -> None:
    desk = await ready(office)
    complaint = (await desk.file()).complaint
    key = {"complaint_id": complaint.complaint_id}

    by_head, _ = await desk.refused(HEAD, "UnsealReporter", **LOOK, **key)
    why, _ = await desk.refused(OFFICER, "UnsealReporter", reason="  ", **key)
    public, _ = await desk.refused(CITIZEN, "UnsealReporter", **LOOK, **key)
    await desk.say(SECOND, "UnsealReporter", **LOOK, **key)

    assert (by_head, why, public) == ({"NOT_NAMED"}, {"MALFORMED"}, {"ROLE_REQUIRED"})
    [event] = office.emitted(events.ComplaintUnsealed)
    [look] = event.complaint.unsealings
    assert (look.person, look.reason) == (SECOND, LOOK["reason"])


async def test_a_complaint_by_name_waits_until_somebody_is_named(office: Office) -> None:
    """INFORMER_CONFIDENTIALITY: what nobody could open is not taken; who gives no name is heard."""
    desk = Desk(office)
    await desk.body()

    refused, _ = await desk.refused(
        CITIZEN, "FileComplaint", source=1, about=ABOUT, text="罚款", reporter=REPORTER
    )
    await desk.file(reporter=None)
    by_officer, _ = await desk.refused(OFFICER, "NameUnsealer", person=OFFICER, reason="自荐")

    assert refused == {"INFORMER_CONFIDENTIALITY"} and by_officer == {"ROLE_REQUIRED"}
    assert told_in(kept(office.folder)) == []


async def test_who_is_named_later_can_open_what_was_sealed_before_and_who_is_dismissed_nothing(
    office: Office,
) -> None:
    desk = await ready(office)
    key = {"complaint_id": (await desk.file()).complaint.complaint_id}
    await desk.name(HEAD)
    assert (await desk.say(HEAD, "UnsealReporter", **LOOK, **key)).reporter.phone == REPORTER["phone"]

    for person in (HEAD, SECOND):
        await desk.say(HEAD, "DismissUnsealer", person=person, reason="轮岗")

    assert (await desk.refused(SECOND, "UnsealReporter", **LOOK, **key))[0] == {"NOT_NAMED"}
    assert (await desk.refused(HEAD, "DismissUnsealer", person=SECOND, reason="轮岗"))[0] == {"NOT_FOUND"}
    assert (await desk.refused(HEAD, "DismissUnsealer", person=OFFICER, reason="轮岗"))[0] == {
        "LAST_TO_UNSEAL"
    }
    assert len(keys(office)) == 1
    await desk.say(OFFICER, "UnsealReporter", **LOOK, **key)


async def test_a_key_is_changed_and_the_old_one_opens_nothing(office: Office) -> None:
    desk = await ready(office)
    key = {"complaint_id": (await desk.file()).complaint.complaint_id}
    before = {file: file.read_bytes() for file in keys(office)}

    await desk.name(OFFICER)

    assert len(keys(office)) == 2 and set(keys(office)) != set(before)
    assert all(oct(file.stat().st_mode)[-3:] == "600" for file in keys(office))
    await desk.say(OFFICER, "UnsealReporter", **LOOK, **key)
    [changed] = set(keys(office)) - set(before)
    [old] = set(before) - set(keys(office))
    changed.write_bytes(before[old])
    assert (await desk.refused(OFFICER, "UnsealReporter", **LOOK, **key))[0] == {"SEAL_KEY_LOST"}
    assert len(office.emitted(events.ComplaintUnsealed)) == 1


async def test_a_lost_key_is_made_good_by_somebody_elses_and_all_lost_is_lost(office: Office) -> None:
    desk = await ready(office)
    key = {"complaint_id": (await desk.file()).complaint.complaint_id}

    async def with_keys() -> dict[str, bool]:
        return {u.person: u.has_key for u in (await desk.say(OFFICER, "ListUnsealers")).unsealers}

    first = keys(office)[0]
    first.unlink()
    [lost] = [person for person, has in (await with_keys()).items() if not has]
    assert (await desk.refused(lost, "UnsealReporter", **LOOK, **key))[0] == {"SEAL_KEY_LOST"}
    await desk.name(lost)
    assert (await desk.say(lost, "UnsealReporter", **LOOK, **key)).reporter.name == REPORTER["name"]

    for file in keys(office):
        file.unlink()
    # nobody could open what comes now, and nobody is told that the sealed one lies safe
    refused, _ = await desk.refused(
        CITIZEN, "FileComplaint", source=1, about=ABOUT, text="罚款", reporter=REPORTER
    )
    stuck, _ = await desk.refused(
        OFFICER, "RegisterComplaint", number="1", matter=pb.COMPLAINT_MATTER_ENFORCEMENT,
        remedy=pb.COMPLAINT_REMEDY_NONE, **key,
    )  # fmt: skip
    await desk.name(OFFICER)

    assert refused == stuck == {"INFORMER_CONFIDENTIALITY"}
    assert (await desk.refused(OFFICER, "UnsealReporter", **LOOK, **key))[0] == {"SEAL_KEY_LOST"}
    await desk.say(OFFICER, "UnsealReporter", complaint_id=(await desk.file()).complaint.complaint_id, **LOOK)


async def test_the_content_of_a_box_passes_for_that_of_no_other(office: Office) -> None:
    """Whoever writes to the database cannot put one person in the place of another."""
    desk = await ready(office)
    one, other = [(await desk.file()).complaint for _ in range(2)]
    sealed, keys_ = office.running.kit.sealed, office.running.kit.sealed_key
    [of_one], [of_other] = one.seal_ids, other.seal_ids
    with office.running.engine.begin() as connection:
        box = connection.execute(select(sealed.c.box).where(sealed.c.seal_id == of_one)).scalar_one()
        key = connection.execute(
            select(keys_.c.wrapped).where(keys_.c.key == f"{of_one}/{OFFICER}")
        ).scalar_one()
        connection.execute(sealed.update().where(sealed.c.seal_id == of_other).values(box=box))
        connection.execute(keys_.update().where(keys_.c.key == f"{of_other}/{OFFICER}").values(wrapped=key))

    refused, _ = await desk.refused(OFFICER, "UnsealReporter", complaint_id=other.complaint_id, **LOOK)

    assert refused == {"SEAL_KEY_LOST"}


async def test_another_content_under_a_request_id_is_known_without_the_identity(office: Office) -> None:
    """What tells one request from another counts the sealed part under a key: it cannot be guessed from the database."""
    desk = await ready(office)
    await desk.file(request_id="r-once")

    refused, _ = await desk.refused(
        CITIZEN, "FileComplaint", request_id="r-once", source=1, about=ABOUT,
        text="执法人员当场收缴罚款，没有出具票据。", reporter={**REPORTER, "name": "别人"},
    )  # fmt: skip

    assert refused == {"REQUEST_ID_REUSED"}


async def test_a_key_that_is_nobodys_is_swept_away_at_the_next_start(tmp_path: Path) -> None:
    """What a crash between the key and its commit leaves behind."""
    async with running_office(tmp_path) as office:
        desk = await ready(office)
        key = {"complaint_id": (await desk.file()).complaint.complaint_id}
        stray = office.running.around.keys.make()
        assert stray in {file.stem for file in keys(office)}

    async with running_office(tmp_path) as office:
        assert stray not in {file.stem for file in keys(office)} and len(keys(office)) == 2
        seen = await Desk(office).say(OFFICER, "UnsealReporter", request_id="r-look", **LOOK, **key)
        assert seen.reporter.name == REPORTER["name"]
