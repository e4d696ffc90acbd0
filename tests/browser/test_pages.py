"""Every page over HTTP: both languages, nothing unescaped, errors that say what to do."""

import csv
import html
import io
import re
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest
import pytest_asyncio
from yifa.registry.v1 import officer_pb2

from services.console.app import Listening
from services.console.config import NodeTarget
from services.console.console import COOKIE
from services.given import evidence_register
from services.given.important_matter import request_of
from services.given.people import REGISTRAR, UNIT
from services.given.registry import confirm_body, legal_adviser
from services.given.say import patient, request
from tests.browser.conftest import HOSTILE, Scene
from tests.browser.site import browsing, config_of, dead_port, foreign_words, serving
from tests.city import City

PAGES = ("/", "/cases", "/cases/{case}", "/cases/{hostile}", "/warnings", "/filings", "/nodes",
         "/nodes/city/supervision/parked", "/traces", "/cases?q=nothing-matches", "/filings?state=OBJECTED",
         "/warnings?rule=EW-99", "/traces?case=nothing", "/inspections", "/inspections?kind=CLUE&state=CODED&q=nothing-matches",
         "/work", "/work?node=chengguan", "/work?node=huanbao&role=LEGAL_REVIEWER&q=nothing-matches&days=3",
         "/work?node=city", "/work?node=city&noun=reconsideration&role=OVERSIGHT", "/work?node=huanbao&noun=inspection",
         "/work?node=city&officer=oversight-1", "/stream", "/stream?node=huanbao&service=enforcement&from=2026-03-01T08:00",
         "/warnings/backtest", "/warnings/backtest?rule=EW-12&run=1", "/warnings/backtest?rule=EW-05",
         "/measures", "/measures?state=RELEASED&node=huanbao", "/referrals", "/assistance",
         "/assistance?state=OBJECTED", "/mediations", "/mediations?state=AGREED&node=huanbao",
         "/court", "/court?state=RULED", "/credit", "/credit?state=REPAIRED&node=huanbao",
         "/permits", "/permits?late=1&broken=1&q=x", "/parties", "/parties?node=huanbao&name=nothing-matches", "/parties/{party}",
         "/open/permits", "/open/permit-decisions", "/open/force", "/open/answers", "/open/charges",
         "/open/promises", "/open/complaint?promise=SV-1&body=B-1", "/work?node=city&noun=work_task",
         "/i/4407002603020001X", "/bodies", "/bodies/{body}", "/complaints",
         "/complaints?state=ANSWERED&source=HOTLINE", "/complaints/{complaint}", "/documents", "/documents?state=REPEALED",
         "/documents/{document}", "/open/documents", "/open/documents/{document}",
         "/decisions", "/decisions?state=EXECUTING&year=2026&overdue=1", "/decisions/{decision}", "/decisions/responsible",
         "/decisions/responsible?person=nothing", "/open/major-decisions", "/open/major-decisions/{decision}",
         "/supervision", "/supervision?state=CLOSED&node=huanbao", "/supervision/{order}",
         "/accountability", "/accountability?state=RECORDED", "/accountability/{accountability}",
         "/reconsiderations", "/reconsiderations?state=SERVED", "/reconsiderations/{reconsideration}",
         "/open/complaint", "/supervision-plans", "/supervision-plans?state=IN_FORCE&year=2026", "/supervision-plans/{plan}",
         "/outside-decisions", "/outside-decisions?state=REFUSED&node=huanbao", "/outside-decisions/{outside}",
         "/publicity", "/publicity?year=2026", "/important-matters", "/important-matters?state=ASKED&node=huanbao",
         "/important-matters/list", "/legal-meetings", "/legal-meetings?state=HELD", "/legal-meetings/{meeting}",
         "/work-tasks", "/work-tasks?state=RETURNED&node=huanbao", "/work-tasks/{task}",
         "/monitoring-devices", "/monitoring-devices?state=ENDED&node=huanbao&q=nothing", "/monitoring-devices/{device}",
         "/sampling-institutions", "/sampling-institutions?state=ON_LIST&q=nothing", "/sampling-institutions/{institution}",
         "/suits", "/suits?state=FINAL", "/suits/{suit}",
         "/compensations", "/compensations?state=CLOSED", "/compensations/{compensation}",
         "/rule-of-law-reports", "/rule-of-law-reports?state=DUE&node=huanbao",
         "/suggestions", "/suggestions?state=VERIFIED&kind=JUDICIAL", "/suggestions/{suggestion}",
         "/assessments", "/assessments?state=PUBLISHED&year=2026", "/assessments/{assessment}", "/assessments/{assessment}/3.1",
         "/officer-assessments", "/officer-assessments?state=TOLD&year=2026", "/officer-assessments/{of_person}",
         "/reports", "/reports?report=lawful_administration&year=2026", "/reports/rows?figure=penalty&year=2026",
         "/file-reviews", "/file-reviews?state=FINAL&node=huanbao")  # fmt: skip
# Who is signed in, by name: data in either language.
SIGNED = ("执法监督机构负责人",)
# Texts of records that a Chinese page shows as they are.
DATA = (
    "nothing-matches",
    "nothing",
    "oversight-head-1",
    "head-1",
    "reviewer-1",
    "unit-1",
    "clerk-1",
    "GB/T",
    "https://example.gov.cn/devices",
    "FS",  # how the certificates of reviewers begin
    "oversight-1",
    "deputy-1",
    "oversight-2",
    "script",
    "alert",
    "CSV",
    "JSON",
)


def filled(path: str, scene: Scene) -> str:
    return path.format(
        complaint=scene.complaint_id,
        document=scene.document_id,
        decision=scene.decision_id,
        assessment=scene.assessment_id,
        of_person=scene.officer_assessment_id,
        order=scene.order_id,
        accountability=scene.accountability_id,
        reconsideration=scene.reconsideration_id,
        suit=scene.suit_id,
        compensation=scene.compensation_id,
        suggestion=scene.suggestion_id,
        plan=scene.plan_id,
        outside=scene.outside_id,
        task=scene.task_id,
        meeting=scene.meeting_id,
        device=scene.device_id,
        institution=scene.institution_id,
        case=scene.case_id,
        hostile=scene.hostile_id,
        party=scene.party_id,
        body=scene.story.body.body_id,
    )


async def seen(city: City, client: httpx.AsyncClient, path: str, text: str) -> str:
    """The page once it shows a text: what a department did takes a moment to reach the city."""

    async def look() -> str:
        return (await client.get(path)).text

    return await city.eventually(look, lambda page: text in page)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def arrived(city: City, console: Listening, scene: Scene) -> None:
    """What the department did is at the city."""
    async with browsing(console.url) as client:
        await seen(city, client, f"/cases/{scene.case_id}", scene.decision_number)
        await seen(city, client, "/cases", scene.hostile_id)


@pytest.mark.usefixtures("arrived")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
async def test_every_page_speaks_one_language(
    console: Listening, scene: Scene, path: str, language: str
) -> None:
    async with browsing(console.url, language) as client:
        page = await client.get(filled(path, scene))

    assert page.status_code == 200
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in page.text
    data = (*DATA, *scene.story.officers, *scene.story.heads) if language == "zh" else (scene.case_number,)
    assert foreign_words(page.text, language, data) == []


async def test_a_register_shows_how_each_entry_stands_and_finds_it(
    city: City, console: Listening, scene: Scene
) -> None:
    """A device by its number, an institution by its qualification; retired, it may record no more."""
    bare = await evidence_register.enter_device(
        city.work(scene.story.node), scene.story.body.body_id, "页面未审核设备"
    )
    async with browsing(console.url) as client:
        alone = await seen(city, client, f"/monitoring-devices/{bare}", "尚无审核记录")
        page = await seen(city, client, f"/monitoring-devices/{scene.device_id}", "检定证书")
        kept = await seen(
            city, client, f"/sampling-institutions/{scene.institution_id}", "示例市市场监督管理局"
        )
        listed = (await client.get("/monitoring-devices?q=页面未审核设备")).text
        none = (await client.get("/sampling-institutions?q=页面未审核设备")).text

    assert "能否用于取证" in page and ">可以<" in page and ">可以<" in kept
    assert ">审核不全或者过期<" in alone and "设置地点尚未向社会公布" in alone
    assert f"/monitoring-devices/{bare}" in listed and scene.device_id not in listed
    assert scene.institution_id not in none
    await city.work(scene.story.node)("RetireMonitoringDevice", UNIT, device_id=bare, cause="迁移")
    async with browsing(console.url) as client:
        gone = await seen(city, client, "/monitoring-devices?q=页面未审核设备&state=ENDED", bare)
    assert ">已停用或者移出<" in gone


async def test_heads_are_shown_by_name(city: City, console: Listening, scene: Scene) -> None:
    head = scene.story.heads[0]
    asked = officer_pb2.GetOfficerRequest(officer_id=head)
    stub, clerk = (
        city.stub(scene.story.node, "registry"),
        city.as_(scene.story.node, "clerk-1", "ROSTER_CLERK"),
    )
    name = (await stub.GetOfficer(asked, metadata=clerk)).officer.name

    async with browsing(console.url) as client:
        page = await seen(city, client, f"/cases/{scene.case_id}", scene.decision_number)

    assert name in page and head not in page


async def test_what_the_city_could_not_judge_is_said_of_the_case(
    city: City, console: Listening, scene: Scene
) -> None:
    async with browsing(console.url) as client:
        page = await seen(city, client, f"/cases/{scene.case_id}", "CERTIFICATE_OUT_OF_SCOPE")

    assert "市级未能判断：指定承办人员" in page and "执法证件应当涵盖的领域和行为种类" in page


@pytest.mark.parametrize(
    ("language", "own", "open_"),
    [
        ("zh", "生态环境处罚办法第十八条", "由本机关规定"),
        ("en", "Ecology and Environment Penalty Measures (2023), art. 18", "For the agency to order"),
    ],
)
async def test_a_body_shows_the_law_that_binds_it(
    city: City, console: Listening, scene: Scene, language: str, own: str, open_: str
) -> None:
    """The ministry's own articles with their days, what they take the place of, and what is left to the agency."""
    adviser = await legal_adviser(patient(city.say), scene.story.body.body_id, name="李示例")
    async with browsing(console.url, language) as client:
        page = await seen(city, client, f"/bodies/{scene.story.body.body_id}", own)
        listed = await every_page(client, "/bodies")
        case = (await client.get(f"/cases/{scene.case_id}")).text

    assert "PEN-15" in page and open_ in page
    assert "李示例" in page and adviser.licence_number in page
    for code in ("SAMR", "MOHURD", "市场监管处罚程序规定"):
        assert code not in page, "what another ministry says binds nobody here"
    link = f'href="/bodies/{scene.story.body.body_id}"'
    assert link in listed and link in case


async def test_a_body_and_a_matter_show_the_department_above(
    city: City, console: Listening, scene: Scene
) -> None:
    say, body_id = patient(city.say), scene.story.body.body_id
    above = await confirm_body(say, name="示例市上级主管部门")
    named = {"superior_body_id": above.body_id, "document": "示例编办〔2026〕8号"}
    await say("city", "registry", "NameSuperiorBody", REGISTRAR, body_id=body_id, **named)
    asked = request("supervision", "DraftImportantMatter", **(request_of(body_id) | {"code": "REQ-04"}))
    unit, stub = city.as_("huanbao", *UNIT), city.stub("city", "supervision")
    drafted = await city.eventually(
        lambda: answered(stub.DraftImportantMatter(asked, metadata=unit)), lambda made: made is not None
    )
    matter = f"/important-matters/{drafted.important_matter.matter_id}"
    async with browsing(console.url) as client:
        page = await seen(city, client, f"/bodies/{body_id}", above.name)
        told = await seen(city, client, matter, above.name)

    assert f'href="/bodies/{above.body_id}"' in page and "示例编办〔2026〕8号" in page
    assert "上级部门" in told


async def answered(call: Any) -> Any:
    """What a call answers; None while it is refused, as before the city's supervision heard of the superior."""
    try:
        return await call
    except grpc.aio.AioRpcError:
        return None


async def every_page(client: httpx.AsyncClient, path: str) -> str:
    """A list, page after page."""
    text = page = (await client.get(path)).text
    while further := re.search(r'href="([^"]*[?&]token=[^"]+)"', page):
        page = (await client.get(html.unescape(further[1]))).text
        text += page
    return text


async def test_the_name_of_a_party_is_never_markup(city: City, console: Listening, scene: Scene) -> None:
    async with browsing(console.url) as client:
        for path in ("/cases", f"/cases/{scene.hostile_id}", f"/cases?q={HOSTILE}"):
            page = await seen(city, client, path, "&lt;script&gt;")

            assert "<script>alert" not in page
            assert "示例&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;公司" in page


async def test_an_exported_name_is_never_a_formula(city: City, console: Listening, scene: Scene) -> None:
    async with browsing(console.url) as client:
        await seen(city, client, "/cases", scene.hostile_id)

        answer = await client.get("/cases.csv", params={"q": "alert(1)", "state": "CLUE"})

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:3] == ["案号", "当事人", "违法行为"]
    assert [row[1] for row in rows[1:]] == [f"'{HOSTILE}"]
    assert rows[1][-1] == scene.hostile_id


async def test_a_case_shows_its_clocks_acts_and_filing(city: City, console: Listening, scene: Scene) -> None:
    async with browsing(console.url, "en") as client:
        page = await seen(city, client, f"/cases/{scene.case_id}", "PEN-27")

    assert scene.case_number in page and scene.decision_number in page
    assert "¥1,500,000.00" in page and "Major penalty" in page
    assert "working days left" in page, "PEN-16 counts in working days"
    assert f'href="/cases/{scene.case_id}"' not in page
    assert "Administrative Penalty Law (2021), art. 60" in page
    assert f'href="/traces/{"7bf92f3577b34da6a3ce929d0e0e4736"}"' in page


async def test_a_case_shows_what_the_benchmark_says_of_its_penalty(
    city: City, console: Listening, scene: Scene
) -> None:
    async with browsing(console.url) as client:
        page = await seen(city, client, f"/cases/{scene.case_id}", scene.decision_number)
        clue = await seen(city, client, f"/cases/{scene.hostile_id}", "线索")

    assert "裁量评估" in page and "裁量评估" not in clue
    assert "¥20,000.00" in page and "¥2,000,000.00" in page and "在档次以内" in page
    assert "位于幅度的 74.7%" in page


async def test_a_node_that_does_not_answer_leaves_the_page_whole(
    city: City, tmp_path: Path, scene: Scene
) -> None:
    with dead_port() as nowhere:
        dead = tuple(
            NodeTarget(
                s.id, s.title_zh, s.title_en, city.plan.target(s.id) if s is city.plan.city else nowhere
            )
            for s in city.plan.sites
        )
        async with (
            serving(config_of(city, tmp_path, nodes=dead)) as listening,
            browsing(listening.url) as client,
        ):
            page = await seen(city, client, f"/cases/{scene.case_id}", scene.decision_number)

    assert "该部门节点未答复" in page and "法定期限" in page


async def test_lists_page_on_with_their_filters(city: City, console: Listening, scene: Scene) -> None:
    for _ in range(52):
        await scene.clue("翻页示例")
    async with browsing(console.url) as client:
        await seen(city, client, "/cases?q=翻页示例&state=CLUE", "共 52 条")
        first = (await client.get("/cases?q=翻页示例&state=CLUE")).text
        following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")

        second = (await client.get(following)).text

    assert "第 1–50 条，共 52 条" in first
    assert "第 51–52 条，共 52 条" in second
    assert second.count("翻页示例</td>") == 2
    assert 'value="翻页示例"' in second and 'rel="next"' not in second


async def test_the_trace_of_a_decision_is_found_by_its_case_number(
    city: City, console: Listening, scene: Scene
) -> None:
    async with browsing(console.url) as client:
        listed = await seen(city, client, f"/traces?case={scene.case_number}", "supervision@city")
        trace_id = listed.split('href="/traces/')[1].split('"')[0]
        waterfall = (await client.get(f"/traces/{trace_id}")).text
        spans = (await client.get(f"/api/traces/{trace_id}")).json()["spans"]

    assert "enforcement@huanbao" in waterfall and "supervision@city" in waterfall
    assert scene.case_number in waterfall
    assert {s["service"] for s in spans} >= {"enforcement@huanbao", "supervision@city"}


@pytest.mark.parametrize(("language", "said"), [("zh", "没有找到"), ("en", "Not found")])
async def test_an_unknown_case_is_a_page(console: Listening, language: str, said: str) -> None:
    async with browsing(console.url, language) as client:
        for path in ("/cases/C-unknown", "/no-such-page", "/traces/" + "0" * 32, "/nodes/nowhere/x/parked"):
            page = await client.get(path)

            assert page.status_code == 404
            assert foreign_words(page.text, language) == []
        assert said in (await client.get("/cases/C-unknown")).text


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/cases?state=NONSENSE", "state"),
        ("/cases?seen=-1", "seen"),
        ("/warnings?level=PURPLE", "level"),
        ("/warnings?rule=" + "x" * 11, "rule"),
        ("/traces?min_ms=nan", "min_ms"),
        ("/traces?before=x", "before"),
        ("/cases.csv?node=" + "x" * 33, "node"),
    ],
)
async def test_a_filter_that_cannot_be_meant_is_named(console: Listening, path: str, field: str) -> None:
    async with browsing(console.url) as client:
        page = await client.get(path)

    assert page.status_code == 400
    assert f"<code>{field}</code>" in page.text and "查询条件有误" in page.text


async def test_a_page_token_that_supervision_refuses_is_said_in_chinese(console: Listening) -> None:
    async with browsing(console.url) as client:
        page = await client.get("/cases?token=nonsense")

    assert page.status_code == 400
    assert "page_token" in page.text
    assert foreign_words(page.text, "zh", ("page_token", "INVALID_ARGUMENT")) == []


async def test_health_names_what_does_not_serve(city: City, console: Listening, tmp_path: Path) -> None:
    async with browsing(console.url) as client:
        well = await client.get("/healthz")
    with dead_port() as dead:
        nodes = (
            *config_of(city, tmp_path).nodes,
            NodeTarget("jiaotong", "市交通运输局", "Transport Bureau", dead),
        )
        async with serving(config_of(city, tmp_path, nodes=nodes)) as other, browsing(other.url) as client:
            ill = await client.get("/healthz")
            page = (await client.get("/nodes")).text

    assert (well.status_code, well.json()["serving"], well.json()["faults"]) == (200, True, [])
    assert ill.status_code == 503
    assert ill.json()["faults"] == [{"node": "jiaotong", "service": "", "health": "UNAVAILABLE"}]
    assert "无法连接" in page and "1 个节点异常" in page


async def test_nodes_show_services_and_heads(city: City, console: Listening, scene: Scene) -> None:
    status = await city.status("huanbao")
    head = next(s for s in status.services if s.service == "enforcement")
    async with browsing(console.url) as client:
        page = (await client.get("/nodes")).text

    for site in city.plan.sites:
        assert site.title_zh in page
    assert f"#{head.head_seq} {head.head_hash.hex()[:8]}" in page
    assert "全部正常" in page


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "监督服务无法连接"), ("en", "Supervision cannot be reached")]
)
async def test_without_supervision_the_page_says_what_to_do(
    city: City, tmp_path: Path, language: str, said: str
) -> None:
    with dead_port() as dead:
        config = config_of(city, tmp_path, supervision=dead, otlp_port=None)
        async with serving(config) as console, browsing(console.url, language) as client:
            for path in ("/", "/cases", "/cases/C-1", "/warnings", "/filings", "/cases.csv"):
                page = await client.get(path)

                assert page.status_code == 503
                assert said in page.text and 'href="/nodes"' in page.text
                assert foreign_words(page.text, language, SIGNED) == []
            assert (await client.get("/traces")).status_code == 200


async def test_the_language_is_kept_and_leads_back(console: Listening) -> None:
    async with browsing(console.url) as client:
        client.forget(COOKIE)
        before = await client.get("/cases")
        answer = await client.post("/language", data={"to": "en", "back": "/cases?q=x"})
        after = await client.get(answer.headers["location"])

    assert "案件" in before.text
    assert (answer.status_code, answer.headers["location"]) == (303, "/cases?q=x")
    assert '<html lang="en">' in after.text


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""]
)
async def test_the_language_switch_leads_nowhere_else(console: Listening, back: str) -> None:
    async with browsing(console.url) as client:
        answer = await client.post("/language", data={"to": "en", "back": back})

    assert answer.headers["location"] == "/"


async def test_nothing_changes_by_reading(console: Listening) -> None:
    async with browsing(console.url) as client:
        assert (await client.get("/language?to=en")).status_code == 405
        assert (await client.post("/language", data={"to": "fr"})).status_code == 400
        assert (await client.post("/cases")).status_code == 405


async def test_every_answer_keeps_to_itself(console: Listening, scene: Scene) -> None:
    async with browsing(console.url) as client:
        for path in ("/", "/cases/C-unknown", "/static/console.css", "/healthz", "/cases.csv"):
            headers = (await client.get(path)).headers

            assert "default-src 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-frame-options"] == "DENY"
        page = (await client.get("/")).text
        assert " style=" not in page and " onclick=" not in page and "<script>" not in page
        assert "http://" not in page.replace(console.url, "") and "https://" not in page
        foreign = await client.get("/cases", headers={"host": "elsewhere.example"})
        assert foreign.status_code == 400


async def test_the_people_of_a_department_read_the_files_of_parties_there(
    city: City, console: Listening, scene: Scene
) -> None:
    node = scene.story.node
    async with browsing(console.url, who="head-1", node=node) as client:
        listed = (await client.get("/parties")).text
        [one, *_] = re.findall(r'href="(/parties/PY-[^"]+)"', listed)
        file = await client.get(html.unescape(one))
        contents = await client.get(html.unescape(one).replace("?", "/list.xlsx?"))

    assert f'value="{node}" selected' in listed and f"node={node}" in one
    assert file.status_code == 200 and "第 1 卷" in file.text
    assert contents.content.startswith(b"PK") and "attachment" in contents.headers["content-disposition"]
