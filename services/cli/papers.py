"""Papers of a case or another record: what there is, and the file of one, issued if need be."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import grpc
from rich.console import Console
from rich.table import Table
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc
from yifa.enforcement.v1 import paper_pb2 as pb

from services.kit.dial import channel
from services.node.failure import Failure
from services.node.plan import Plan, Site

# Longer than the node waits for a paper that is being set.
FILE_SECONDS = 40
PAGE = 500
# How the ids of records with papers begin.
IDS = ("C-", "M-", "F-", "I-", "A-", "Q-", "Z-", "PM-")


async def papers(plan: Plan, case: str) -> pb.ListPapersResponse:
    """The papers of a case, or of what stands beside one, and what can be issued now.

    Raises Failure for one that is not known, AioRpcError.
    """
    site, record_id = await find(plan, case)
    async with channel(plan.target(site.id)) as there:
        stub = rpc.EnforcementServiceStub(there)
        return await stub.ListPapers(pb.ListPapersRequest(**naming(record_id)), metadata=clerk(plan, site))


async def fetch(plan: Plan, case: str, kind: str, into: Path) -> Path:
    """Issue a paper, or find the one that says the same, and write its file. Raises Failure, AioRpcError for a refusal."""
    site, record_id = await find(plan, case)
    async with channel(plan.target(site.id)) as there:
        stub, metadata = rpc.EnforcementServiceStub(there), clerk(plan, site)
        asked = pb.IssuePaperRequest(request_id=uuid4().hex, kind=kind, **naming(record_id))
        paper = (await stub.IssuePaper(asked, metadata=metadata)).paper
        request = pb.GetPaperRequest(paper_id=paper.paper_id)
        parts = [p.data async for p in stub.GetPaper(request, metadata=metadata, timeout=FILE_SECONDS)]
    file = into / f"{paper.number or paper.paper_id[:16]} {paper.title_zh}.pdf" if into.is_dir() else into
    file.write_bytes(b"".join(parts))
    return file


async def find(plan: Plan, case: str) -> tuple[Site, str]:
    """The department of a record, and its id: a case by its id or number, another by its id. Raises Failure."""
    for site in plan.departments:
        async with channel(plan.target(site.id)) as there:
            stub = rpc.EnforcementServiceStub(there)
            if (case_id := await known(stub, clerk(plan, site), case)) is not None:
                return site, case_id
    raise Failure(
        f"no department knows {case}; give the number of a case, or an id (C-…, M-…, F-…, I-…, A-…, Q-…, Z-…, PM-…)"
    )


async def known(stub: Any, metadata: Any, case: str) -> str | None:
    """The id of a record of one department; None where it has none of that id or number."""
    if case.startswith(IDS):
        try:
            await stub.ListPapers(pb.ListPapersRequest(**naming(case)), metadata=metadata)
            return case
        except grpc.aio.AioRpcError as no:
            if no.code() == grpc.StatusCode.NOT_FOUND:
                return None
            raise
    token = ""
    while True:
        asked = cases.ListCasesRequest(page_size=PAGE, page_token=token)
        page = await stub.ListCases(asked, metadata=metadata)
        for each in page.cases:
            if case in (each.case_number, each.decision.document_number):
                return str(each.case_id)
        if not (token := page.next_page_token):
            return None


def naming(record_id: str) -> dict[str, str]:
    """A record as requests about papers name it: a case, or another."""
    return {"case_id" if record_id.startswith("C-") else "record_id": record_id}


def clerk(plan: Plan, site: Site) -> tuple[tuple[str, str]]:
    """Call metadata of a clerk of a department."""
    return (("authorization", f"Bearer {plan.token(f'{site.id}-clerk', site.id, 'CLERK')}"),)


def print_papers(out: Console, found: pb.ListPapersResponse) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("文书\npaper", "名称\ntitle", "文号\nnumber", "核验值\nhash"):
        table.add_column(heading)
    for paper in found.papers:
        table.add_row(paper.kind, paper.title_zh, paper.number, paper.paper_id[:16])
    issued = {paper.kind for paper in found.papers}
    for form in found.forms:
        if form.kind not in issued:
            table.add_row(form.kind, form.title_zh, "", "可制作 may be issued", style="dim")
    out.print(table)
