"""Evidence weighed: facts rest on what was verified, and on nothing that was got unlawfully (APL 46(2), (3))."""

from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import evidence_mark_pb2 as marks
from yifa.enforcement.v1 import evidence_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties

from tests.enforcement.department import Department
from tests.enforcement.papers import said
from tests.enforcement.samples import HEAD, REVIEWER, Dossier, Who, fine
from tests.enforcement.stages_told import named, new_record, report, stages_of
from tests.enforcement.test_lenience import lenience
from tests.enforcement.test_no_penalty import ground, propose

VERIFIED, ASIDE = marks.EVIDENCE_VERDICT_VERIFIED, marks.EVIDENCE_VERDICT_NOT_RELIED
EXCLUDED, MEANS = marks.EVIDENCE_VERDICT_EXCLUDED, pb.EXCLUSION_GROUND_UNLAWFUL_MEANS
TRUE, RESTS = "APL-2021:46(2)", "APL-2021:46(2);APL-2021:46(3);APL-2021:40"


async def collected(d: Department, dossier: Dossier, **more: Any) -> str:
    """The id of a piece that nobody verified yet."""
    return (await d.evidence(dossier, verified="", **more)).evidence.evidence_id


async def verify(
    d: Department, dossier: Dossier, evidence_id: str, *, relied: bool = True, **more: Any
) -> Any:
    asked = {"case_id": dossier.case_id, "evidence_id": evidence_id, "relied": relied, "how": "与原件核对"}
    return await d.do("VerifyEvidence", dossier.who, **(asked | more))


async def exclude(
    d: Department, dossier: Dossier, evidence_id: str, by: Who | None = None, **more: Any
) -> Any:
    asked = {
        "case_id": dossier.case_id,
        "evidence_id": evidence_id,
        "ground": MEANS,
        "reason": "以欺骗手段取得",
    }
    return await d.do("ExcludeEvidence", by or dossier.who, **(asked | more))


async def test_no_report_and_no_decision_rests_on_what_was_not_verified(department: Department) -> None:
    dossier = await department.investigating()
    piece = await collected(department, dossier, title="票据")

    async with department.refused("EVIDENCE_NOT_VERIFIED", "EVIDENCE_NOT_EXAMINED", law=RESTS) as told:
        await department.report(dossier, fine(30_000))
    await verify(department, dossier, piece, relied=False)
    async with department.refused("EVIDENCE_NOT_VERIFIED", law=RESTS):
        await department.report(dossier, fine(30_000))
    found = (await verify(department, dossier, piece)).evidence
    await department.report(dossier, fine(30_000))
    for act in ("SubmitForReview", "ConcludeReview"):
        await department.act(act, dossier)
    await department.notice(dossier)
    later = await collected(department, dossier, title="当事人提交的合同")
    await department.act("WaiveDefence", dossier)
    async with department.refused("EVIDENCE_NOT_EXAMINED", law=TRUE):
        await department.decide(dossier)
    await verify(department, dossier, later)
    await department.decide(dossier)

    assert told.metadata["evidence"] == "1"
    assert (found.verification.verdict, found.verification.verifier) == (VERIFIED, dossier.ids[0])
    listed = (await department.do("ListEvidence", HEAD, case_id=dossier.case_id)).evidence
    assert listed[0] == found
    assert department.names(dossier.case_id).count("EvidenceVerified") == 3


async def test_what_was_got_unlawfully_is_left_out(department: Department) -> None:
    """By who handles the case, the reviewer or a head; nothing rests on it, and no paper lists it."""
    dossier = await department.noticed()
    [kept] = (await department.do("ListEvidence", HEAD, case_id=dossier.case_id)).evidence
    taken = await collected(department, dossier, title="偷录的谈话")
    await department.act("WaiveDefence", dossier)

    left_out = (await exclude(department, dossier, taken, REVIEWER)).evidence
    for again in (exclude, verify):
        async with department.refused("EVIDENCE_EXCLUDED", law="APL-2021:46(3)"):
            await again(department, dossier, taken)
    await exclude(department, dossier, kept.evidence_id, HEAD)
    waiver = next(m for m in (await department.case(dossier.case_id)).evidence_marks if m.verdict == VERIFIED)
    await exclude(department, dossier, waiver.evidence_id)
    async with department.refused("EVIDENCE_NOT_VERIFIED", law=RESTS):
        await department.decide(dossier)
    found = await collected(department, dossier, title="订货单")
    await verify(department, dossier, found)
    decided = (await department.decide(dossier)).case

    assert (left_out.exclusion.decider, left_out.exclusion.ground) == (REVIEWER[0], MEANS)
    assert [m.verdict for m in decided.evidence_marks] == [EXCLUDED] * 3 + [VERIFIED]
    text = await said(department, dossier.case_id, "decision")
    assert "订货单" in text and "偷录的谈话" not in text and f"{kept.title}（勘验" not in text


async def test_what_is_named_as_proof_was_verified_and_not_excluded(department: Department) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)
    open_, out = await collected(department, dossier), await collected(department, dossier)
    await exclude(department, dossier, out)

    for piece in (open_, out):
        async with department.refused("LENIENCE_NOT_PROVED", more=True):
            await department.report(dossier, fine(30_000, lenience=lenience(evidence_ids=[piece])))
        async with department.refused("NO_PENALTY_NOT_PROVED", more=True):
            await propose(department, dossier, ground("MINOR", evidence_ids=[piece]))
    async with department.refused("EVIDENCE_NOT_EXAMINED", law=TRUE):
        await propose(department, dossier, penalties.NoPenalty(ground=1, reasons="违法事实不能成立"))
    await verify(department, dossier, open_)
    await propose(department, dossier, ground("MINOR", evidence_ids=[open_]))


@pytest.mark.parametrize(
    ("act", "lacking", "reason"),
    [
        (verify, {"how": " "}, "VERIFICATION_NOT_SHOWN"),
        (exclude, {"ground": 0}, "EXCLUSION_NOT_GROUNDED"),
        (exclude, {"reason": " "}, "EXCLUSION_NOT_GROUNDED"),
    ],
)
async def test_who_weighs_evidence_says_how_and_why(
    department: Department, act: Any, lacking: dict[str, Any], reason: str
) -> None:
    dossier = await department.investigating()
    piece = await collected(department, dossier)

    async with department.refused(reason):
        await act(department, dossier, piece, **lacking)


async def test_evidence_of_another_case_is_not_weighed_in_this_one(department: Department) -> None:
    dossier, other = await department.investigating(), await department.investigating()
    piece = await collected(department, other)

    for act in (verify, exclude):
        for named_ in (piece, "E-nowhere"):
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await act(department, dossier, named_)
            assert caught.value.code() is grpc.StatusCode.NOT_FOUND


async def test_another_system_tells_what_was_verified_and_excluded_in_any_order(
    department: Department,
) -> None:
    """A piece is named by the stage that told of it; what was said of it before it came holds of it."""
    case = new_record("ordinary")
    case.body_id = (await department.investigating()).body_id
    told = [s for s in stages_of(case) if s.WhichOneof("act") in ("record_evidence", "submit_report")]
    first, second = [s for s in told if s.WhichOneof("act") == "record_evidence"][:2]
    ended = named(told, "submit_report")
    weighed = []
    for stage, name in ((first, "verify_evidence"), (second, "exclude_evidence")):
        stage.record_evidence.verified = ""
        of_it = type(stage)()
        of_it.CopyFrom(stage)
        of_it.stage_id = f"{name}-{stage.stage_id}"
        of_it.act_time.seconds += 60
        asked = getattr(of_it, name)
        asked.evidence_id = stage.stage_id
        if name == "verify_evidence":
            asked.relied, asked.how = True, "与原件核对"
        else:
            asked.ground, asked.reason = MEANS, "以欺骗手段取得"
        weighed.append(of_it)

    unweighed = await report(department, first, second, ended)
    standing = await report(department, *weighed)
    other = new_record("ordinary")
    other.body_id = case.body_id
    for n, stage in enumerate(again := [*weighed, first, second, ended]):
        stage.source_case = "先报查证的案卷"
        assert n < len(again)
    backwards = await report(department, *again)

    assert {"EVIDENCE_NOT_VERIFIED", "EVIDENCE_NOT_EXAMINED"} <= {b.reason for b in unweighed.breaches}
    for each in (standing, backwards):
        assert not {"EVIDENCE_NOT_VERIFIED", "EVIDENCE_NOT_EXAMINED"} & {b.reason for b in each.breaches}
        pieces = (await department.do("ListEvidence", HEAD, case_id=each.case_id)).evidence
        assert [p.verification.how for p in pieces if p.HasField("verification")] == ["与原件核对"]
        assert [p.exclusion.ground for p in pieces if p.HasField("exclusion")] == [MEANS]
        assert sorted(m.verdict for m in (await department.case(each.case_id)).evidence_marks) == [
            VERIFIED,
            EXCLUDED,
        ]
