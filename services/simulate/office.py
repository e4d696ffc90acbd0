"""What the legal office of the city does in its ordinary work."""

import asyncio
from datetime import datetime, timedelta
from datetime import time as hour

from services.given import filing
from services.given.people import OVERSIGHT
from services.given.say import Say
from services.law.calendar import SHANGHAI, china
from services.simulate.agenda import Agenda

EVERY = 5


async def review_filings(agenda: Agenda, say: Say, days: int) -> None:
    """Once a week whatever major penalty was filed is reviewed and accepted."""
    last = agenda.now + timedelta(days=days)
    day = agenda.now.astimezone(SHANGHAI).date()
    while (day := china().add_working(day, EVERY)) < last.date():
        await agenda.until(datetime.combine(day, hour(15), SHANGHAI))
        listed = await say(
            "city", "supervision", "ListFilings", OVERSIGHT, state="FILING_STATE_FILED", page_size=500
        )
        await asyncio.gather(
            *(filing.reviewed(say, f.filing_id, accept=True, opinion="同意备案") for f in listed.filings)
        )
