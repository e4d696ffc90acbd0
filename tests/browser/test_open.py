"""What the city shows everybody: bodies and their powers, what is inspected, with nothing of the console around it."""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from yifa.registry.v1 import basis_pb2, power_pb2, power_transfer_pb2

from services.console.app import Listening
from services.console.pages.catalogue import PATHS
from services.given import inspection as given
from services.given.inspection import Visit
from services.given.people import HEAD, REGISTRAR
from services.given.registry import KINDS_OF_PENALTY, confirm_body
from services.given.say import patient
from services.kit.time import wall
from services.law.calendar import SHANGHAI
from tests.browser.conftest import HOSTILE, Scene
from tests.browser.site import NOBODY, browsing, foreign_words
from tests.city import City
from tests.enforcement.samples import stamp
from tests.enforcement.test_publication import CODE

NEXT = re.compile(r'href="(/open/bodies\?token=[^"]+)"')
PICTURES = os.environ.get("YIFA_PICTURES")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_bodies_and_their_powers_are_open_to_all(
    console: Listening, scene: Scene, language: str
) -> None:
    body = scene.story.body
    async with browsing(console.url, language, NOBODY) as client:
        listed = await client.get("/open/bodies")
        while body.name not in listed.text and (more := NEXT.search(listed.text)):
            listed = await client.get(unescape(more.group(1)))
        one = await client.get(f"/open/bodies/{body.body_id}")
        nobody = await client.get("/open/bodies/B-nobody")

    assert (listed.status_code, one.status_code, nobody.status_code) == (200, 200, 404)
    assert body.name in listed.text and body.unified_social_credit_code in one.text
    for page in (listed, one, nobody):
        assert 'href="/cases"' not in page.text and 'href="/nodes"' not in page.text
    data = (body.name, body.unified_social_credit_code)
    assert foreign_words(one.text, language, (*data, body.certificate_number, body.legal_basis)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_catalogue_leads_to_an_item_with_basis_steps_terms_and_supervision(
    console: Listening, listed_item: power_pb2.PowerItem, language: str
) -> None:
    """R-050, R-051, R-052, R-055."""
    item = listed_item
    async with browsing(console.url, language, NOBODY) as client:
        index = await client.get("/open/catalogue")
        systems = await client.get("/open/systems")
        body = await client.get(f"/open/bodies/{item.body_id}")
        one = await client.get(f"/open/items/{item.item_id}")
        nobody = await client.get("/open/items/P-nobody")

    found = (index, systems, body, one, nobody)
    assert [page.status_code for page in found] == [200, 200, 200, 200, 404]
    for path in set(PATHS.values()):
        assert f'href="{path}"' in index.text
    assert f'href="/open/items/{item.item_id}"' in body.text
    shown = unescape(one.text)
    for said in (item.name, item.duties, "公开目录示例局", ORDINARY[language], TERM[language]):
        assert said in shown, said
    assert 'href="/open/complaint"' in shown and FILED[language] in unescape(systems.text)
    for page in (index, systems):
        assert foreign_words(page.text, language, (HOSTILE,)) == []


ORDINARY = {"zh": "普通程序", "en": "Ordinary procedure"}
TERM = {"zh": "90日（自然日）", "en": "90 calendar days"}
FILED = {"zh": "受理许可申请", "en": "Accept the application"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def listed_item(city: City) -> power_pb2.PowerItem:
    return await published_item(city, "公开目录示例局", "公开目录示例法")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_how_a_levy_goes_and_what_it_charges_is_open_to_all(
    console: Listening, city: City, language: str
) -> None:
    """R-050, R-061."""
    item = await levied_item(city, language)
    async with browsing(console.url, language, NOBODY) as client:
        one, charges = [(await client.get(p)).text for p in (f"/open/items/{item.item_id}", "/open/charges")]

    for said in ("申报", "核定", "征收科", "按申报的数量核定", TEN_DAYS[language], item.name):
        assert said in unescape(one), said
    for page in (one, charges):
        for said in ("示例费", "每吨2元", "财政电子票据", "《公开征收示例法"):
            assert said in unescape(page), said
    assert f'href="/open/items/{item.item_id}"' in charges


TEN_DAYS = {"zh": "10个工作日", "en": "10 working days"}


async def levied_item(city: City, language: str) -> power_pb2.PowerItem:
    def practice(basis_id: str) -> dict[str, Any]:
        return {
            "steps": [{"name": "申报", "unit": "征收科"}],
            "terms": [{"name": "核定", "days": 10, "working": True}],
            "standard": "按申报的数量核定",
            "charges": [{"name": "示例费", "rate": "每吨2元", "basis_id": basis_id, "bill": "财政电子票据"}],
        }

    more = {"kind": power_pb2.POWER_KIND_LEVY, "penalty_kinds": (), "name": "示例费的征收"}
    which = {"zh": "甲", "en": "乙"}[language]
    name, title = f"公开征收示例{which}局", f"公开征收示例法（{which}）"
    return await published_item(city, name, title, practice, **more)


async def published_item(
    city: City,
    name: str,
    title: str,
    practice: Callable[[str], dict[str, Any]] | None = None,
    /,
    **more: Any,
) -> power_pb2.PowerItem:
    """An item of penalty, or as said, on the published list of a body of its own."""
    say = patient(city.say)
    body = await confirm_body(say, "huanbao", name=name)
    law = {
        "law": title,
        "article": "第三十一条",
        "level": basis_pb2.BASIS_LEVEL_LAW,
        "document_number": "示例令",
        "text": "违反本法规定的，处一万元以上十万元以下的罚款。",
        "from_time": stamp(datetime(2019, 1, 1, tzinfo=UTC)),
    }
    basis = (await say("city", "registry", "AddLegalBasis", REGISTRAR, **law)).basis
    fields = {
        "body_id": body.body_id,
        "code": "CF-OPEN",
        "name": "对公开目录示例行为的处罚",
        "kind": power_pb2.POWER_KIND_PENALTY,
        "basis_ids": [basis.basis_id],
        "level": power_pb2.POWER_LEVEL_CITY,
        "duties": "立案、调查、审核、决定、送达",
        "penalty_kinds": KINDS_OF_PENALTY[power_pb2.POWER_KIND_PENALTY],
        **more,
    }
    if practice is not None:
        fields["practice"] = practice(basis.basis_id)
    item = (await say("city", "registry", "ProposePowerItem", REGISTRAR, **fields)).item
    where = {"body_id": body.body_id, "publish_address": "市政府网站权责清单专栏"}
    await say("city", "registry", "PublishPowerList", REGISTRAR, **where)
    return item  # type: ignore[no-any-return]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_who_took_over_a_power_by_which_decision_is_open_to_all(
    console: Listening, taken_over: dict[str, Any], language: str
) -> None:
    """R-041."""
    [gone] = taken_over["items"]
    async with browsing(console.url, language, NOBODY) as client:
        pages = [
            (await client.get(path)).text
            for path in (
                f"/open/bodies/{taken_over['transfer'].from_body_id}",
                f"/open/bodies/{taken_over['transfer'].to_body_id}",
                f"/open/items/{gone.new_item_id}",
            )
        ]
        before = await client.get(f"/open/items/{gone.item_id}")

    for page in pages:
        assert "示府函〔2026〕公开划1号" in page and "划转示例承接局" in page
        assert {"zh": "综合行政执法划转", "en": "comprehensive enforcement"}[language] in page
    assert before.status_code == 404, "the former body has it no more"


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_inspections_are_asked_for_by_the_code_of_an_enterprise(
    console: Listening, language: str
) -> None:
    async with browsing(console.url, language, NOBODY) as client:
        plain = await client.get("/open/inspections")
        asked = await client.get(f"/open/inspections?code={CODE.lower()}")
        wrong = await client.get("/open/inspections?code=914407000000000017")

    assert plain.status_code == asked.status_code == wrong.status_code == 200
    assert ("检查结果公示" if language == "zh" else "No published result.") in asked.text
    assert 'role="alert"' in wrong.text and 'role="alert"' not in asked.text
    assert foreign_words(plain.text, language, ("SL", "JC")) == []  # the codes of items


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def taken_over(city: City) -> dict[str, Any]:
    """An item that a body took over from another."""
    item = await published_item(city, "划转示例原机关", "划转示例法")
    receiver = await confirm_body(patient(city.say), "huanbao", name="划转示例承接局")
    asked = {
        "kind": power_transfer_pb2.POWER_TRANSFER_KIND_COMPREHENSIVE,
        "from_body_id": item.body_id,
        "to_body_id": receiver.body_id,
        "item_ids": [item.item_id],
        "effect_time": stamp(datetime.now(UTC)),
        "decision": {
            "authority": power_transfer_pb2.TRANSFER_AUTHORITY_PROVINCE,
            "title": "关于综合行政执法改革的决定",
            "document_number": "示府函〔2026〕公开划1号",
            "publish_address": "省政府网站",
        },
    }
    made = (await city.say("city", "registry", "TransferPowers", REGISTRAR, **asked)).transfer
    return {"transfer": made, "items": list(made.items)}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def planned(city: City, scene: Scene) -> Visit:
    """A visit to an enterprise that the scene's body planned, as the city knows of it."""
    say, body = patient(city.say), scene.story.body
    law = {
        "law": "示例检查法",
        "article": "第三条",
        "level": basis_pb2.BASIS_LEVEL_LAW,
        "document_number": "示例令",
        "text": "应当接受检查。",
        "from_time": stamp(datetime(2019, 1, 1, tzinfo=UTC)),
    }
    basis = (await say("city", "registry", "AddLegalBasis", REGISTRAR, **law)).basis
    item = await given.inspection_item(say, body.body_id, basis.basis_id, "JC-OPEN", "污染防治设施检查")
    visit = Visit(
        body.body_id,
        [],
        [item.item_id],
        given.enterprise(88_001),
        _nothing_shown,
        wall,
        head=scene.story.heads[0],
    )

    async def do(rpc: str, by: tuple[str, ...], /, **fields: Any) -> Any:
        return await say(body.node, "enforcement", rpc, by, **fields)

    for _ in range(2):
        plan = await given.planned(do, visit, wall().astimezone(SHANGHAI))
    await do("WithdrawInspectionPlan", HEAD, plan_id=plan.plan_id, cause="机构改革")

    async def heard() -> Any:
        asked = {"body_id": body.body_id}
        return (await say("city", "supervision", "ListPublicInspectionPlans", ("x", "PUBLIC"), **asked)).plans

    await city.eventually(heard, lambda plans: len(plans) == 2 and plans[0].HasField("withdraw_time"))
    return visit


async def _nothing_shown(_officer_id: str) -> str:
    return ""


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_plans_of_inspections_are_open_to_all_without_the_enterprises(
    console: Listening, scene: Scene, planned: Visit, language: str
) -> None:
    year = wall().astimezone(SHANGHAI).year
    async with browsing(console.url, language, NOBODY) as client:
        listed = await client.get(f"/open/plans?year={year}")
        none = await client.get("/open/plans?year=2099")
        wrong = await client.get("/open/plans?year=9999")

    assert (listed.status_code, none.status_code, wrong.status_code) == (200, 200, 400)
    assert scene.story.body.name in listed.text and "污染防治设施检查" in listed.text
    assert f"{year}-" in listed.text and 'aria-current="page"' in listed.text
    assert "机构改革" in listed.text and ("撤回" if language == "zh" else "withdrawn") in listed.text
    for secret in (planned.enterprise.name, planned.enterprise.credit_code):
        assert secret not in listed.text
    assert 'class="empty"' in none.text and scene.story.body.name not in none.text
    assert foreign_words(none.text, language, ()) == []


async def test_the_decisions_of_every_department_are_asked_for_as_anybody(
    console: Listening, scene: Scene
) -> None:
    """The scene's decision was not published: who oversees sees it in the console, and nobody here."""
    async with browsing(console.url) as client:
        page = await client.get("/open")
        case = await client.get(f"/cases/{scene.case_id}")

    assert page.status_code == 200 and scene.decision_number in case.text
    assert scene.decision_number not in page.text and "暂时无法访问" not in page.text


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=["phone", "desktop"])
async def test_nothing_is_cut_off(
    console: Listening,
    scene: Scene,
    planned: Visit,
    listed_item: power_pb2.PowerItem,
    taken_over: dict[str, Any],
    browser: Browser,
    size: tuple[int, int],
    tmp_path: Path,
) -> None:
    tab = await browser.new_page(viewport={"width": size[0], "height": size[1]})
    folder = Path(PICTURES) if PICTURES else tmp_path
    for name, path in {
        "bodies": "/open/bodies",
        "body": f"/open/bodies/{scene.story.body.body_id}",
        "inspections": f"/open/inspections?code={CODE}",
        "plans": "/open/plans",
        "catalogue": "/open/catalogue",
        "systems": "/open/systems",
        "item": f"/open/items/{listed_item.item_id}",
        "taken-over": f"/open/bodies/{taken_over['transfer'].to_body_id}",
    }.items():
        await tab.goto(f"{console.url}{path}")
        await tab.screenshot(path=folder / f"open-{name}-{size[0]}.png", full_page=True)
        assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    await tab.close()
