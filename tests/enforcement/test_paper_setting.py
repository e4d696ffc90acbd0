"""How papers are set: a city's own templates and numbers, a typesetter that hangs, a node that is killed."""

import asyncio
import io
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import grpc
import pytest
import pytest_asyncio
import typst
import zxingcpp
from PIL import Image
from sqlalchemy import select
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc
from yifa.enforcement.v1 import paper_pb2 as pb

from services.enforcement.paper.model import CasePaper
from services.kit.access import mint
from services.kit.dial import Target, channel
from services.kit.paper import typesetter
from services.kit.paper.link import link_of
from services.kit.paper.typesetter import Manuscript, NotSet, Typesetter
from services.law.numbering import check_character
from services.node.answering import serves
from services.node.callers import ask
from tests.cable import free_port
from tests.enforcement.department import Department
from tests.enforcement.papers import check, fetched, issue, text_of
from tests.enforcement.samples import CLERK, NODE, START
from tests.layers import layer_file
from tests.trust import trusted

OWN = """#import "paper.typ": *
#show: form.with(title: [本市自定审批表])
#rows(..wide([自定栏], of("party", "name")))
"""
BROKEN = '#import "paper.typ": *\n#show: form\n#nonsense("x")\n'


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def city_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Department]:
    """A department of a city with numbers and templates of its own, one of which is wrong."""
    d = Department(tmp_path_factory.mktemp("own"))
    layer = layer_file(d.folder, "example-city")
    text = layer.read_text("utf-8")
    own = {
        'region = ""': 'region = "粤江"',
        'number = "{body}{word}〔{year}〕{number}号"': 'number = "{region}{body}{word}字〔{year}〕第{number}-{check}号"',
        'decision = "决"': 'decision = "罚决"',
    }
    for plain, said in own.items():
        assert text.count(plain) == 1
        text = text.replace(plain, said)
    layer.write_text(text)
    settings = (d.folder / "node.toml").read_text("utf-8")
    settings = settings.replace('"example-city", ', f'"{layer.name}", ')
    (d.folder / "node.toml").write_text(
        settings + '[papers]\ntemplates = "own"\npublic = "https://fa.example.invalid/"\n'
    )
    (d.folder / "own").mkdir()
    (d.folder / "own" / "filing.typ").write_text(OWN)
    (d.folder / "own" / "site_record.typ").write_text(BROKEN)
    await d.start()
    await d.benchmark()
    yield d
    await d.stop()


async def test_a_city_sets_papers_by_its_own_templates_file_by_file(city_of_its_own: Department) -> None:
    d = city_of_its_own
    dossier = await d.investigating()

    own = text_of(await fetched(d, (await issue(d, dossier.case_id, "filing")).paper_id))
    other = text_of(await fetched(d, (await issue(d, dossier.case_id, "interview_record")).paper_id))

    assert "本市自定审批表" in own and (await d.case(dossier.case_id)).party.name in own
    assert "询问笔录" in other


async def test_a_template_that_is_wrong_is_left_out(city_of_its_own: Department) -> None:
    dossier = await city_of_its_own.investigating()

    paper = await issue(city_of_its_own, dossier.case_id, "site_record")

    assert "现场检查（勘验）笔录" in text_of(await fetched(city_of_its_own, paper.paper_id))


async def test_documents_are_numbered_as_the_city_says(city_of_its_own: Department) -> None:
    d = city_of_its_own
    d.now = START
    dossier = await d.decided()
    case = await d.case(dossier.case_id)

    paper = await issue(d, dossier.case_id, "decision")

    plain = "粤江示罚罚决字〔2026〕第1-号"
    assert (
        paper.number
        == f"粤江示罚罚决字〔2026〕第1-{check_character(plain)}号"
        == case.decision.document_number
    )
    assert case.case_number.startswith("粤江示罚立字〔2026〕第1-")
    assert (await check(d, paper)).verdict == pb.PAPER_VERDICT_GENUINE


async def test_the_code_leads_to_the_page_that_checks_the_paper(city_of_its_own: Department) -> None:
    d = city_of_its_own
    dossier = await d.investigating()
    paper = await issue(d, dossier.case_id, "preservation_notice")
    await fetched(d, paper.paper_id)
    [row] = d.running.rows(
        select(CasePaper.paper_id, CasePaper.number).where(CasePaper.paper_id == paper.paper_id)
    )
    link = link_of(d.running.settings, row)

    qr = json.loads(replace(manuscript(""), link=link).line())["qr"]
    drawn = b'#set page(width: 40mm, height: 40mm, margin: 5mm)\n#image(bytes(sys.inputs.qr), format: "svg", width: 22mm)'
    picture = typst.compile(drawn, format="png", ppi=400, sys_inputs={"qr": qr})

    image = Image.open(io.BytesIO(picture)).convert("L")
    [code] = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    address = urlsplit(code.text)
    assert f"{address.scheme}://{address.netloc}{address.path}" == (
        f"https://fa.example.invalid/p/{NODE}/{paper.paper_id}"
    )
    assert parse_qs(address.query) == {"n": [paper.number], "c": [paper.check]}


def manuscript(text: str) -> Manuscript:
    data = (
        '{"paper":{"kind":"filing","title":"示例","number":"","day":""},"body":{"name":""},"case_number":""}'
    )
    return Manuscript({"filing.typ": text}, "filing.typ", data.encode(), "0" * 64, "-", 0)


async def test_a_paper_that_takes_too_long_is_given_up_and_the_next_is_set() -> None:
    good = manuscript('#set document(title: "示例")\n#set text(lang: "zh")\n= 示例')

    async with aclosing(Typesetter()) as setter:
        with pytest.raises(NotSet, match="longer than 2 seconds"):
            await setter.set(manuscript("#for a in range(100000) { for b in range(100000) { } }"), longest=2)
        with pytest.raises(NotSet, match="unknown variable"):
            await setter.set(manuscript("#nonsense"))
        first, again = await setter.set(good), await setter.set(good)

    assert first == again and first.startswith(b"%PDF"), "the same record gives the same file"


@pytest.mark.parametrize("how", ["closed", "killed"])
async def test_nothing_that_was_set_stays_behind(how: str) -> None:
    """Also where who had it set is killed: the process ends with its input."""
    setter = Typesetter()
    await setter.set(manuscript('#set document(title: "示例")\n= 示例'))
    room, process = Path(setter.room), setter.process
    assert [*room.iterdir()] and process is not None and process.stdin is not None

    if how == "killed":
        process.stdin.close()  # as the system closes it
        await asyncio.wait_for(process.wait(), 10)
    else:
        await setter.aclose()

    assert not room.exists()


async def test_a_template_reads_nothing_but_its_own_folder() -> None:
    async with aclosing(Typesetter()) as setter:
        with pytest.raises(NotSet):
            await setter.set(manuscript('#set document(title: "x")\n= #read("/../../../../../etc/hostname")'))


async def test_without_a_chinese_font_the_answer_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetter, "FACES", {role: ("No Such Face",) for role in typesetter.FACES})

    async with aclosing(Typesetter()) as setter:
        with pytest.raises(NotSet, match="no Chinese font is installed: install one"):
            await setter.set(manuscript("= 示例"))


class Process:
    """A department's enforcement service as a process of its own."""

    def __init__(self, department: Department) -> None:
        self.department, self.port = department, free_port()
        settings = department.folder / "node.toml"
        settings.write_text(settings.read_text() + f'[grpc]\nlisten = "127.0.0.1:{self.port}"\n')

    @property
    def target(self) -> Target:
        return trusted(self.department.folder, NODE, self.port)

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "services.enforcement", str(self.department.folder / "node.toml"),
            env={**os.environ, "PYTHONPATH": ".:proto/gen"},
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        async with asyncio.timeout(60):
            while not await serves(self.target):
                await asyncio.sleep(0.05)
        self.department.channel = channel(self.target)
        self.department.stub = rpc.EnforcementServiceStub(self.department.channel)

    async def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()
        await self.department.channel.close()


async def test_killed_while_papers_are_issued_and_set(tmp_path: Path) -> None:
    """No number is lost or given twice, and every paper that was issued is set after the restart."""
    d = Department(tmp_path)
    await d.start()
    body = await d.body()
    dossiers = [await d.investigating(body_id=body) for _ in range(14)]
    await d.stop()
    process = Process(d)
    await process.start()
    acknowledged: dict[str, pb.Paper] = {}
    key = (d.folder / "token.key").read_bytes()
    metadata = (("authorization", f"Bearer {mint(key, CLERK[0], NODE, CLERK[1:])}"),)

    def asked(case_id: str) -> pb.IssuePaperRequest:
        return pb.IssuePaperRequest(request_id=f"r-{case_id}", case_id=case_id, kind="preservation_notice")

    async def tried(case_id: str) -> None:
        try:
            acknowledged[case_id] = (
                await d.stub.IssuePaper(asked(case_id), metadata=metadata, timeout=10)
            ).paper
        except (grpc.aio.AioRpcError, asyncio.CancelledError):
            return  # the process is gone, and the library ends the call either way

    await ask(d.stub.IssuePaper, asked(dossiers[0].case_id), metadata)
    writing = [asyncio.create_task(tried(each.case_id)) for each in dossiers]
    while len(acknowledged) < 4:
        await asyncio.sleep(0.001)
    await process.kill()
    await asyncio.gather(*writing)
    before = dict(acknowledged)
    await process.start()
    try:
        after = {
            c: (await ask(d.stub.IssuePaper, asked(c), metadata)).paper for c in (x.case_id for x in dossiers)
        }
        files = [await fetched(d, paper.paper_id) for paper in after.values()]
    finally:
        await process.kill()

    assert 4 <= len(before) <= 14
    assert all(after[case_id] == paper for case_id, paper in before.items()), "what was issued stays"
    assert {p.number for p in after.values()} == {f"示罚存〔2026〕{n}号" for n in range(1, 15)}
    assert all(content.startswith(b"%PDF") for content in files)
