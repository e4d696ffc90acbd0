"""The files of a case on its page: shown in the name of who is signed in, and to nobody else."""

import hashlib
import io
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from google.protobuf.timestamp_pb2 import Timestamp
from PIL import Image, ImageDraw
from playwright.async_api import Browser
from yifa.enforcement.v1 import file_pb2 as pb

from services.console.app import Listening
from services.given.file import hand_in, upload_of
from tests.browser.site import NOBODY, browsing, cookies_of, foreign_words
from tests.city import City
from tests.story import Story

TITLE, RECORDING, ELSEWHERE = "现场照片1", "送达录像", "监测平台数据"


def photo_of(path: Path) -> Path:
    """A picture of a place by night."""
    picture = Image.new("RGB", (1600, 1200), (38, 62, 92))
    draw = ImageDraw.Draw(picture)
    for n in range(0, 1600, 160):
        draw.rectangle((n + 20, 500 - (n % 320), n + 130, 1100), fill=(60 + n // 20, 90, 110))
    draw.ellipse((1250, 120, 1400, 270), fill=(236, 226, 160))
    picture.save(path, "JPEG")
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def filed(city: City, console: Listening, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A case with evidence on a photo that is held and on a file that is not, and a document of nobody's."""
    folder = tmp_path_factory.mktemp("files")
    story = await Story(city).cast()
    await story.investigating()
    taken = Timestamp()
    taken.GetCurrentTime()
    me = city.as_(story.node, story.officers[0], "HANDLING_OFFICER")
    upload = upload_of(story.case_id, photo_of(folder / "p.jpg"), taken, title=TITLE)
    photo = await hand_in(story.stub, lambda: me, upload, folder / "p.jpg")
    await story.evidence(title=TITLE, file_id=photo.file_id)
    await story.evidence(title=ELSEWHERE, sha256=hashlib.sha256(b"there").digest(), location="省监测平台")
    (folder / "v.mp4").write_bytes(b"moving" * 1000)
    film = upload_of(story.case_id, folder / "v.mp4", taken, title=RECORDING, media_type="video/mp4")
    await hand_in(story.stub, lambda: me, film, folder / "v.mp4")
    async with browsing(console.url) as client:

        async def page() -> httpx.Response:
            return await client.get(f"/cases/{story.case_id}")

        await city.eventually(page, lambda reply: reply.status_code == 200 and RECORDING in reply.text)
    return story


async def test_without_a_sign_in_nothing_of_the_files_is_shown(console: Listening, filed: Story) -> None:
    async with browsing(console.url, who=NOBODY) as client:
        answers = [
            await client.get(f"/cases/{filed.case_id}{path}")
            for path in ("/files", "/files/F-1/preview", "/files/F-1")
        ]

    for answer in answers:
        assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?back=")
        assert TITLE not in answer.text


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_who_may_see_the_case_sees_its_files(
    city: City, console: Listening, filed: Story, language: str
) -> None:
    async with browsing(console.url, language, "oversight-1") as client:
        page = (await client.get(f"/cases/{filed.case_id}/files")).text
        [address] = {part.split('"')[0] for part in page.split('src="')[1:]}
        picture = await client.get(address)
        whole = await client.get(address.removesuffix("/preview"))

    assert TITLE in page and RECORDING in page
    assert ("本系统未保存" if language == "zh" else "Not held here") in page
    data = (TITLE, RECORDING, ELSEWHERE, "SHA") if language == "zh" else ()
    assert foreign_words(page, language, (*data, "MB", "KB")) == []
    with Image.open(io.BytesIO(picture.content)) as small:
        assert picture.headers["content-type"] == "image/jpeg" and max(small.size) == 480
    assert whole.headers["content-type"] == "application/octet-stream"
    assert whole.headers["content-disposition"].startswith("attachment")
    listed = await filed.stub.ListFiles(
        pb.ListFilesRequest(case_id=filed.case_id), metadata=city.as_("huanbao", "unit-1", "UNIT_HEAD")
    )
    assert hashlib.sha256(whole.content).digest() in {file.sha256 for file in listed.files}
    read = [e for e in await city.journal("huanbao", "enforcement") if e.type.endswith("FileRead")]
    looks = [e for e in read if e.subject_id == filed.case_id]
    assert {e.actor for e in looks} == {"oversight-1"}, "in the name of who looks, not of the console"


@pytest.mark.parametrize(
    ("who", "node"), [("public-1", "city"), ("machine-1", "city"), ("unit-1", "chengguan")]
)
async def test_who_may_not_see_the_case_is_told_so(
    console: Listening, filed: Story, who: str, node: str
) -> None:
    async with browsing(console.url, "zh", who, node) as client:
        page = await client.get(f"/cases/{filed.case_id}/files")

    assert page.status_code == 200 and TITLE not in page.text and 'class="notice"' in page.text


async def test_the_page_shows_the_photo(
    city: City, console: Listening, filed: Story, browser: Browser, tmp_path: Path
) -> None:
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    await context.add_cookies(await cookies_of(console.url))
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    await page.goto(f"{console.url}/cases/{filed.case_id}")
    picture = page.locator(".files img")
    await picture.scroll_into_view_if_needed()
    await picture.evaluate("i => i.complete || new Promise(done => { i.onload = done })")

    assert await picture.evaluate("i => i.naturalWidth") == 480
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not complaints
    await context.close()
