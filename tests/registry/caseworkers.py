"""Verbs of a department at work on cases."""

from functools import partial

from yifa.enforcement.v1 import basis_pb2 as bases
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import clue_pb2 as clues
from yifa.registry.v1 import body_pb2

from services.given.case import heads_known, register_clue
from services.given.people import officer
from services.given.registry import appoint_heads

NODE = "huanbao"


class Office:
    """The department at work on cases."""

    def __init__(self, town):
        self.town = town
        self.heads = {}

    async def ask(self, method, request, *roles, subject=""):
        return await self.town.call(NODE, "enforcement", method, request, *roles, subject=subject)

    async def clue(self, body, **more):
        work = partial(self.town.say, NODE, "enforcement")
        case = await register_clue(work, body.body_id, officer("handling_officer-1"), **more)
        await self.head(case)
        return case

    async def head(self, case):
        """The chief of the body of a case, in office."""
        if case.body_id not in self.heads:
            body = body_pb2.EnforcementBody(body_id=case.body_id, node=NODE)
            self.heads[case.body_id], _ = await appoint_heads(self.town.say, body)
            work = partial(self.town.say, NODE, "enforcement")
            await heads_known(work, case.case_id, self.heads[case.body_id])
        return self.heads[case.body_id]

    async def file(self, case, item=None):
        request = clues.FileCaseRequest(case_id=case.case_id, item_id=item.item_id if item else "")
        return (await self.ask("FileCase", request, "AGENCY_HEAD", subject=await self.head(case))).case

    async def open_acts(self, case):
        request = cases.ListOpenActsRequest(case_id=case.case_id)
        reply = await self.ask(
            "ListOpenActs", request, "AGENCY_HEAD", subject=self.heads.get(case.body_id, "")
        )
        return {a.act: a for a in reply.acts}

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
        return (await self.ask("PassCase", request, "AGENCY_HEAD", subject=await self.head(case))).case

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
