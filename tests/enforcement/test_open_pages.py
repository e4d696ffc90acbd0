"""The page for the public shows what the public is told of penalties, and nothing else (APL 48, 50; OGI 14, 15)."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import publication_pb2 as pb

from services.console.app import Listening
from services.console.config import ConsoleConfig, NodeTarget
from tests.browser.site import NOBODY, browsing, dead_port, foreign_words, serving
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, HEAD, NODE, Dossier, fine, serial
from tests.enforcement.test_credit_repair import DECIDED, Asked, shown
from tests.enforcement.test_publication import ADULT, CITIZEN, CODE, MINOR, decided, publish

SITE = {"address": "门户网站"}
PICTURES = os.environ.get("YIFA_PICTURES")


@pytest_asyncio.fixture(loop_scope="session")
async def console(department: Department, tmp_path: Path) -> AsyncIterator[Listening]:
    """The console of a department; the city cannot be reached."""
    with dead_port() as nowhere:
        config = ConsoleConfig(
            supervision=nowhere,
            nodes=(
                NodeTarget(NODE, "生态环境局", "Environment bureau", department.target),
                NodeTarget("elsewhere", "城市管理局", "Urban bureau", nowhere),
            ),
            port=0,
            otlp_port=None,
            spans=tmp_path / "spans.db",
            sessions=tmp_path / "sessions.db",
        )
        async with serving(config) as listening:
            yield listening


async def seen(console: Listening, path: str = "/open", language: str = "zh") -> str:
    async with browsing(console.url, language, NOBODY) as client:
        page = await client.get(path)
    assert page.status_code == 200, page.text
    return page.text


def page_of(case: cases.Case) -> str:
    return f"/open/{NODE}/{case.publication.decision.publication_id}"


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_published_decision_is_listed_found_and_read(
    department: Department, console: Listening, language: str
) -> None:
    name = f"示例企业{next(serial)}"
    case = await publish(
        department, await decided(department, f"{name}未按规定记录。", party=name, number=CODE)
    )
    number = case.decision.document_number

    listed = await seen(console, f"/open?name={quote(name)}", language)
    one = await seen(console, page_of(case), language)

    assert name in listed and number in listed and page_of(case) in listed
    assert f"{name}未按规定记录。" in one and CODE in one and "¥30,000.00" in one and "<svg" in one
    assert "/cases" not in one and case.case_id not in one, "the public sees nothing of the console"
    assert foreign_words(listed, language, (CODE, name, number)) == []
    assert name in await seen(console, f"/open?code={CODE.lower()}&number={quote(number)}", language)
    assert name not in await seen(console, "/open?name=nobody", language)
    away = "城市管理局" if language == "zh" else "Urban bureau"
    assert away in listed, "a department that cannot be asked is told"


async def test_what_is_not_public_is_nowhere(department: Department, console: Listening) -> None:
    """Withheld, a minor's, withdrawn, not published yet: neither in the list nor by address."""
    names = {what: f"示例{what}{next(serial)}" for what in ("涉密", "撤回", "未公开", "少年")}
    secret = await decided(department, party=names["涉密"])
    ground = {"ground": pb.WITHHOLD_GROUND_STATE_SECRET, "reason": "涉及国家秘密"}
    await department.do("WithholdPublication", HEAD, case_id=secret.case_id, **ground)
    lighter = fine(20_000, lenience={"degree": 1, "grounds": [1], "reasons": "已满十四周岁不满十八周岁"})
    minor = await decided(department, kind=CITIZEN, number=MINOR, party=names["少年"], proposal=lighter)
    async with department.refused("PARTY_IS_MINOR"):
        await publish(department, minor)
    await decided(department, party=names["未公开"])
    taken = await decided(department, f"{names['撤回']}超标。", party=names["撤回"])
    case = await publish(department, taken)
    assert names["撤回"] in await seen(console)
    what = {
        "kind": cases.SET_ASIDE_KIND_ANNULLED,
        "authority": "示例市人民政府",
        "document": "复议1号",
        "remedy": 1,
    }
    await department.do("RecordOutcome", CLERK, case_id=taken.case_id, **what)
    said = SITE | {"case_id": taken.case_id, "explanation": "原决定被撤销"}
    await department.do("WithdrawPublication", CLERK, **said)

    listed, gone = await seen(console), await seen(console, page_of(case))

    for page in (listed, gone, *[await seen(console, f"/open?name={quote(n)}") for n in names.values()]):
        told = page.replace(f'value="{names["涉密"]}"', "")
        for name in names.values():
            told = told.replace(f'value="{name}"', "")
            assert name not in told
    assert "原决定被撤销" in listed and "原决定被撤销" in gone and case.decision.document_number in gone
    async with browsing(console.url, who=NOBODY) as client:
        for path in (f"/open/{NODE}/D-nobody", "/open/nowhere/D-1", f"/open/{NODE}/{secret.case_id}"):
            assert (await client.get(path)).status_code == 404


async def test_a_person_is_masked_and_a_correction_replaces_what_stood_there(
    department: Department, console: Listening
) -> None:
    facts = f"欧阳示例（{ADULT}，电话13800000000）以一号配方经营。"
    dossier = await decided(
        department, facts, kind=CITIZEN, party="欧阳示例", number=ADULT, proposal=fine(20_000)
    )
    case = await publish(department, dossier)
    assert "一号配方" in await seen(console, page_of(case))
    redactions = [pb.Redaction(passage="一号配方", ground=pb.WITHHOLD_GROUND_TRADE_SECRET)]
    said = {"case_id": dossier.case_id, "reason": "隐去商业秘密", "redactions": redactions}
    await department.do("CorrectPublication", CLERK, **said)

    for page in (await seen(console), await seen(console, page_of(case))):
        assert not [hidden for hidden in (ADULT, "欧阳示例", "13800000000", "一号配方") if hidden in page]
    one = await seen(console, page_of(case))
    assert "欧阳某某" in one and "隐去商业秘密" in one and "第 2 版" in one


async def test_what_is_over_on_the_credit_websites_is_over_here(
    department: Department, console: Listening
) -> None:
    """CREDIT-2025 3, 12: after the longest display, and from the moment of the repair."""
    repaired, lasting = await shown(department), await shown(department)

    async def listed(asked: Asked) -> bool:
        case = await department.case(asked.dossier.case_id)
        return page_of(case) in await seen(console, "/open?credit=1")

    assert await listed(repaired) and await listed(lasting)
    await repaired.accepted()
    await repaired.act("GrantCreditRepair", HEAD, reasons="义务已完全履行")

    assert not await listed(repaired) and await listed(lasting)
    assert "信用公示截止" not in await seen(console, page_of(await department.case(repaired.dossier.case_id)))
    department.now = DECIDED + timedelta(days=367)
    assert not await listed(lasting)


async def test_bad_questions_are_answered(console: Listening) -> None:
    async with browsing(console.url, who=NOBODY) as client:
        answers = [
            await client.get(f"/open?{query}")
            for query in (f"node={NODE}&token=xyz", "node=nowhere", f"name={'长' * 201}")
        ]
        city = await client.get("/open/bodies")

    assert [answer.status_code for answer in answers] == [400, 404, 400]
    assert city.status_code == 503


@pytest.mark.skipif(not PICTURES, reason="pictures are taken when asked for")
async def test_pictures(department: Department, console: Listening) -> None:
    from playwright.async_api import async_playwright

    for n in range(12):
        await publish(
            department,
            await decided(
                department, "未按规定建立危险废物管理台账。", party=f"示例市{n}环保科技发展有限公司"
            ),
        )
    case: cases.Case = await publish(department, Dossier((await decided(department)).case_id, ""))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for language in ("zh", "en"):
            for name, size in {"phone": (390, 844), "desktop": (1440, 900)}.items():
                context = await browser.new_context(viewport={"width": size[0], "height": size[1]})
                await context.add_cookies([{"name": "yifa_language", "value": language, "url": console.url}])
                tab = await context.new_page()
                for what, path in {"list": "/open", "one": page_of(case)}.items():
                    await tab.goto(f"{console.url}{path}")
                    await tab.screenshot(path=f"{PICTURES}/open-{what}-{name}-{language}.png")
        await browser.close()


async def test_where_no_node_lets_anybody_in_the_page_says_so(console: Listening) -> None:
    """A node without a list, personas or a provider lets nobody in, and is no door for who asks anyway."""
    async with browsing(console.url, "en", NOBODY) as client:
        page = (await client.get("/sign-in")).text
        tried = await client.post("/sign-in/persona", data={"node": NODE, "subject": "head-1"})

    assert "No node lets anybody sign in now" in page and 'action="/sign-in/persona"' not in page
    assert tried.status_code == 403 and "let nobody sign in in this way" in tried.text
