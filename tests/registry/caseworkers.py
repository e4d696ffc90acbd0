"""Verbs of a department at work on cases."""

from functools import partial

from yifa.enforcement.v1 import basis_pb2 as bases
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import clue_pb2 as clues

from services.given.case import register_clue
from services.given.people import officer

NODE = "huanbao"


class Office:
    """The department at work on cases."""

    def __init__(self, town):
        self.town = town

    async def ask(self, method, request, *roles):
        return await self.town.call(NODE, "enforcement", method, request, *roles)

    async def clue(self, body, **more):
        return await register_clue(
            partial(self.town.say, NODE, "enforcement"), body.body_id, officer("handling_officer-1"), **more
        )

    async def file(self, case, item=None):
        request = clues.FileCaseRequest(case_id=case.case_id, item_id=item.item_id if item else "")
        return (await self.ask("FileCase", request, "AGENCY_HEAD")).case

    async def open_acts(self, case):
        request = cases.ListOpenActsRequest(case_id=case.case_id)
        return {a.act: a for a in (await self.ask("ListOpenActs", request, "AGENCY_HEAD")).acts}

    async def open_cases(self, **narrow):
        request, found = bases.ListOpenCasesRequest(**narrow), []
        while True:
            reply = await self.ask("ListOpenCases", request, "AGENCY_HEAD")
            found += [c.case_id for c in reply.cases]
            request.page_token = reply.next_page_token
            if not request.page_token:
                return found

    async def pass_on(self, case, body):
        request = cases.PassCaseRequest(case_id=case.case_id, body_id=body.body_id)
        return (await self.ask("PassCase", request, "AGENCY_HEAD")).case

    async def case(self, case):
        return (await self.ask("GetCase", cases.GetCaseRequest(case_id=case.case_id), "AGENCY_HEAD")).case


async def heard(town, office, body):
    """Wait until enforcement knows a body: it takes a clue for it."""
    return await town.seen(lambda: office.clue(body))


async def listed(town, office, body, book, *rests_on, **more):
    """An item on a body's list, of which enforcement knows: a case that names none is refused."""
    item = await book.published(body, *rests_on, **more)
    case = await heard(town, office, body)
    await town.seen(lambda: office.clue(body, item_id=item.item_id))

    async def asks_for_an_item():
        acts = await office.open_acts(case)
        return acts["FILE_CASE"]

    await town.seen(asks_for_an_item)
    return item
