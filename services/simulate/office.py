"""What the legal office of the city does in its ordinary work."""

from typing import Any

from services.given import filing
from services.given.people import OVERSIGHT
from services.simulate.scene import Scene


async def reviewed(s: Scene, case_id: str) -> None:
    """The filing of a major penalty is reviewed and accepted, a day after it came."""
    await s.work()
    await filing.reviewed(s.bureau.say, await filing_of(s, case_id), accept=True, opinion="同意备案")


async def filing_of(s: Scene, case_id: str) -> str:
    """The filing of a case that waits for review."""
    listed: Any = await s.city("ListFilings", OVERSIGHT, state="FILING_STATE_FILED", page_size=500)
    return next(str(f.filing_id) for f in listed.filings if f.case_id == case_id)
