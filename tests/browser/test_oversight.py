"""What people of the office look at and do in their own name: the stream, warnings, back-tests, work handed over."""

import html
import re
from collections import defaultdict
from datetime import datetime
from typing import Any

import httpx
import pytest
import pytest_asyncio
from yifa.supervision.v1 import case_view_pb2, overview_pb2
from yifa.supervision.v1 import warning_pb2 as warnings

from services.console import words
from services.console.app import Listening
from services.console.pages import filters
from services.console.render import fragment
from services.console.show import Show
from services.given import complaint
from services.given.people import OVERSIGHT_HEAD
from services.given.say import patient
from services.law.calendar import SHANGHAI
from tests.browser.conftest import Scene
from tests.browser.site import NOBODY, browsing, foreign_words
from tests.browser.test_feed import Event, until
from tests.browser.test_pages import DATA, seen
from tests.city import City

REASON, LEAVING = "经核实不存在所述情形", "oversight-7"


async def stream(client: httpx.AsyncClient, address: str) -> Any:
    """The events of the oversight stream, as the browser is told them."""
    async with client.stream("GET", address, timeout=30) as answer:
        assert answer.status_code == 200
        event = Event()
        async for line in answer.aiter_lines():
            name, _, value = line.partition(": ")
            if not line:
                if event.event:
                    yield event
                event = Event()
            elif name == "data":
                event.data += value
            elif name in ("id", "event"):
                setattr(event, name, value)


def asked(page: str) -> str:
    """The address by which a page asks for what comes."""
    found = re.search(r'sse-connect="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


async def test_the_stream_is_shown_to_nobody_without_a_sign_in(console: Listening) -> None:
    async with browsing(console.url, who=NOBODY) as client:
        page = await client.get("/stream")
        events = await client.get("/stream/events")

    assert page.status_code == 303 and page.headers["location"] == "/sign-in?back=%2Fstream"
    assert events.status_code == 204


async def test_the_stream_is_refused_to_who_may_not_see_it(console: Listening) -> None:
    async with browsing(console.url, who="public-1") as client:
        page = await client.get("/stream")
        events = await client.get("/stream/events")

    assert page.status_code == 200 and 'class="notice"' in page.text and "sse-connect" not in page.text
    assert events.status_code == 204


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_stream_shows_every_event_with_its_place_in_the_chain(
    city: City, console: Listening, scene: Scene, language: str
) -> None:
    async with browsing(console.url, language) as client:
        await seen(city, client, f"/cases/{scene.case_id}", scene.decision_number)
        page = (await client.get("/stream?node=huanbao&service=enforcement")).text
        events = stream(client, asked(page))
        case_id = await scene.clue("链位示例")
        last = (await until(events, case_id))[-1]
        await events.aclose()

    data = (*DATA, "huanbao", "enforcement") if language == "zh" else ()
    assert foreign_words(page, language, data) == []
    assert "登记线索" in last.data or "Clue registered" in last.data
    assert re.search(r"<code>enforcement@huanbao #\d+ [0-9a-f]{8}</code>", last.data)
    assert last.id.isdigit() and f"<code>{last.id}</code>" in last.data


async def test_the_stream_is_narrowed_to_what_is_asked_for(
    city: City, console: Listening, scene: Scene
) -> None:
    kind = "yifa.enforcement.v1.ClueRegistered"
    async with browsing(console.url) as client:
        await seen(city, client, f"/cases/{scene.hostile_id}", "&lt;script&gt;")
        page = (await client.get(f"/stream?node=huanbao&type={kind}&after=1")).text
        events = stream(client, asked(page))
        found = await until(events, scene.hostile_id)
        await events.aclose()
        wrong = await client.get("/stream?type=yifa.Nothing")

    rows = [each for each in found if each.event == "entry"]
    assert rows and all("登记线索" in each.data and "@huanbao " in each.data for each in rows)
    assert wrong.status_code == 400


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def complained(city: City, scene: Scene) -> str:
    """Three complaints about one unit, which are a warning; one was assigned. The id of that."""
    say, body = patient(city.say), scene.story.body
    for day in ("2026-03-02", "2026-03-03", "2026-03-04"):
        about = (body.body_id, body.name, "当场收缴罚款不开票据", "没有出具票据", day)
        filed = (await complaint.file_complaint(city.say, *about)).complaint
        number = f"页投〔{day}〕{body.body_id}号"
        await complaint.handle(say, filed.complaint_id, number, "AcceptComplaint")
    await say(
        "city",
        "supervision",
        "AssignComplaint",
        OVERSIGHT_HEAD,
        complaint_id=filed.complaint_id,
        handlers=[LEAVING],
    )
    return str(filed.complaint_id)


async def opened(city: City, name: str) -> warnings.Warning | None:
    """The open warning that complaints about a body accumulate."""
    stub = city.stub("city", "supervision")
    wanted = warnings.ListWarningsRequest(rule_id="EW-18", state=warnings.WARNING_STATE_OPEN, page_size=500)
    found = await stub.ListWarnings(wanted, metadata=city.as_("city", "oversight-1", "OVERSIGHT"))
    return next((w for w in found.warnings if f"对{name}的" in w.detail_zh), None)


async def test_a_warning_is_closed_with_a_reason_in_the_name_of_who_does(
    city: City, console: Listening, scene: Scene, complained: str
) -> None:
    warning = await city.eventually(lambda: opened(city, scene.story.body.name))
    assert warning is not None
    close = f"/warnings/{warning.warning_id}/close"
    back = f"/warnings?rule={warning.rule_id}"
    async with browsing(console.url, "zh", "unit-1", "huanbao") as client:
        stranger = await client.post(close, data={"reason": REASON, "back": back})
        await client.become("oversight-2")
        bare = await client.post(close, data={"reason": " ", "back": back, "request_id": "page-close-0"})
        done = await client.post(close, data={"reason": REASON, "back": back, "request_id": "page-close-1"})
        page = (await client.get(back)).text
        again = await client.post(close, data={"reason": REASON, "back": back, "request_id": "page-close-2"})

    assert stranger.status_code == 403 and "不由本人办理" in stranger.text
    assert bare.status_code == 409 and "没有办理" in bare.text and f'href="{html.escape(back)}"' in bare.text
    assert (done.status_code, done.headers["location"]) == (303, back)
    assert REASON in page and "未知姓名" in page and "<code>oversight-2</code>" in page
    assert again.status_code == 409
    for refused in (bare, again):
        assert foreign_words(refused.text, "zh", (*DATA, "FAILED", "PRECONDITION")) == []


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_warning_is_tried_with_another_number(
    city: City, console: Listening, scene: Scene, language: str
) -> None:
    async with browsing(console.url, language, who="oversight-1") as client:
        page = await client.get("/warnings/backtest?rule=EW-04&run=1&warning.EW-04.cases=1&from=2020-01-01")
        wrong = await client.get("/warnings/backtest?rule=EW-04&run=1&warning.EW-04.gap=999999")

    assert page.status_code == 200 and 'class="totals"' in page.text
    assert foreign_words(page.text, language, DATA if language == "zh" else ()) == []
    assert wrong.status_code == 200 and 'class="notice"' in wrong.text and 'class="totals"' not in wrong.text


async def test_a_back_test_is_run_for_nobody_else(console: Listening) -> None:
    async with browsing(console.url, "zh", "unit-1", "huanbao") as client:
        page = (await client.get("/warnings/backtest?rule=EW-04&run=1")).text

    assert 'class="notice"' in page and 'class="totals"' not in page


async def test_the_queue_of_the_city_shows_what_waits_with_whom(
    city: City, console: Listening, scene: Scene
) -> None:
    async with browsing(console.url) as client:
        page = await seen(city, client, "/work?node=city&noun=reconsideration", scene.reconsideration_id)
        mine = (await client.get(f"/work?node=city&officer={scene.supervisor_id}")).text

    assert "行政复议" in page and "行政执法监督人员" in page
    assert f"/supervision/{scene.order_id}" in mine and scene.reconsideration_id not in mine


async def test_work_of_the_city_is_handed_over_from_its_queue(
    city: City, console: Listening, scene: Scene, complained: str
) -> None:
    said = {"node": "city", "from": LEAVING, "to": "oversight-6", "reason": "调离"}
    queue = f"/work?node=city&officer={LEAVING}"
    async with browsing(console.url) as client:
        before = (await client.get(queue)).text
        await client.become("unit-1", "huanbao")
        stranger = await client.post("/work/hand-over", data=said)
        await client.become("oversight-1")
        unfit = await client.post("/work/hand-over", data=said)
        await client.become("overseer-head-2")
        blank = await client.post("/work/hand-over", data=said | {"reason": " "})
        elsewhere = await client.post("/work/hand-over", data=said | {"node": "nowhere"})
        done = await client.post("/work/hand-over", data=said)
        await client.become("oversight-1")
        after = (await client.get(queue)).text
        theirs = (await client.get("/work?node=city&officer=oversight-6")).text

    assert stranger.status_code == 403 and blank.status_code == 409 and elsewhere.status_code == 404
    assert unfit.status_code == 200 and "未移交" in unfit.text and "应当由有权人员办理" in unfit.text
    assert done.status_code == 200 and "已移交" in done.text
    link = f"/complaints/{complained}"
    assert link in before and link not in after and link in theirs
    for page in (unfit, done):
        assert foreign_words(page.text, "zh", (*DATA, "oversight", "B-")) == []


def drawn(template: str, language: str, **more: Any) -> str:
    """A template with nothing but what it is given."""
    show = Show(words.load(), language, {}, lambda: datetime(2026, 3, 2, 12, tzinfo=SHANGHAI))
    return fragment(show, template, **{"session": None, "csrf": ""} | more)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_late_or_breaks_a_chain_stands_out_in_the_stream(language: str) -> None:
    at = datetime(2026, 3, 2, 8, tzinfo=SHANGHAI)
    entry = {"event_id": "E-1", "position": 7, "node": "huanbao", "service": "enforcement", "journal_seq": 41}
    late = case_view_pb2.TimelineEntry(**entry, hash=b"\xab" * 32, late=True, occur_time=at, record_time=at)
    broken = case_view_pb2.TimelineEntry(
        **entry, type="yifa.supervision.v1.ChainBroken", title_zh="记录链中断"
    )

    slow = drawn("_feed_row.html", language, e=late, warning=None, chain=True)
    cut = drawn("_feed_row.html", language, e=broken, warning=None, chain=True)

    assert "<code>enforcement@huanbao #41 abababab</code>" in slow and "<code>7</code>" in slow
    assert ("迟录" if language == "zh" else "late") in slow.lower() and "row orange" not in slow
    assert 'class="row red"' in cut and 'class="row red"' not in slow


@pytest.mark.parametrize("language", ["zh", "en"])
def test_missing_forged_and_silent_are_told_of_the_department(language: str) -> None:
    found = [
        warnings.Warning(
            rule_id=rule, node=node, title_zh=said, title_en=said, detail_zh=said, detail_en=said
        )
        for rule, node, said in (("CHAIN", "huanbao", "FORGED-1"), ("CHAIN", "nowhere", "GAP-2"))
    ]
    counts = [
        overview_pb2.DepartmentCounts(node="huanbao", silent=True, late_entries=3),
        overview_pb2.DepartmentCounts(node="chengguan"),
    ]
    page = drawn(
        "stream.html", language, here="/stream", path="/stream", f=defaultdict(str), said="", faults=found, departments=[],
        standing=overview_pb2.GetOverviewResponse(departments=counts), services=[], kinds=[], connect="/x", live=True, rows=[],
    )  # fmt: skip

    hit, well = page.split("/stream?node=huanbao")[1].split("/stream?node=chengguan")
    assert "FORGED-1" in hit and ("失联" if language == "zh" else "not heard") in page
    assert "FORGED-1" not in well and "level red" not in well.split("</table>")[0]
    assert "GAP-2" in page.split("</table>")[1], "of a node that has no counts it is told too"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_warning_says_to_whom_it_was_escalated(language: str) -> None:
    at = datetime(2026, 3, 2, 8, tzinfo=SHANGHAI)
    told = {
        "warning_id": "W-1",
        "rule_id": "EW-18",
        "level": 3,
        "state": 1,
        "escalations": 2,
        "escalated_time": at,
    }
    shown = [
        warnings.Warning(**told, escalated_to="O-42", escalate_time=at),
        warnings.Warning(**told),
    ]
    page = drawn(
        "warnings.html", language, here="/warnings", path="/warnings", warnings=shown, f=defaultdict(str), nodes=[], levels=[],
        states=[], csv="/x", mark=lambda: "m", pages=filters.pages("/warnings", {}, 0, 2, 2, ""),
    )  # fmt: skip

    rows = page.split("<tbody>")[1].split("</tr>")
    assert "O-42" in rows[0] and ("已升级 2 次" if language == "zh" else "Escalated 2 times") in rows[0]
    assert ("尚无可送达的负责人" if language == "zh" else "no head to tell was found") in rows[1]
    assert foreign_words(page, language, (*DATA, "EW") if language == "zh" else ()) == []
