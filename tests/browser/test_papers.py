"""Papers in the console: listed with the case, opened as PDF, and checked by whoever scans their code."""

import io

import pypdf
import pytest
import pytest_asyncio
from yifa.enforcement.v1 import paper_pb2 as pb

from services.console.app import Listening
from services.law.numbering import check_character
from tests.browser.conftest import Scene
from tests.browser.site import NOBODY, browsing, foreign_words

HERE = "/p/huanbao/{hash}"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def paper(scene: Scene) -> pb.Paper:
    """The decision of the scene as it was issued."""

    async def issued() -> pb.IssuePaperResponse:
        return await scene.story.do("IssuePaper", "clerk-1", "CLERK", case_id=scene.case_id, kind="decision")

    return (await scene.story.city.eventually(issued)).paper


async def test_the_case_lists_its_papers_and_opens_them(
    console: Listening, scene: Scene, paper: pb.Paper
) -> None:
    async with browsing(console.url) as client:

        async def listed() -> str:
            return (await client.get(f"/cases/{scene.case_id}")).text

        page = await scene.story.city.eventually(listed, lambda text: paper.paper_id in text)
        found = await client.get(f"/papers/huanbao/{paper.paper_id}.pdf")
        kept = await client.get(f"/papers/huanbao/{paper.paper_id}.pdf?keep=1")

    assert paper.number in page and "行政处罚决定书" in page and "现行" in page
    assert found.headers["content-type"] == "application/pdf"
    assert found.headers["content-disposition"].startswith("inline")
    assert kept.headers["content-disposition"].startswith("attachment") and kept.content == found.content
    text = "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(found.content)).pages)
    assert paper.number in "".join(text.split())


@pytest.mark.parametrize(("language", "word"), [("zh", "真实有效"), ("en", "Genuine")])
async def test_whoever_scans_the_code_sees_what_the_paper_is_worth(
    console: Listening, scene: Scene, paper: pb.Paper, language: str, word: str
) -> None:
    asked = {"n": paper.number, "c": paper.check}
    async with browsing(console.url, language, NOBODY) as client:
        page = await client.get(HERE.format(hash=paper.paper_id), params=asked)

    assert page.status_code == 200 and word in page.text and paper.number in page.text
    assert "示例有限公司" not in page.text and scene.case_id not in page.text
    assert foreign_words(page.text, language) == []
    assert 'href="/cases"' not in page.text, "nothing of the console stands around it"


async def test_an_altered_paper_is_told_as_such(console: Listening, paper: pb.Paper) -> None:
    # one digit more, for which the check character is another
    longer = next(n for d in "123" if check_character(n := f"{paper.number}{d}") != paper.check)
    async with browsing(console.url, who=NOBODY) as client:
        altered = await client.get(HERE.format(hash="0" * 64), params={"n": paper.number})
        other = await client.get(HERE.format(hash=paper.paper_id), params={"n": longer})
        mistyped = await client.get(HERE.format(hash=paper.paper_id), params={"n": longer, "c": paper.check})
        nowhere = await client.get(f"/p/nowhere/{paper.paper_id}")
        broken = await client.get("/p/huanbao/xyz")

    assert "查无此文书" in altered.text and "查无此文书" in other.text and "文号有误" in mistyped.text
    assert paper.number not in altered.text, "who has not the right hash learns nothing"
    assert nowhere.status_code == broken.status_code == 404
