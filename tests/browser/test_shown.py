"""The electronic certificate, and the page that whoever scans its code sees (亮证)."""

import io
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import zxingcpp
from PIL import Image, ImageDraw
from playwright.async_api import Browser
from yifa.registry.v1 import showing_pb2 as pb

from services.console.app import Listening
from services.given.people import CITY, REGISTRAR
from tests.browser.site import NOBODY, browsing, cookies_of, foreign_words
from tests.city import City, rid

SIZES = {"phone": (390, 844), "desktop": (1440, 900)}
PICTURES = os.environ.get("YIFA_PICTURES")


@dataclass
class Holder:
    """An officer with a photo, and a code of the certificate."""

    city: City
    officer_id: str
    name: str
    number: str

    async def token(self) -> str:
        request = pb.ShowCertificateRequest(officer_id=self.officer_id)
        caller = self.city.as_("huanbao", self.officer_id, "HANDLING_OFFICER")
        reply = await self.city.stub("huanbao", "registry").ShowCertificate(request, metadata=caller)
        return str(reply.token)

    async def act(self, method: str, **values: Any) -> None:
        number = self.number
        await self.city.say(CITY, "registry", method, REGISTRAR, certificate_number=number, **values)


def portrait() -> bytes:
    """A face of nobody."""
    image = Image.new("RGB", (300, 400), "#c9d6e8")
    draw = ImageDraw.Draw(image)
    draw.ellipse((90, 70, 210, 220), fill="#e8c9a8")
    draw.rectangle((50, 250, 250, 400), fill="#1f3a68")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest_asyncio.fixture(loop_scope="session")
async def holder(city: City, console: Listening) -> AsyncIterator[Holder]:
    body = await city.body()
    officer, number = await city.certified(body)
    clerk = city.as_("huanbao", "clerk-1", "ROSTER_CLERK")
    request = pb.SetOfficerPhotoRequest(request_id=rid(), officer_id=officer.officer_id, data=portrait())
    await city.stub("huanbao", "registry").SetOfficerPhoto(request, metadata=clerk)
    holder = Holder(city, officer.officer_id, officer.name, number)
    token = await holder.token()
    public = city.as_("city", "somebody", "PUBLIC")
    check = pb.CheckShownRequest(token=token)
    await city.eventually(
        lambda: city.stub("city", "registry").CheckShown(check, metadata=public),
        lambda reply: reply.photo.data,
    )
    yield holder


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_whoever_scans_sees_the_card_in_one_language(
    console: Listening, holder: Holder, language: str
) -> None:
    token = await holder.token()

    async with browsing(console.url, language, NOBODY) as client:
        page = await client.get(f"/v/{token}")
        photo = await client.get(f"/v/{token}/photo")

    assert page.status_code == 200
    for text in (holder.name, holder.number, "生态环境", "证件有效" if language == "zh" else "Valid"):
        assert text in page.text
    assert foreign_words(page.text, language, (token,)) == []
    assert "/cases" not in page.text, "the public sees nothing of the console"
    assert (photo.headers["content-type"], photo.headers["x-content-type-options"]) == (
        "image/jpeg",
        "nosniff",
    )
    assert Image.open(io.BytesIO(photo.content)).size == (300, 400)


async def test_each_bad_code_has_its_own_answer(console: Listening, holder: Holder) -> None:
    token = await holder.token()
    head, body, signature = token.split(".")

    async with browsing(console.url, who=NOBODY) as client:
        altered = await client.get(f"/v/{head}.{body[:-2]}AA.{signature}")
        unreadable = await client.get("/v/no-code")
        huge = await client.get(f"/v/{'x' * 2001}")
        await holder.act("SuspendCertificate", cause="年度审验不合格", law="EX-CERT")
        suspended = await client.get(f"/v/{token}")
        no_photo = await client.get("/v/no-code/photo")

    assert "内容被篡改" in altered.text and holder.name not in altered.text
    assert "不是证件码" in unreadable.text
    assert huge.status_code == no_photo.status_code == 404
    assert "证件暂扣中" in suspended.text and "持证人不得执法" in suspended.text


async def test_the_officer_s_page_says_why_there_is_no_code(console: Listening, holder: Holder) -> None:
    await holder.act("SuspendCertificate", cause="年度审验不合格", law="EX-CERT")

    async with browsing(console.url, "zh", holder.officer_id, "huanbao") as client:

        async def refused() -> str:
            return (await client.get(f"/certificates/{holder.number}")).text

        page = await holder.city.eventually(
            refused, lambda text: "暂扣" in text and "<svg viewBox" not in text
        )

        unknown = await client.get("/certificates/000000000000000")

    assert "出示的行政执法证件应当在有效期内" in page
    assert unknown.status_code == 404


async def test_a_certificate_is_shown_to_its_holder_only(console: Listening, holder: Holder) -> None:
    """Not to who knows its number: whoever that is gets no code, and learns nothing of the certificate."""
    answers = []
    for who, node in (
        (NOBODY, "city"),
        ("oversight-head-1", "city"),
        ("clerk-1", "huanbao"),
        ("head-1", "huanbao"),
    ):
        async with browsing(console.url, "zh", who, node) as client:
            for path in (f"/certificates/{holder.number}", f"/certificates/{holder.number}/code"):
                answers.append(await client.get(path))

    assert {answer.status_code for answer in answers} <= {303, 403, 404}
    for answer in answers:
        assert "<svg viewBox" not in answer.text and holder.name not in answer.text


@pytest.mark.parametrize("size", SIZES)
async def test_the_code_on_the_screen_is_scanned_and_leads_to_the_card(
    console: Listening, holder: Holder, browser: Browser, size: str, tmp_path: Path
) -> None:
    width, height = SIZES[size]
    context = await browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=2)
    await context.add_cookies(await cookies_of(console.url, "zh", holder.officer_id, "huanbao"))
    tab = await context.new_page()
    faults: list[str] = []
    tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    folder = Path(PICTURES) if PICTURES else tmp_path

    await tab.goto(f"{console.url}/certificates/{holder.number}")
    await tab.screenshot(path=folder / f"certificate-{size}.png", full_page=True)
    picture = Image.open(folder / f"certificate-{size}.png")
    # of its kind only: lines of text may pass for a bar code
    [found] = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    await tab.goto(found.text)
    assert await tab.evaluate("document.querySelector('img.photo').naturalWidth") == 300
    await tab.screenshot(path=folder / f"shown-{size}.png", full_page=True)

    assert found.text.startswith(f"{console.url}/v/")
    assert holder.name in await tab.inner_text("main")
    assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off"
    assert faults == []
    await context.close()


async def test_the_code_renews_itself(console: Listening, holder: Holder, browser: Browser) -> None:
    context = await browser.new_context()
    await context.add_cookies(await cookies_of(console.url, "zh", holder.officer_id, "huanbao"))
    tab = await context.new_page()
    await tab.goto(f"{console.url}/certificates/{holder.number}")
    await tab.evaluate("document.querySelector('#code').dataset.old = 'yes'")

    async with tab.expect_response("**/code"):
        await tab.evaluate(
            "htmx.ajax('GET', document.querySelector('#code').getAttribute('hx-get'), '#code')"
        )
    await tab.wait_for_selector("#code:not([data-old])")

    assert "60s" in (await tab.get_attribute("#code", "hx-trigger") or "")
    assert await tab.locator("#code svg.qr").count() == 1
    await context.close()
