"""What the tests of papers do: issue, read and check one, and cases that have come to every paper."""

import asyncio
import io
from typing import Any

import grpc
import pikepdf
import pypdf
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import paper_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.given.case import WAIVER
from services.given.say import Who
from services.kit.access import mint
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, HEAD, NODE, REVIEWER, START, WINDOW_END, Dossier, fine


def naming(record_id: str) -> dict[str, str]:
    """A record as requests about papers name it: a case, or another."""
    return {"case_id" if record_id.startswith("C-") else "record_id": record_id}


async def issue(d: Department, record_id: str, kind: str, by: Who = CLERK) -> pb.Paper:
    """Issue a paper; a node that has just begun is asked again."""
    async with asyncio.timeout(30):
        while True:
            try:
                return (await d.do("IssuePaper", by, kind=kind, **naming(record_id))).paper
            except grpc.aio.AioRpcError as no:
                if no.code() is not grpc.StatusCode.UNAVAILABLE:
                    raise
                assert read_refusal(no).reason == "PAPERS_NOT_READY"
            await asyncio.sleep(0.05)


async def papers(d: Department, record_id: str) -> pb.ListPapersResponse:
    return await d.do("ListPapers", HEAD, **naming(record_id))


async def fetched(d: Department, paper_id: str, by: Who = HEAD) -> bytes:
    """The file of a paper, as the stream brings it; one that is still being set is asked for again."""
    async with asyncio.timeout(120):
        while True:
            try:
                return await streamed(d, paper_id, by)
            except grpc.aio.AioRpcError as no:
                if no.code() is not grpc.StatusCode.UNAVAILABLE:
                    raise
                assert read_refusal(no).reason == "PAPERS_NOT_READY"


async def streamed(d: Department, paper_id: str, by: Who) -> bytes:
    token = mint((d.folder / "token.key").read_bytes(), by[0], NODE, by[1:])
    call = d.stub.GetPaper(
        pb.GetPaperRequest(paper_id=paper_id), metadata=(("authorization", f"Bearer {token}"),), timeout=60
    )
    parts = [part async for part in call]
    assert parts[0].paper.paper_id == paper_id and not any(p.HasField("paper") for p in parts[1:])
    return b"".join(part.data for part in parts)


def text_of(content: bytes) -> str:
    """The text of a file, without blanks and breaks."""
    read = pypdf.PdfReader(io.BytesIO(content))
    return "".join("".join(page.extract_text() for page in read.pages).split())


def archival(content: bytes, paper: pb.Paper) -> str:
    """The text of a file that is PDF/A-2a and PDF/UA-1, and bears number and hash of its paper."""
    with pikepdf.open(io.BytesIO(content)) as file:
        told = file.open_metadata()
        assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("2", "A", "1")
        assert file.Root.MarkInfo.Marked and str(file.Root.Lang) == "zh-CN"
    text = text_of(content)
    assert "核验值" + paper.paper_id[:8] in text, paper.kind
    assert paper.number.replace(" ", "") in text, paper.kind
    return text


async def said(d: Department, record_id: str, kind: str, by: Who = CLERK) -> str:
    return text_of(await fetched(d, (await issue(d, record_id, kind, by)).paper_id))


async def check(d: Department, paper: pb.Paper, by: Who = ("anybody", "PUBLIC"), **other: str) -> Any:
    asked = {"number": paper.number, "hash": paper.paper_id, "check": paper.check} | other
    return await d.do("CheckPaper", by, **asked)


async def heard(d: Department, **more: Any) -> Dossier:
    """A case with statement, hearing and recheck, decided by the heads together."""
    dossier = await d.noticed(fine(150_000), **more)
    lost = await d.evidence(dossier, **WAIVER | {"title": "派出所查询证明"})
    dossier.lost = lost.evidence.evidence_id  # type: ignore[attr-defined]
    await d.act("RecordStatement", dossier)
    await d.do("RequestHearing", CLERK, case_id=dossier.case_id)
    d.now = WINDOW_END + 10 * DAY
    await d.hold(dossier, record="示例听证记录")
    await d.act("RecheckDefence", dossier)
    await d.reviewed_again(dossier)
    members = ["head-1", "head-2"]
    await d.decide(dossier, discussion="示例集体讨论", discussion_members=members)
    return dossier


async def closed(d: Department) -> Dossier:
    """The same, announced, paid and closed."""
    dossier = await heard(d)
    said = {"cause": "受送达人下落不明", "address": "本机关公告栏", "whereabouts": dossier.lost}  # type: ignore[attr-defined]
    await d.do("AnnounceService", CLERK, case_id=dossier.case_id, **said)
    await d.serve(dossier)
    await d.do("PublishDecision", CLERK, case_id=dossier.case_id, address="门户网站")
    await d.do("FileMajorPenalty", HEAD, case_id=dossier.case_id)
    slip = {
        "field": "notice.facts",
        "before": "事实",
        "after": "违法事实",
        "reason": "笔误",
        "proof": "现场笔录",
    }
    asked = (await d.do("CorrectRecord", CLERK, case_id=dossier.case_id, **slip)).correction
    said = {"correction_id": asked.correction_id, "approved": True, "opinion": "同意更正"}
    await d.do("DecideCorrection", HEAD, case_id=dossier.case_id, **said)
    await d.pay(dossier, 150_000)
    d.now += 3 * DAY
    await d.do("CloseCase", HEAD, case_id=dossier.case_id, report="执行完毕")
    return dossier


async def every_case(d: Department) -> list[str]:
    """Cases that together have come to every paper of a case alone."""
    whole, waived = await closed(d), await d.noticed()
    await d.act("WaiveDefence", waived)
    declined, ended, sent = await d.clue(), await d.filed(), await d.filed()
    await d.do("DeclineClue", HEAD, case_id=declined.case_id, cause="违法事实不成立")
    await d.do("TerminateCase", HEAD, case_id=ended.case_id, cause="当事人死亡")
    there = await d.body(node="chengguan")
    await d.do("TransferCase", HEAD, case_id=sent.case_id, body_id=there, cause="不属于本机关管辖")
    spot = (await d.spot()).case.case_id
    found = (whole, waived, declined, ended, sent, await let_go(d), await annulled(d))
    return [*(dossier.case_id for dossier in found), spot]


async def annulled(d: Department) -> Dossier:
    """A case whose decision the agency annulled itself."""
    d.now = START
    dossier = await d.served()
    found = {"kind": cases.OUTCOME_KIND_ANNULLED, "ground": cases.OWN_ERROR_GROUND_FACTS}
    said = found | {"reason": "主要证据系复印件，无法核对。", "proof": "案卷评查记录"}
    reply = await d.do("ProposeOwnCorrection", REVIEWER, case_id=dossier.case_id, **said)
    own = {"correction_id": reply.own_correction.correction_id, "approved": True, "opinion": "同意纠正"}
    await d.do("DecideOwnCorrection", HEAD, case_id=dossier.case_id, **own)
    return dossier


async def let_go(d: Department) -> Dossier:
    """A case that ends without a penalty."""
    dossier = await d.investigating()
    evidence = (await d.evidence(dossier)).evidence.evidence_id
    said = penalties.NoPenalty(
        ground=penalties.NO_PENALTY_GROUND_MINOR, reasons="违法行为轻微，当日改正，没有造成危害后果。",
        evidence_ids=[evidence], education="当场教育并发放普法材料",
    )  # fmt: skip
    await d.do("SubmitReport", dossier.who, case_id=dossier.case_id, report="调查终结报告", no_penalty=said)
    await d.do("DecideNoPenalty", HEAD, case_id=dossier.case_id)
    return dossier
