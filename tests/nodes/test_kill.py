"""A department's process is killed -9 in the middle of its work."""

import asyncio
import os
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import timestamp_pb2
from nats.aio.client import Client
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import clue_pb2 as pb
from yifa.enforcement.v1 import file_pb2 as files
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import publication_pb2 as publications
from yifa.enforcement.v1 import referral_pb2 as referrals
from yifa.registry.v1.certificate_pb2 import CERTIFICATE_STATE_REVOKED
from yifa.supervision.v1 import complaint_pb2 as pb_complaint
from yifa.supervision.v1.accountability_pb2 import Accountability
from yifa.supervision.v1.suggestion_pb2 import Suggestion

from services.given import (
    accountability,
    compensation,
    complaint,
    major_decision,
    normative_document,
    suggestion,
)
from services.given.case import band, heads_known, spot_decision, violation
from services.given.file import CHUNK, hand_in, parts, upload_of
from services.given.inspection import act
from services.given.people import CITIZEN, CLERK, HEAD, OVERSIGHT, credit_code
from services.given.say import patient
from services.kit.bus import connect
from services.kit.desk import envelope
from services.kit.dial import context
from services.kit.journal import verify
from tests.browser.site import browsing, config_of, serving
from tests.city import City, rid
from tests.database import asked, copied, opened, verified
from tests.nodes.conftest import NODE, Process
from tests.nodes.test_inspections import Town

REPORTER = {"name": "欧阳密封", "phone": "13900010002", "address": "示例市无人知晓路七号"}
MINOR = {"name": "诸葛小密", "school": "示例市第九小学"}
SPOT_FINES = benchmarks.Benchmark(
    code="1-1", statute="示例法", violation="示例违法行为", bands=[band("5", 0, 5_000)]
)


async def hub_sequences(city: City) -> list[int]:
    """The journal sequences of the department's enforcement that the hub's stream ALL has, in its order."""
    seed = (city.plan.keys / "hub" / "admin.nk").read_text().strip()
    nc: Client = await connect(
        f"tls://{city.plan.hub}", nkey_seed=seed, name="test", tls=context(city.plan.trust("hub"))
    )
    subscription = await nc.jetstream().subscribe(
        f"law.*.{NODE}.enforcement.>", stream="ALL", ordered_consumer=True
    )
    found: list[int] = []
    try:
        while True:
            message = await subscription.next_msg(timeout=0.5)
            found.append(int(message.headers["yifa-seq"]))
    except TimeoutError:
        return found
    finally:
        await nc.close()


async def test_killed_in_the_middle_of_200_writes(apart: tuple[City, Process]) -> None:
    """Every acknowledged write is there, every event is at the hub once and in order, the chain verifies."""
    city, process = apart
    body = await city.body(NODE)
    stub, unit = city.stub(NODE, "enforcement"), city.as_(NODE, "unit-1", "UNIT_HEAD")
    requests = [clue(body.body_id, n) for n in range(200)]
    await city.eventually(lambda: stub.RegisterClue(requests[0], metadata=unit))
    acknowledged: dict[str, str] = {}

    async def write(request: pb.RegisterClueRequest) -> None:
        try:
            reply = await stub.RegisterClue(request, metadata=unit, timeout=10)
            acknowledged[request.request_id] = reply.case.case_id
        except grpc.aio.AioRpcError:
            return

    writing = [asyncio.create_task(write(request)) for request in requests[1:]]
    while len(acknowledged) < 40:
        await asyncio.sleep(0.001)
    await process.kill()
    await asyncio.gather(*writing)
    killed_with = dict(acknowledged)
    await process.start()
    again = await asyncio.gather(*(stub.RegisterClue(r, metadata=unit, timeout=10) for r in requests))

    assert 40 <= len(killed_with) < 200
    by_request = {r.request_id: reply.case.case_id for r, reply in zip(requests, again, strict=True)}
    assert killed_with.items() <= by_request.items(), (
        "an acknowledged write is the same write after the restart"
    )
    assert len(set(by_request.values())) == 200
    entries = [envelope(e) for e in await city.journal(NODE, "enforcement")]
    assert sorted(e.request_id for e in entries if e.type.endswith("ClueRegistered")) == sorted(by_request)
    read, faults = verify(entries)
    assert read == len(entries) and not faults
    wanted = [e.seq for e in entries]
    await city.eventually(lambda: hub_sequences(city), lambda found: found == wanted)


async def test_killed_in_the_middle_of_an_upload(apart: tuple[City, Process], tmp_path: Path) -> None:
    """Nothing half is to be seen; the upload goes on where it stopped, also when only its last word was missing."""
    city, process = apart
    body = await city.body(NODE)
    unit, clerk = city.as_(NODE, "unit-1", "UNIT_HEAD"), city.as_(NODE, "clerk-1", "CLERK")
    register = clue(body.body_id, 1)
    stub = city.stub(NODE, "enforcement")
    case_id = (await city.eventually(lambda: stub.RegisterClue(register, metadata=unit))).case.case_id
    film = tmp_path / "film.mp4"
    film.write_bytes(os.urandom(6 * CHUNK))
    taken = timestamp_pb2.Timestamp()
    taken.GetCurrentTime()
    upload = upload_of(case_id, film, taken, media_type="video/mp4")
    asked = files.GetUploadRequest(case_id=case_id, sha256=upload.sha256, size=upload.size)
    kept = [0]

    for until in (3, 6):
        call = stub.UploadFile(metadata=clerk)
        messages = parts(upload, film, kept[-1])
        for _ in range(until - kept[-1] // CHUNK + 1):
            await call.write(await anext(messages))
        come = partial(stub.GetUpload, asked, metadata=clerk)
        await city.eventually(come, lambda reply, to=until: reply.offset == to * CHUNK)
        await process.kill()
        call.cancel()
        await process.start()
        kept.append((await city.eventually(come)).offset)
        listed = await stub.ListFiles(files.ListFilesRequest(case_id=case_id), metadata=clerk)
        assert not listed.files, "a file is there when it is whole"

    file = await hand_in(stub, lambda: clerk, upload, film)
    wanted = files.DownloadFileRequest(case_id=case_id, file_id=file.file_id)
    got = b"".join([r.chunk async for r in stub.DownloadFile(wanted, metadata=clerk)])
    assert kept == [0, 3 * CHUNK, 6 * CHUNK] and got == film.read_bytes()


async def test_killed_between_the_versions_of_a_benchmark(apart: tuple[City, Process]) -> None:
    """Every item has all its versions after the restart, the newest as the one that is listed."""
    city, process = apart
    stub, head = city.stub(NODE, "enforcement"), city.as_(NODE, "head-1", "AGENCY_HEAD")
    items = [[version(n, number) for number in (1, 2, 3)] for n in range(40)]
    done: list[int] = []

    async def publish(versions: list[benchmarks.PublishBenchmarkRequest]) -> None:
        for request in versions:
            done.append((await stub.PublishBenchmark(request, metadata=head, timeout=10)).benchmark.version)

    await city.eventually(lambda: stub.PublishBenchmark(items[0][0], metadata=head))
    writing = [asyncio.create_task(publish(versions)) for versions in items]
    while len(done) < 50:
        await asyncio.sleep(0.001)
    await process.kill()
    cut = len(done)
    await asyncio.gather(*writing, return_exceptions=True)
    await process.start()
    await asyncio.gather(*(publish(versions) for versions in items))

    assert cut < 120
    listed = benchmarks.ListBenchmarksRequest(statute="中断测试法", page_size=500)
    newest = (await stub.ListBenchmarks(listed, metadata=head)).benchmarks
    assert len(newest) == 40 and {each.version for each in newest} == {3}
    kept = asked(city.plan.var / NODE / "enforcement.db", "SELECT benchmark_id, record FROM benchmarkversion")
    versions = Counter(key for key, _ in kept if key.startswith("中断测试法"))
    assert set(versions.values()) == {3} and len(versions) == 40
    assert all(each.SerializeToString() in {record for _, record in kept} for each in newest)


async def test_killed_while_crimes_are_flagged(apart: tuple[City, Process]) -> None:
    """What runs beside a case is as safe as the case: flagged once, known at the city, and the case waits for it."""
    city, process = apart
    body = await city.body(NODE)
    stub, unit = city.stub(NODE, "enforcement"), city.as_(NODE, "unit-1", "UNIT_HEAD")
    first = clue(body.body_id, 0)
    await city.eventually(lambda: stub.RegisterClue(first, metadata=unit))
    made = [await stub.RegisterClue(clue(body.body_id, n), metadata=unit) for n in range(60)]
    requests = [
        referrals.FlagCrimeRequest(request_id=rid(), case_id=reply.case.case_id, suspicion="涉嫌犯罪")
        for reply in made
    ]
    acknowledged: dict[str, str] = {}

    async def write(request: referrals.FlagCrimeRequest) -> None:
        try:
            reply = await stub.FlagCrime(request, metadata=unit, timeout=10)
            acknowledged[request.request_id] = reply.referral.referral_id
        except grpc.aio.AioRpcError:
            return

    writing = [asyncio.create_task(write(request)) for request in requests]
    while len(acknowledged) < 10:
        await asyncio.sleep(0.001)
    await process.kill()
    await asyncio.gather(*writing)
    killed_with = dict(acknowledged)
    await process.start()
    again = await asyncio.gather(*(stub.FlagCrime(r, metadata=unit, timeout=10) for r in requests))

    by_request = {r.request_id: reply.referral.referral_id for r, reply in zip(requests, again, strict=True)}
    assert killed_with.items() <= by_request.items()
    assert len(set(by_request.values())) == 60
    flagged = [
        envelope(e) for e in await city.journal(NODE, "enforcement") if e.type.endswith("CrimeFlagged")
    ]
    assert sorted(e.request_id for e in flagged) == sorted(by_request)
    head = city.as_(NODE, "head-1", "AGENCY_HEAD")
    for reply in made[:3]:
        with pytest.raises(grpc.aio.AioRpcError, match="suspected crime"):
            asked = pb.DeclineClueRequest(request_id=rid(), case_id=reply.case.case_id, cause="不予立案")
            await stub.DeclineClue(asked, metadata=head)


async def test_what_was_public_is_public_after_a_kill(apart: tuple[City, Process]) -> None:
    """Right after the act is acknowledged the process dies; what the public finds is what it was told then."""
    city, process = apart
    body = await city.body(NODE)
    ids = [(await city.certified(body))[0].officer_id for _ in range(2)]
    firm = parties.Party(
        kind=parties.PARTY_KIND_ORGANISATION, name="示例被公开企业", identity_number="914407000000000016"
    )

    await city.work(NODE)("PublishBenchmark", HEAD, benchmark=SPOT_FINES)

    async def decided() -> cases.Case:
        made: cases.Case = (await spot_decision(city.work(NODE), body.body_id, ids, party=firm)).case
        return made

    case = await city.eventually(decided)
    published = await city.work(NODE)("PublishDecision", CLERK, case_id=case.case_id, address="门户网站")
    await process.kill()
    await process.start()

    asked = publications.ListPublishedDecisionsRequest(document_number=case.decision.document_number)
    stub, anybody = city.stub(NODE, "enforcement"), city.as_(NODE, "anybody", "PUBLIC")
    found = await stub.ListPublishedDecisions(asked, metadata=anybody)

    assert list(found.decisions) == [published.case.publication.decision]


async def test_a_form_a_fine_and_a_correction_that_waits_outlive_a_kill(apart: tuple[City, Process]) -> None:
    """Decided, and a correction proposed, while the process dies: what was acknowledged is there, once, and goes on."""
    city, process = apart
    body, heads = await city.headed(NODE)
    ids = [(await city.certified(body))[0].officer_id for _ in range(2)]
    work = city.work(NODE)
    await work("PublishBenchmark", HEAD, benchmark=SPOT_FINES)
    act = violation(law="示例法第一条", place="示列路1号")
    firms = [
        parties.Party(
            kind=parties.PARTY_KIND_ORGANISATION,
            name=f"被罚企业{n}",
            identity_number=credit_code(7000 + n, "91"),
        )
        for n in range(20)
    ]

    async def decided(n: int) -> cases.Case:
        said = {"party": firms[n], "violation": act, "form_number": f"中断{n}号"}
        made: cases.Case = (await spot_decision(work, body.body_id, ids, **said)).case
        return made

    await city.eventually(partial(decided, 0))
    made: dict[int, cases.Case] = {}
    slips: dict[int, cases.RecordCorrection] = {}
    slip = {
        "field": "violation.place",
        "before": "示列路1号",
        "after": "示例路1号",
        "reason": "笔误",
        "proof": "笔录",
    }

    async def go(n: int) -> None:
        with suppress(grpc.aio.AioRpcError):
            made[n] = await decided(n)
            slips[n] = (await work("CorrectRecord", CLERK, case_id=made[n].case_id, **slip)).correction

    going = [asyncio.create_task(go(n)) for n in range(1, 20)]
    while len(slips) < 3:
        await asyncio.sleep(0.001)
    await process.kill()
    await asyncio.gather(*going)
    await process.start()

    for n in made:
        with city.refused("SAME_ACT_TWICE") as told:
            await decided(n)
        assert "FORM_NUMBER_USED" in told.violations
    chief = (heads[0], "AGENCY_HEAD")
    for n, waiting in slips.items():
        await heads_known(work, made[n].case_id, chief[0])
        done = await work(
            "DecideCorrection", chief, case_id=made[n].case_id, correction_id=waiting.correction_id, approved=True, opinion="同意"
        )  # fmt: skip
        assert done.case.violation.place == "示例路1号" and len(done.case.corrections) == 1


async def test_verify_names_a_changed_entry(apart: tuple[City, Process], tmp_path: Path) -> None:
    """The chain is checked offline, on a copy of the database in which one entry was changed."""
    city, _ = apart
    await city.body(NODE)
    source = city.plan.var / "city" / "registry.db"
    copy = tmp_path / "city" / "registry.db"
    copy.parent.mkdir()
    copied(source, copy)
    assert not verified(copy).faults
    with opened(copy) as b:
        b.execute("UPDATE journal SET actor = 'nobody' WHERE seq = 1")

    faults = verified(copy).faults

    assert [f.seq for f in faults] == [1]


def version(n: int, number: int) -> benchmarks.PublishBenchmarkRequest:
    band = benchmarks.Band(
        code="1", standard="处罚款", min_fine={"fen": number}, max_fine={"fen": 100 * number}
    )
    item = benchmarks.Benchmark(
        code=str(n), statute="中断测试法", violation="示例", version=number, bands=[band]
    )
    return benchmarks.PublishBenchmarkRequest(request_id=rid(), benchmark=item)


def clue(body_id: str, n: int) -> pb.RegisterClueRequest:
    return pb.RegisterClueRequest(
        request_id=rid(),
        body_id=body_id,
        source=cases.CLUE_SOURCE_MONITORING,
        summary=f"线索{n}",
        party=parties.Party(
            kind=parties.PARTY_KIND_CITIZEN, name="示例当事人", identity_number="440700198001010013"
        ),
        violation=penalties.Violation(title="示例违法行为"),
    )


async def test_a_code_comes_once_though_the_department_dies_while_it_waits(
    apart: tuple[City, Process],
) -> None:
    """Killed when it had asked, and again when it had its code: one code, and the inspection goes on with it."""
    city, process = apart
    town = Town(city)
    visit = await town.visit(NODE)
    await town.approved(visit)
    await act(town.do(visit), "RequestInspectionCode", visit)
    await process.kill()
    await process.start()
    first = await town.answered(visit)
    await process.kill()
    await process.start()

    for rpc in ("NoticeInspection", "CheckIn", "RecordInspection"):
        await act(town.do(visit), rpc, visit)

    again = await town.answered(visit)
    assert first.code.code and again.code == first.code
    issued = [e for e in await city.journal("city", "supervision") if e.subject_id == visit.inspection_id]
    assert [e.type.rpartition(".")[2] for e in issued] == ["InspectionCodeIssued"]


async def disqualified(say: Any, body_id: str, officer_id: str) -> Accountability:
    """A decision that takes an officer's qualification, served; the officer spoke before the office."""
    matter = await accountability.register(say, body_id, officer_id)
    key = {"accountability_id": matter.accountability_id}
    for rpc in accountability.STEPS:
        now = datetime.now(UTC)
        if rpc == "HearAccountability":
            minutes = {"write_time": now, "text": "没有意见", "signed": True}
            said = {"minutes": minutes, "recheck_opinion": "无新的事实"}
            await say("city", "supervision", rpc, OVERSIGHT, **key, **said)
        else:
            matter = await accountability.handle(say, key["accountability_id"], rpc, "DISQUALIFY", now)
    return matter


async def answered_for(say: Any, officer: Any, now: datetime) -> tuple[str, str, Suggestion]:
    """A major decision that an officer drafted and is to answer for, costs of compensation that it has to bear, a suggestion."""
    drafters = (officer.officer_id,)
    decided = await major_decision.secret(say, "示例：中断前的决策", now.year, drafters=drafters)
    made = await suggestion.register(say, officer.body_id, datetime.now(UTC), number="示例中断前的建议")
    claimed = await compensated(say, officer)
    await major_decision.pursue(say, decided.decision_id, officer.officer_id, officer.body_id)
    return str(decided.decision_id), claimed, made


async def compensated(say: Any, officer: Any) -> str:
    """A claim of compensation that was paid, and an officer who was ordered to bear a part of it."""
    now = datetime.now(UTC)
    claim = await compensation.register(say, officer.body_id, now, demands="示例：中断前的赔偿")
    for rpc in list(compensation.STEPS)[:-1]:
        await compensation.handle(say, claim.compensation_id, rpc, datetime.now(UTC))
    borne = {
        "document": "示例追偿决定",
        "officer_id": officer.officer_id,
        "fault": "COMPENSATION_FAULT_INTENT",
        "fen": 1_000,
    }
    await compensation.handle(say, claim.compensation_id, "RecoverCompensation", datetime.now(UTC), **borne)
    return str(claim.compensation_id)


async def check_recourse(city: City, say: Any, compensation_id: str, person: str) -> None:
    """Who has to bear costs is pursued though the city died as soon as that was ordered, once, and the claim is kept."""
    matters = partial(say, "city", "supervision", "ListAccountabilities", OVERSIGHT, page_size=500)
    found = await city.eventually(
        matters, lambda reply: any(m.source.source_id == compensation_id for m in reply.accountabilities)
    )
    its = [m for m in found.accountabilities if m.source.source_id == compensation_id]
    kept = await say("city", "supervision", "GetCompensation", OVERSIGHT, compensation_id=compensation_id)
    assert [m.officer_id for m in its] == [person]
    assert (kept.compensation.paid_fen, len(kept.compensation.recourses)) == (510_000, 1)


async def check_answers(city: City, say: Any, begun: tuple[str, str, Suggestion], person: str) -> None:
    """Who answers for a decision is found, and is pursued though the city died as soon as that was said, once."""
    decision_id, compensation_id, made = begun
    matters = partial(say, "city", "supervision", "ListAccountabilities", OVERSIGHT, page_size=500)
    found = await city.eventually(
        matters, lambda reply: any(m.source.source_id == decision_id for m in reply.accountabilities)
    )
    its = [m for m in found.accountabilities if m.source.source_id == decision_id]
    parts = await say("city", "supervision", "ListDecisionResponsibilities", OVERSIGHT, person=person)
    kept = await say("city", "supervision", "GetMajorDecision", OVERSIGHT, decision_id=decision_id)
    assert [m.officer_id for m in its] == [person]
    assert [p.decision_id for p in parts.responsibilities] == [decision_id]
    assert kept.major_decision.text == major_decision.TEXT and kept.major_decision.pursuits
    await check_recourse(city, say, compensation_id, person)
    assigned = await suggestion.handle(say, made.suggestion_id, "AssignSuggestion", datetime.now(UTC))
    assert (assigned.number, assigned.version) == (made.number, made.version + 1)


async def test_who_complained_is_nowhere_and_is_told_after_the_city_was_killed(
    apart: tuple[City, Process], tmp_path: Path
) -> None:
    """Not in a file of any node but the sealed one, not on a page; and whoever was named opens it after kill -9. What was laid on
    an officer binds though the city died as soon as it was served.
    """
    city, _ = apart
    body = await city.body(NODE)
    officer, number = await city.certified(body)
    say = patient(city.say)
    await complaint.name_unsealer(say)
    await city.stop_node("city")
    process = Process(city, "city")
    await process.start()
    about = (body.body_id, body.name, "收缴罚款不开票据", "没有出具票据。", "2026-03-01")
    filed = await complaint.file_complaint(say, *about, reporter=REPORTER, minor=MINOR)
    key = {"complaint_id": filed.complaint.complaint_id}
    await complaint.handle(say, key["complaint_id"], "投诉〔2026〕1号", "AcceptComplaint")
    before = await say("city", "supervision", "UnsealReporter", OVERSIGHT, reason="核实", **key)
    now = datetime.now(UTC)
    listed = await normative_document.enter(
        say, "示例规定", "府规〔2024〕7号", now - timedelta(days=300), now + timedelta(days=300)
    )
    criteria = {"from_day": "2026-01-01", "until_day": "2026-12-31", "figure_ids": ["complaint"]}
    kept_report = await say(
        "city", "supervision", "SaveReportDefinition", OVERSIGHT, title="投诉", criteria=criteria
    )
    paths = ("/", "/complaints", f"/complaints/{key['complaint_id']}", "/warnings.csv", "/cases.csv")
    async with serving(config_of(city, tmp_path)) as console, browsing(console.url) as client:
        pages = [(await client.get(path)).raise_for_status().text for path in paths]
    served = await disqualified(say, officer.body_id, officer.officer_id)
    begun = await answered_for(say, officer, now)
    await process.kill()
    await process.start()
    after = await say("city", "supervision", "UnsealReporter", OVERSIGHT, reason="再次核实", **key)
    verify = partial(say, "city", "registry", "VerifyCertificate", CITIZEN, certificate_number=number)
    await city.eventually(verify, lambda reply: reply.certificate.state == CERTIFICATE_STATE_REVOKED)
    filed_of = partial(
        say, "city", "supervision", "GetAccountability", OVERSIGHT, accountability_id=served.accountability_id
    )
    await city.eventually(filed_of, lambda reply: reply.accountability.filed_round == 1)
    await check_answers(city, say, begun, officer.officer_id)
    in_force = await say("city", "supervision", "ListDocumentsInForce", OVERSIGHT)
    told = [e for e in await city.journal("city", "supervision") if e.subject_id == listed]
    item = {
        "code": "1",
        "statute": "示例法",
        "violation": "示例",
        "bands": [{"code": "1"}],
        "document": "府规〔2024〕7号",
    }
    published = await say(NODE, "enforcement", "PublishBenchmark", HEAD, benchmark=item)
    reports = (await say("city", "supervision", "ListReportDefinitions", OVERSIGHT)).definitions
    await process.kill()
    await city.start_node("city")

    assert kept_report.definition in reports
    assert before.reporter == after.reporter == pb_complaint.Reporter(**REPORTER)
    assert after.minor == pb_complaint.Minor(**MINOR)
    # what was listed before the city died is listed, and every department knows it, told once
    assert [d.document_id for d in in_force.documents] == [listed] and published.benchmark.document
    assert [e.type.rpartition(".")[2] for e in told] == ["NormativeDocumentEntered", "ListedDocumentTold"]
    assert "投诉〔2026〕1号" in pages[1]
    assert [look.reason for look in after.complaint.unsealings] == ["核实", "再次核实"]
    kept = [f for f in city.plan.var.rglob("*") if f.is_file() and "seal" not in f.parent.parts]
    assert len(kept) > 20 and any(f.suffix == ".blk" for f in kept) and any(f.suffix == ".log" for f in kept)
    for secret in (*REPORTER.values(), *MINOR.values()):
        assert [f for f in kept if secret.encode() in f.read_bytes()] == []
        assert not any(secret in page for page in pages)
