"""Signing in at the console: by a real identity provider, or as a persona; what keeps others out, and what ends it."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from starlette.routing import Route

from services.console.app import PAGES, Listening
from services.console.config import Identity
from services.kit.issuers import revoke_person
from tests.browser.conftest import KNOWN, STRANGER, Scene
from tests.browser.site import (
    HIDDEN,
    NOBODY,
    SESSION,
    VISIT,
    Visitor,
    browsing,
    config_of,
    cookies_of,
    foreign_words,
    serving,
)
from tests.city import City

OPEN_POSTS = ("/sign-out", "/language", "/sign-in/persona", "/sign-in/provider", "/open/complaint")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(
    city: City, provider: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Listening]:
    """A console whose people sign in by the provider."""
    identity = Identity(provider, "yifa-console", "some secret")
    async with serving(config_of(city, tmp_path_factory.mktemp("office"), identity=identity)) as listening:
        yield listening


async def sent_to_provider(client: Visitor, node: str = "city", back: str = "/warnings") -> str:
    """The address of the provider that the console sends the browser to."""
    answer = await client.post("/sign-in/provider", data={"node": node, "back": back})
    assert answer.status_code in (302, 303), answer.text
    return answer.headers["location"]


async def authorised(address: str, who: str) -> str:
    """Where the provider sends the browser back to, once somebody said who they are there."""
    async with httpx.AsyncClient() as browser:
        answer = await browser.post(address, data={"sub": who})
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}"


async def test_somebody_signs_in_by_the_provider_and_has_the_roles_that_the_node_knows(
    office: Listening,
) -> None:
    """Code flow with PKCE, state and nonce; the session is a random id in a cookie that no script and no other site has."""
    async with browsing(office.url, who=NOBODY) as client:
        address = await sent_to_provider(client)
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        back = await client.get(await authorised(address, KNOWN))
        page = await client.get("/warnings")

    assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 20 and len(asked["nonce"]) >= 20 and len(asked["code_challenge"]) == 43
    assert (back.status_code, back.headers["location"]) == (303, "/warnings")
    [cookie] = [c for c in back.headers.get_list("set-cookie") if c.startswith(SESSION)]
    assert (
        "HttpOnly" in cookie and "SameSite=Lax" in cookie and len(cookie.split(";")[0]) >= len(SESSION) + 40
    )
    assert page.status_code == 200 and "监督人员二" in page.text and 'action="/sign-out"' in page.text


async def test_who_is_nobody_of_the_unit_is_told_so(office: Listening) -> None:
    async with browsing(office.url, "en", who=NOBODY) as client:
        stranger = await client.get(await authorised(await sent_to_provider(client), STRANGER))
        elsewhere = await client.get(await authorised(await sent_to_provider(client, "huanbao"), KNOWN))

        assert not client.held(SESSION)
    for answer in (stranger, elsewhere):
        assert answer.status_code == 403 and "has this identity" in answer.text


async def test_what_comes_back_counts_once_and_in_the_browser_that_went(office: Listening) -> None:
    async with browsing(office.url, who=NOBODY) as client, browsing(office.url, who=NOBODY) as other:
        address = await authorised(await sent_to_provider(client), KNOWN)
        await sent_to_provider(other)
        stolen = await other.get(address)
        altered = await client.get(address.replace("state=", "state=x"))
        late = await client.get(address)
        never = await other.get("/sign-in/callback")

        assert not client.held(SESSION) and not other.held(SESSION)
    for answer in (stolen, altered, late, never):
        assert answer.status_code == 403 and "身份认证没有完成" in answer.text


async def test_a_session_is_never_one_that_was_there_before(console: Listening) -> None:
    """Whatever id a browser brings, who signs in gets another; the one before ends."""
    planted = "x" * 43
    async with browsing(console.url, who=NOBODY) as client:
        client.cookies.set(SESSION, planted)
        assert (await client.get("/cases")).status_code == 303
        client.forget(SESSION)
        first = await client.sign_in("oversight-1")
        client.proof = ("", "")
        second = await client.sign_in("registrar-1")
        client.forget(SESSION)
        client.cookies.set(SESSION, first)
        answer = await client.get("/cases")

    assert len({planted, first, second}) == 3 and answer.status_code == 303


async def test_who_signs_out_is_out(console: Listening) -> None:
    async with browsing(console.url, who=NOBODY) as client:
        mine = await client.sign_in("oversight-1")
        assert (await client.get("/cases")).status_code == 200

        out = await client.post("/sign-out")

        client.forget(SESSION)
        client.cookies.set(SESSION, mine)
        assert out.status_code == 303 and (await client.get("/cases")).status_code == 303


async def test_who_was_struck_off_sees_nothing_more(city: City, console: Listening) -> None:
    """Once the tokens of a person are taken back the next page leads to the sign-in, and the session is gone."""
    async with browsing(console.url, who=NOBODY) as client:
        await client.sign_in("leaving-1")
        assert (await client.get("/cases?q=x")).status_code == 200
        from services.kit.time import wall

        revoke_person(city.plan.issuers, "city", "leaving-1", wall().timestamp())

        async def page() -> httpx.Response:
            return await client.get("/cases?q=x")

        answer = await city.eventually(page, lambda reply: reply.status_code == 303)

    assert answer.headers["location"] == "/sign-in?back=%2Fcases%3Fq%3Dx"


def posts() -> list[str]:
    """The address of every form."""
    routes = [route for page in PAGES for route in page.ROUTES if isinstance(route, Route)]
    return [re.sub(r"\{[^}]+\}", "x", route.path) for route in routes if "POST" in (route.methods or ())]


async def test_no_form_counts_without_the_proof_of_its_page(console: Listening) -> None:
    """None, a wrong one, that of another browser, or one that another site sends."""
    assert {*OPEN_POSTS} <= {*posts()}
    async with browsing(console.url) as client, browsing(console.url, who=NOBODY) as other:
        foreign = HIDDEN.search((await other.get("/sign-in")).text)
        own = HIDDEN.search((await client.get("/sign-in")).text)
        assert foreign is not None and own is not None and foreign[1] != own[1]
        for path in posts():
            for sent in ({}, {"csrf": "0" * 64}, {"csrf": foreign[1]}, {"csrf": "é"}):
                answer = await httpx.AsyncClient.post(client, path, data=sent)
                assert answer.status_code == 403 and "表单无效" in answer.text, path
            crossing = await client.post(path, headers={"sec-fetch-site": "cross-site"})
            assert crossing.status_code == 403, path
        assert (await client.get("/cases")).status_code == 200, "nobody was signed out by it"


async def test_every_page_but_the_open_ones_is_for_who_is_signed_in(console: Listening) -> None:
    routes = [route for page in PAGES for route in page.ROUTES if isinstance(route, Route)]
    gets = [re.sub(r"\{[^}]+\}", "x", r.path) for r in routes if "GET" in (r.methods or ())]
    shown = set()
    async with browsing(console.url, who=NOBODY) as client:
        for path in gets:
            answer = await client.get(path)
            if answer.status_code not in (303, 204, 401):
                shown.add("/" + path.split("/")[1])
        part = await client.get("/cases?q=x", headers={"hx-request": "true"})
        forms = [(await client.post(path)).status_code for path in ("/warnings/x/close", "/work/hand-over")]

    assert shown <= {"/open", "/p", "/v", "/i", "/sign-in", "/healthz"}
    assert forms == [401, 401]
    assert part.status_code == 401 and part.headers["hx-redirect"] == "/sign-in?back=%2Fcases%3Fq%3Dx"


@pytest.mark.parametrize(("language", "said"), [("zh", "无权查看"), ("en", "Not for you to see")])
async def test_a_page_that_a_role_does_not_show_says_so_and_offers_another_sign_in(
    console: Listening, scene: Scene, language: str, said: str
) -> None:
    async with browsing(console.url, language, "unit-1", "huanbao") as client:
        for path in ("/", "/cases", f"/complaints/{scene.complaint_id}", "/traces"):
            page = await client.get(path)
            assert page.status_code == 403 and said in page.text and 'href="/sign-in?back=' in page.text
            assert (
                foreign_words(page.text, language, ("承办机构负责人", "PERMISSION", "DENIED", "NOT", "YOURS"))
                == []
            )
        own = await client.get("/work?node=huanbao")

    assert own.status_code == 200


async def test_too_many_sign_ins_are_told_to_wait(city: City, tmp_path: Path) -> None:
    async with serving(config_of(city, tmp_path)) as console, browsing(console.url, who=NOBODY) as client:
        tried = [
            (await client.post("/sign-in/persona", data={"node": "city", "subject": "nobody"})).status_code
            for _ in range(60)
        ]
        page = await client.post("/sign-in/persona", data={"node": "city", "subject": "oversight-1"})

    assert 429 in tried and {*tried} == {403, 429}
    assert page.status_code == 429 and "请求过于频繁" in page.text


async def test_by_https_the_cookies_are_for_this_host_and_https_only(city: City, tmp_path: Path) -> None:
    async with (
        serving(config_of(city, tmp_path, secure=True)) as console,
        httpx.AsyncClient(base_url=console.url) as client,
    ):
        page = await client.get("/sign-in")

    cookie = page.headers["set-cookie"]
    assert cookie.startswith(f"__Host-{VISIT}=") and "; Secure" in cookie and "Path=/;" in cookie


async def test_a_persona_is_chosen_in_the_browser(
    city: City, console: Listening, scene: Scene, browser: Browser
) -> None:
    """The page says loudly that it is a demonstration; who is signed in stands on every page, with the way out."""
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    await page.goto(f"{console.url}/warnings?state=OPEN")
    await expect(page.locator(".notice.loud")).to_contain_text("演示环境")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    await page.locator("form:has(input[value=oversight-1]) button").click()

    await expect(page).to_have_url(f"{console.url}/warnings?state=OPEN")
    await page.get_by_role("button", name="菜单").click()
    await expect(page.locator(".me")).to_contain_text("执法监督人员")
    await page.get_by_role("button", name="退出登录").click()
    await expect(page).to_have_url(f"{console.url}/sign-in")
    assert complaints == []
    await context.close()


async def test_the_page_shows_each_unit_s_people(console: Listening, browser: Browser) -> None:
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    await context.add_cookies([c for c in await cookies_of(console.url) if c["name"] != SESSION])
    page = await context.new_page()
    await page.goto(f"{console.url}/sign-in")

    assert await page.locator(".personas section").count() == 3
    for role in ("行政机关负责人", "法制审核人员", "承办执法人员"):
        assert await page.get_by_role("button", name=role).count() >= 1
    await context.close()
