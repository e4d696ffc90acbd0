"""The public complains over the console: without a login, sealed, with a receipt, and not in a flood (OPR-SUP 10)."""

import re

from services.console.app import Listening
from services.given import complaint
from tests.browser.conftest import Scene
from tests.browser.site import browsing
from tests.city import City

HOME = "/open/complaint"
NAME, PHONE = "西门密封", "13900019007"


async def test_anybody_complains_and_asks_with_the_receipt(
    city: City, console: Listening, scene: Scene
) -> None:
    """Given the form, when it is sent twice, then it is one complaint with one receipt, which tells how it stands; who complained
    is on no page. What another site sends, what lacks something, and a flood are turned away.
    """
    await complaint.name_unsealer(city.say)
    async with browsing(console.url, "en") as client:
        form = (await client.get(HOME)).text
        mark = re.search(r'name="mark" value="([0-9a-f]+)"', form)
        assert mark is not None and scene.story.body.name in form
        said = {
            "mark": mark[1], "body_id": scene.story.body.body_id, "day": "2026-03-01", "act": "收缴罚款不开票据",
            "text": "执法人员没有出具票据。", "name": NAME, "phone": PHONE, "open_wanted": "1",
        }  # fmt: skip
        elsewhere = await client.post(HOME, data=said, headers={"sec-fetch-site": "cross-site"})
        lacking = await client.post(HOME, data=said | {"act": " "})
        assert (elsewhere.status_code, lacking.status_code) == (403, 400)
        kept_in_form = (
            said["text"],
            PHONE,
            mark[1],
            'value="2026-03-01"',
            "complete or correct it: What was done",
        )
        assert [each for each in kept_in_form if each not in lacking.text] == []
        assert lacking.text.count("aria-invalid") == 1 and 'name="act" aria-invalid="true"' in lacking.text
        no_day = await client.post(HOME, data=said | {"day": "2026-13-01"})
        assert no_day.status_code == 400 and said["text"] in no_day.text and 'role="alert"' in no_day.text

        first, again = [(await client.post(HOME, data=said)).text for _ in range(2)]
        codes = re.findall(r"<code>([^<]+)</code>", first)
        assert codes == re.findall(r"<code>([^<]+)</code>", again) and len(codes) == 2
        asked = {"complaint_id": codes[0], "receipt": codes[1]}
        shown = (await client.post(f"{HOME}/standing", data=asked)).text
        assert "Received" in shown and codes[0] in shown
        wrong = await client.post(f"{HOME}/standing", data=asked | {"receipt": "0" * 20})
        assert codes[0] not in wrong.text
        kept = (await client.get(f"/complaints/{codes[0]}")).text
        assert "收缴罚款不开票据" in kept and "may be answered in public" in kept
        for page in (first, shown, kept):
            assert NAME not in page and PHONE not in page

        many: list[int] = []
        while 429 not in many and len(many) < 2000:  # however slow the machine is
            many.append((await client.post(f"{HOME}/standing", data={})).status_code)
    assert 429 in many and set(many) <= {400, 429}
