"""The pages in a real browser: the live feed, folding, both themes, no errors and nothing wider than the screen."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from services.console.app import Listening
from tests.browser.conftest import Scene
from tests.browser.site import browsing, config_of, cookies_of, dead_port, serving
from tests.browser.test_pages import PAGES, filled, seen
from tests.city import City

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@asynccontextmanager
async def opened(
    browser: Browser, url: str, path: str, language: str = "zh", size: Any = DESK, **more: Any
) -> AsyncIterator[tuple[Page, list[str]]]:
    """A page in a fresh browser, and what the browser complained of."""
    context = await browser.new_context(viewport=size, **more)
    await context.add_cookies(await cookies_of(url, language))
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    page.on("request", lambda r: None if r.url.startswith(url) else complaints.append(f"asked {r.url}"))
    await page.goto(url + path)
    try:
        yield page, complaints
    finally:
        await context.close()


@pytest.mark.parametrize(
    ("language", "sizes"), [("zh", (DESK, PHONE)), ("en", (PHONE,))], ids=["desk-phone-zh", "phone-en"]
)
async def test_no_page_is_too_wide_or_complains(
    city: City, console: Listening, scene: Scene, browser: Browser, language: str, sizes: Any
) -> None:
    """The screen is made narrower under a page that is open: only its style sheet asks how wide it is."""
    async with browsing(console.url) as client:
        await seen(city, client, f"/cases/{scene.case_id}", scene.decision_number)
        await seen(city, client, "/cases", scene.hostile_id)
        listed = await seen(city, client, f"/traces?case={scene.case_number}", "supervision@city")
    trace = re.search(r"/traces/[0-9a-f]{32}", listed)
    assert trace
    async with opened(browser, console.url, "/", language, sizes[0]) as (page, complaints):
        for path in (*PAGES, trace[0]):
            await page.goto(console.url + filled(path, scene))

            for size in sizes:
                await page.set_viewport_size(size)
                width = await page.evaluate("document.documentElement.scrollWidth")
                assert width <= size["width"], (path, size)
        assert complaints == []


async def test_a_new_act_slides_in_and_is_marked_for_three_seconds(
    city: City, console: Listening, scene: Scene, browser: Browser
) -> None:
    async with opened(browser, console.url, "/") as (page, complaints):
        rows = page.locator("#feed-rows > li")
        await expect(page.locator("#feed-source")).to_have_text("实时接收中")
        await expect(rows.first).to_be_visible()

        case_id = await scene.clue("<script>alert(2)</script>")

        row = rows.filter(has=page.locator(f'a[href="/cases/{case_id}"]'))
        await expect(row).to_have_class(re.compile(r"\bnew\b"))
        await expect(row).to_contain_text("<script>alert(2)</script>")
        await expect(row).not_to_have_class(re.compile(r"\bnew\b"), timeout=5000)
        assert await page.locator("#feed-rows").get_attribute("aria-live") == "polite"
        assert complaints == []


async def test_a_pause_holds_rows_back_and_loses_none(
    city: City, console: Listening, scene: Scene, browser: Browser
) -> None:
    async with opened(browser, console.url, "/") as (page, _):
        await expect(page.locator("#feed-source")).to_have_text("实时接收中")
        await page.click("#pause")
        held = [await scene.clue() for _ in range(2)]
        links = [page.locator(f'#feed-rows a[href="/cases/{case_id}"]') for case_id in held]
        await expect(page.locator("#feed-held b")).not_to_have_text(re.compile("^[01]?$"))
        assert [await link.count() for link in links] == [0, 0]

        await page.get_by_role("button", name="继续").click()

        for link in links:
            await expect(link).to_be_visible()
        await expect(page.locator("#feed-held")).to_be_hidden()


async def test_a_lost_connection_is_said_and_what_was_missed_is_there_after_it(
    city: City, scene: Scene, browser: Browser, tmp_path: Path
) -> None:
    """A console that starts anew knows who was signed in."""
    with dead_port() as address:
        port = int(str(address).rpartition(":")[2])
    config = config_of(city, tmp_path, port=port)
    async with AsyncExitStack() as stack:
        async with serving(config) as console:
            page, _ = await stack.enter_async_context(opened(browser, console.url, "/", "en"))
            lost = page.get_by_text("Connection lost, retrying")
            await expect(page.locator("#feed-source")).to_have_text("Live")
            await expect(lost).to_be_hidden()
        await expect(lost).to_be_visible()
        case_id = await scene.clue()

        async with serving(config):
            await page.reload()
            await expect(page.locator("#feed-source")).to_have_text("Live")
            await expect(page.locator(f'#feed-rows a[href="/cases/{case_id}"]')).to_have_count(1)


async def test_the_navigation_folds_on_a_phone(console: Listening, scene: Scene, browser: Browser) -> None:
    async with opened(browser, console.url, "/cases", size=PHONE) as (page, _):
        warnings = page.get_by_role("link", name="预警", exact=True)
        await expect(warnings).to_be_hidden()

        await page.get_by_role("button", name="菜单").click()

        await warnings.click()
        await expect(page).to_have_url(f"{console.url}/warnings")
        await expect(page.get_by_role("heading", name="预警")).to_be_visible()


async def test_tables_become_lists_on_a_phone(
    city: City, console: Listening, scene: Scene, browser: Browser
) -> None:
    async with browsing(console.url) as client:
        await seen(city, client, "/cases", scene.hostile_id)
    show = "getComputedStyle(document.querySelector('tbody tr')).display"
    async with opened(browser, console.url, "/cases", size=PHONE) as (phone, _):
        assert await phone.evaluate(show) == "block"
    async with opened(browser, console.url, "/cases") as (desk, _):
        assert await desk.evaluate(show) == "table-row"


async def test_the_head_of_a_table_stays_in_sight(
    city: City, console: Listening, scene: Scene, browser: Browser
) -> None:
    for _ in range(20):
        await scene.clue()
    async with browsing(console.url) as client:
        await city.eventually(lambda: client.get("/cases"), lambda r: r.text.count("<tr>") > 20)
    async with opened(browser, console.url, "/cases") as (page, _):
        await page.mouse.wheel(0, 600)
        await page.wait_for_function("scrollY > 300")

        box = await page.locator("thead th").first.bounding_box()

        assert box and box["y"] == 0


async def test_the_theme_follows_the_system(console: Listening, scene: Scene, browser: Browser) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    async with opened(browser, console.url, "/nodes", color_scheme="dark") as (page, _):
        dark = await page.evaluate(ground)
        await page.emulate_media(color_scheme="light")
        assert (dark, await page.evaluate(ground)) == ("rgb(21, 23, 27)", "rgb(245, 246, 247)")


async def test_the_language_is_switched_in_place(console: Listening, scene: Scene, browser: Browser) -> None:
    async with opened(browser, console.url, "/cases?state=CLUE") as (page, complaints):
        await page.get_by_role("button", name="Switch to English").click()

        await expect(page.get_by_role("heading", name="Cases")).to_be_visible()
        assert page.url == f"{console.url}/cases?state=CLUE"
        assert complaints == []


async def test_still_where_motion_is_unwanted(console: Listening, scene: Scene, browser: Browser) -> None:
    moves = "getComputedStyle(document.querySelector('#feed-rows li')).transitionDuration"
    async with opened(browser, console.url, "/", reduced_motion="reduce") as (page, _):
        await expect(page.locator("#feed-rows li").first).to_be_visible()
        still = await page.evaluate(moves)
        await page.emulate_media(reduced_motion="no-preference")
        assert (still, await page.evaluate(moves)) == ("0s", "0.6s")


async def test_nodes_refresh_themselves(console: Listening, scene: Scene, browser: Browser) -> None:
    async with opened(browser, console.url, "/nodes") as (page, complaints):
        async with page.expect_response(lambda r: r.url.endswith("/nodes"), timeout=8000) as asked:
            pass

        assert (await asked.value).status == 200
        await expect(page.locator("#nodes")).to_contain_text("全部正常")
        assert complaints == []
