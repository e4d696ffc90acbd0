"""The city under attack, with a body, an officer and a complaint under seal."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from services.given import complaint
from services.given.say import patient
from tests.attack.attack import Scene, hearing
from tests.attack.pages import SCRIPT
from tests.attack.records import NAME, PHONE
from tests.browser.site import NOBODY, browsing, config_of, serving
from tests.city import City


@asynccontextmanager
async def under_attack(city: City, folder: Path) -> AsyncIterator[Scene]:
    """A running city with a console, whose log of what is refused is read along."""
    async with (
        serving(config_of(city, folder)) as console,
        browsing(console.url) as officer,
        browsing(console.url, who=NOBODY) as stranger,
    ):
        scene = Scene(city, console.url, officer, stranger)
        body = await city.body()
        scene.body_id, scene.officer_id = body.body_id, (await city.officer(body)).officer_id
        await complaint.name_unsealer(city.say)
        text = f"{SCRIPT}<img src=x onerror=alert(1)>"
        reporter = {"name": NAME, "phone": PHONE}
        filed = await complaint.file_complaint(
            patient(city.say), body.body_id, body.name, text, text, "2026-03-01", reporter=reporter
        )
        scene.complaint_id = filed.receipt.complaint_id
        with hearing(scene.heard):
            yield scene
