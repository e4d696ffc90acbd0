"""What the city shows everybody: bodies and their powers, what is inspected, with nothing of the console around it."""

import os
import re
from html import unescape
from pathlib import Path

import pytest
from playwright.async_api import Browser

from services.console.app import Listening
from tests.browser.conftest import Scene
from tests.browser.site import browsing, foreign_words
from tests.enforcement.test_publication import CODE

NEXT = re.compile(r'href="(/open/bodies\?token=[^"]+)"')
PICTURES = os.environ.get("YIFA_PICTURES")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_bodies_and_their_powers_are_open_to_all(
    console: Listening, scene: Scene, language: str
) -> None:
    body = scene.story.body
    async with browsing(console.url, language) as client:
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
async def test_inspections_are_asked_for_by_the_code_of_an_enterprise(
    console: Listening, language: str
) -> None:
    async with browsing(console.url, language) as client:
        plain = await client.get("/open/inspections")
        asked = await client.get(f"/open/inspections?code={CODE.lower()}")
        wrong = await client.get("/open/inspections?code=914407000000000017")

    assert plain.status_code == asked.status_code == wrong.status_code == 200
    assert ("检查结果公示" if language == "zh" else "No published result.") in asked.text
    assert 'role="alert"' in wrong.text and 'role="alert"' not in asked.text
    assert foreign_words(plain.text, language, ("SL", "JC")) == []  # the codes of items


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
    console: Listening, scene: Scene, browser: Browser, size: tuple[int, int], tmp_path: Path
) -> None:
    tab = await browser.new_page(viewport={"width": size[0], "height": size[1]})
    folder = Path(PICTURES) if PICTURES else tmp_path
    for name, path in {
        "bodies": "/open/bodies",
        "body": f"/open/bodies/{scene.story.body.body_id}",
        "inspections": f"/open/inspections?code={CODE}",
    }.items():
        await tab.goto(f"{console.url}{path}")
        await tab.screenshot(path=folder / f"open-{name}-{size[0]}.png", full_page=True)
        assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    await tab.close()
