"""The page for the public shows what the public is told of penalties, and nothing else (APL 48, 50; OGI 14, 15)."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import publication_pb2 as pb
from yifa.enforcement.v1.measure_pb2 import RELEASE_GROUND_NOT_NEEDED
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_ORGANISATION as ORGANISATION
from yifa.enforcement.v1.party_pb2 import Party

from services.console.app import Listening
from services.console.config import ConsoleConfig, NodeTarget
from services.given import permit as given
from services.given.case import advance
from services.given.permit import CONDITIONS
from tests.browser.site import NOBODY, browsing, dead_port, foreign_words, serving
from tests.enforcement.department import Department, number_of
from tests.enforcement.own import enforcing
from tests.enforcement.permitting import OFFICER, REMEDIES, Window
from tests.enforcement.samples import (
    CLERK,
    DAY,
    FINANCE,
    HEAD,
    NODE,
    START,
    UNIT,
    Dossier,
    fine,
    serial,
    stamp,
)
from tests.enforcement.test_credit_repair import DECIDED, Asked, shown
from tests.enforcement.test_measure import SEAL, Held, power, seized
from tests.enforcement.test_publication import ADULT, CITIZEN, CODE, DAYS, MINOR, decided, public, publish

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


async def granted(d: Department, **terms: Any) -> tuple[Window, str]:
    """A permit that was issued for a year and made public."""
    window = Window(d)
    permit_id = await window.issued(365, **terms)
    await window.act("PublishPermit", permit_id, CLERK, **SITE)
    return window, permit_id


async def shown_of(d: Department, kind: int, publication_id: str) -> pb.PublicDecision:
    """What anybody finds of a decision that was made public."""
    [found] = await public(d, kind=kind, publication_id=publication_id)
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_permit_is_public_as_long_as_it_holds_and_says_what_became_of_it(
    department: Department, console: Listening, language: str
) -> None:
    """ALIC 40: anybody may look it up. A renewal shows; one that was revoked leaves nothing but that."""
    d, name, code = department, f"示例化工{next(serial)}有限公司", number_of(ORGANISATION)
    window, permit_id = await granted(d, party=given.applicant(code, name))
    permit = await window.of(permit_id)
    number, at = permit.decision.document_number, f"/open/{NODE}/{permit.publication.decision.publication_id}"

    listed = await seen(console, f"/open/permit-decisions?name={quote(name)}", language)
    one = await seen(console, at, language)

    assert name in listed and number in listed and at in listed and permit.terms.title in listed
    assert (
        permit.certificate.number in one
        and code in one
        and permit_id not in one.replace(permit.certificate.number, "")
    )
    assert foreign_words(listed, language, (name, number)) == []
    assert name not in await seen(console, "/open", language), "it is no penalty"
    first = await shown_of(d, pb.PUBLIC_KIND_PERMIT, permit.publication.decision.publication_id)
    assert (first.permit.standing, first.version) == (pb.PERMIT_STANDING_VALID, 1)
    told = {
        "kind": 1,
        "ground": 4,
        "basis": "条件不符合",
        "reasons": "不符合条件",
        "document": "示许告〔2026〕1号",
    }
    await window.act("TellPermitReversal", permit_id, UNIT, until_time=stamp(d.now + DAY), **told)
    await window.act("HearPermitHolder", permit_id, CLERK, statement="已补齐")
    more = {"interest": "不致公共利益重大损害", "claim_told": True} | REMEDIES
    revoked = await window.act("RevokePermit", permit_id, HEAD, **more)
    gone = await shown_of(d, pb.PUBLIC_KIND_PERMIT, permit.publication.decision.publication_id)
    assert (gone.publication_id, gone.version) == (first.publication_id, 2)
    assert not gone.party_name and not gone.HasField("permit") and gone.HasField("withdraw_time")
    assert revoked.reversals[-1].document_number in gone.explanation
    page = await seen(console, at, language)
    assert name not in page and gone.explanation in page


async def test_of_a_refused_permit_the_applicant_is_not_named_and_a_person_is_masked_a_minor_never(
    department: Department, console: Listening
) -> None:
    d, adult = department, "欧阳示例"
    window = Window(d)
    refused = await window.reviewed(party=Party(kind=CITIZEN, name=adult, identity_number=ADULT))
    await window.act("ReviewPermitApplication", refused, OFFICER, met=CONDITIONS[:-1], unmet=CONDITIONS[-1:])
    await window.act("RefusePermit", refused, HEAD, reasons="不符合条件", standard="GB 1", **REMEDIES)
    public_one = await window.act("PublishPermit", refused, CLERK, **SITE)
    said = await shown_of(d, pb.PUBLIC_KIND_PERMIT, public_one.publication.decision.publication_id)
    assert (said.party_name, said.permit.standing) == ("", pb.PERMIT_STANDING_REFUSED)
    _, masked = await granted(d, party=Party(kind=CITIZEN, name=adult, identity_number=ADULT))
    assert (await window.of(masked)).publication.decision.party_name == "欧阳某某"
    young = await window.issued(365, party=Party(kind=CITIZEN, name="示例少年", identity_number=MINOR))
    async with d.refused("PARTY_IS_MINOR", law="OGI-2019:15;GD-PUBLICITY-2021:15(1)[1]"):
        await window.act("PublishPermit", young, CLERK, **SITE)
    minor = {"ground": pb.WITHHOLD_GROUND_MINOR, "reason": "申请人是未成年人"}
    async with d.refused("GROUND_NOT_GIVEN"):
        await window.act("WithholdPermit", masked, HEAD, **minor)
    kept = await window.act("WithholdPermit", young, HEAD, **minor)
    assert kept.withholding.law and [c.state for c in kept.deadlines if c.clock_id == "PUB-02"] == [2]
    listed = await seen(console, "/open/permit-decisions")
    assert adult not in listed and "示例少年" not in listed and ADULT not in listed


async def test_what_is_kept_back_after_it_was_public_is_taken_back_at_once(
    department: Department, console: Listening
) -> None:
    """GD-PUBLICITY 24(2)."""
    d, name = department, f"示例保密{next(serial)}有限公司"
    window, permit_id = await granted(d, party=given.applicant(number_of(ORGANISATION), name))
    secret = {"ground": pb.WITHHOLD_GROUND_TRADE_SECRET, "reason": "涉及商业秘密，联系13800000000"}

    permit = await window.act("WithholdPermit", permit_id, HEAD, **secret)

    listed = await seen(console, "/open/permit-decisions")
    assert name not in listed and "涉及商业秘密" in listed and "13800000000" not in listed
    assert permit.publication.decision.document_number in listed
    async with d.refused("PUBLICATION_WITHHELD"):
        await window.act("PublishPermit", permit_id, CLERK, **SITE)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_what_was_enforced_is_public_with_its_result_and_falls_with_the_decision(
    department: Department, console: Listening, language: str
) -> None:
    own = await enforcing(department)
    await own.act("PublishEnforcement", **SITE)
    case = await department.case(own.dossier.case_id)
    number, name = own.record.decision.document_number, case.party.name
    at = f"/open/{NODE}/{own.record.publication.decision.publication_id}"
    first = await shown_of(department, pb.PUBLIC_KIND_FORCE, at.rpartition("/")[2])
    assert (
        first.force.result == pb.FORCE_RESULT_UNDER_WAY
        and first.force.penalty_number == case.decision.document_number
    )
    await own.bring_in(59700)
    await own.act("CompleteEnforcement", FINANCE, record="执行笔录")

    listed, one = await seen(console, "/open/force", language), await seen(console, at, language)

    done = await shown_of(department, pb.PUBLIC_KIND_FORCE, at.rpartition("/")[2])
    assert (done.force.result, done.version) == (pb.FORCE_RESULT_ENFORCED, 2)
    assert name in listed and "¥59,700.00" in listed and case.decision.document_number in one
    assert foreign_words(listed, language, (name, number)) == []
    await department.do(
        "RecordOutcome", CLERK, case_id=case.case_id, remedy=cases.REMEDY_RECONSIDERATION,
        kind=cases.OUTCOME_KIND_ANNULLED, authority="示例市人民政府", document="示府行复〔2026〕9号",
    )  # fmt: skip
    fallen = await shown_of(department, pb.PUBLIC_KIND_FORCE, at.rpartition("/")[2])
    assert (
        "示府行复〔2026〕9号" in fallen.explanation and not fallen.party_name and not fallen.HasField("force")
    )
    assert name not in await seen(console, at, language)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_measure_is_public_says_what_became_of_it_and_falls_with_the_decision(
    department: Department, console: Listening, language: str
) -> None:
    d, name = department, f"示例封存{next(serial)}有限公司"
    dossier = await d.investigating(party=name, number=CODE, occur_time=stamp(START - next(DAYS)))
    held = await seized(d, SEAL, Held(d, dossier, await power(d, dossier.body_id)))
    await held.act("PublishMeasure", CLERK, **SITE)
    number, known = held.measure.document_number, held.measure.publication.decision.publication_id
    at = f"/open/{NODE}/{known}"
    first = await shown_of(d, pb.PUBLIC_KIND_FORCE, known)
    assert (first.force.kind, first.force.result) == (pb.FORCE_KIND_SEAL, pb.FORCE_RESULT_HELD)
    assert (first.party_name, first.party_code, first.force.what) == (name, CODE, "生产设备")
    await held.act("ReleaseMeasure", ground=RELEASE_GROUND_NOT_NEEDED, cause="证据已固定")

    listed, one = await seen(console, "/open/force", language), await seen(console, at, language)

    lifted = await shown_of(d, pb.PUBLIC_KIND_FORCE, known)
    assert (lifted.force.result, lifted.version) == (pb.FORCE_RESULT_RELEASED, 2)
    assert lifted.text.startswith(f"行政强制措施决定书文号：{number}\n强制措施类别：查封\n")
    assert "措施现状：已解除" in lifted.text and ("已解除" if language == "zh" else "lifted") in one
    assert name in listed and number in listed and at in listed and held.measure.measure_id not in one
    assert foreign_words(listed, language, (name, number)) == []
    await advance(d.do, dossier, "INVESTIGATING", "REVIEWING")
    await d.act("ConcludeReview", dossier)
    await d.notice(dossier)
    await d.act("WaiveDefence", dossier)
    await d.act("MakeDecision", dossier)
    await d.do(
        "RecordOutcome", CLERK, case_id=dossier.case_id, remedy=cases.REMEDY_RECONSIDERATION,
        kind=cases.OUTCOME_KIND_ANNULLED, authority="示例市人民政府", document="示府行复〔2026〕19号",
    )  # fmt: skip
    fallen = await shown_of(d, pb.PUBLIC_KIND_FORCE, known)
    assert "示府行复〔2026〕19号撤销" in fallen.explanation and not fallen.party_name
    assert not fallen.HasField("force") and name not in await seen(console, at, language)


async def test_the_catalogue_of_what_is_open_leads_to_permits_and_force(console: Listening) -> None:
    page = await seen(console, "/open/catalogue")

    assert 'href="/open/permit-decisions"' in page and 'href="/open/force"' in page


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
    window, permit_id = await granted(department)
    permit = await window.of(permit_id)
    revoked = await granted(department)
    secret = {"ground": pb.WITHHOLD_GROUND_TRADE_SECRET, "reason": "主要内容涉及商业秘密，已按规定撤下"}
    await revoked[0].act("WithholdPermit", revoked[1], HEAD, **secret)
    own = await enforcing(department)
    await own.act("PublishEnforcement", **SITE)
    dossier = await department.investigating(party="示例市封存物流有限公司", number=CODE)
    held = await seized(department, SEAL, Held(department, dossier, await power(department, dossier.body_id)))
    await held.act("PublishMeasure", CLERK, **SITE)
    paths = {
        "sealed": f"/open/{NODE}/{held.measure.publication.decision.publication_id}",
        "list": "/open",
        "one": page_of(case),
        "catalogue": "/open/catalogue",
        "permits": "/open/permit-decisions",
        "permit": f"/open/{NODE}/{permit.publication.decision.publication_id}",
        "force": "/open/force",
        "forced": f"/open/{NODE}/{own.record.publication.decision.publication_id}",
    }
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for language in ("zh", "en"):
            for name, size in {"phone": (390, 844), "desktop": (1440, 900)}.items():
                context = await browser.new_context(viewport={"width": size[0], "height": size[1]})
                await context.add_cookies([{"name": "yifa_language", "value": language, "url": console.url}])
                tab = await context.new_page()
                for what, path in paths.items():
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
