"""Cases of a body: what its power list and its mandate allow, and what follows when law or body change."""

from datetime import UTC, datetime

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import events_pb2, resting_pb2

from tests.registry.statute_book import Book, ago
from tests.registry.test_bodies import Hall, mandate
from tests.registry.test_bodies_changes import withdraw
from tests.registry.town import CITY

NODE = "huanbao"


class Office:
    """The department at work on cases."""

    def __init__(self, town):
        self.town = town

    async def ask(self, method, request, *roles):
        return await self.town.call(NODE, "enforcement", method, request, *roles)

    async def clue(self, body, **more):
        request = pb.RegisterClueRequest(
            body_id=body.body_id,
            source=cases.CLUE_SOURCE_INSPECTION,
            summary="检查发现未批先建",
            party=cases.Party(name="示例公司", kind=cases.PARTY_KIND_ORGANISATION),
            violation=cases.Violation(title="未批先建", law="《示例法》第一条"),
        )
        request.MergeFrom(pb.RegisterClueRequest(**more))
        ask = lambda: self.ask("RegisterClue", request, "HANDLING_OFFICER")  # noqa: E731
        return (await ask()).case

    async def file(self, case, item=None):
        request = pb.FileCaseRequest(case_id=case.case_id, item_id=item.item_id if item else "")
        return (await self.ask("FileCase", request, "AGENCY_HEAD")).case

    async def open_acts(self, case):
        request = pb.ListOpenActsRequest(case_id=case.case_id)
        return {a.act: a for a in (await self.ask("ListOpenActs", request, "AGENCY_HEAD")).acts}

    async def open_cases(self, **narrow):
        request, found = resting_pb2.ListOpenCasesRequest(**narrow), []
        while True:
            reply = await self.ask("ListOpenCases", request, "AGENCY_HEAD")
            found += [c.case_id for c in reply.cases]
            request.page_token = reply.next_page_token
            if not request.page_token:
                return found

    async def pass_on(self, case, body):
        request = resting_pb2.PassCaseRequest(case_id=case.case_id, body_id=body.body_id)
        return (await self.ask("PassCase", request, "AGENCY_HEAD")).case

    async def case(self, case):
        return (await self.ask("GetCase", pb.GetCaseRequest(case_id=case.case_id), "AGENCY_HEAD")).case


@pytest.fixture
def book(town):
    return Book(town)


@pytest.fixture
def hall(town):
    return Hall(town)


@pytest.fixture
def office(town):
    return Office(town)


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
        return acts["FILE"]

    await town.seen(asks_for_an_item)
    return item


async def test_a_body_without_a_published_list_needs_no_item(town, office, book):
    body = await town.body()
    await book.propose(body, await book.basis())

    filed = await office.file(await heard(town, office, body))

    assert filed.state == cases.CASE_STATE_FILED and not filed.item_id


async def test_a_body_with_a_published_list_names_an_item_of_it(town, office, book):
    """G-02."""
    body = await town.body()
    item = await listed(town, office, body, book)
    case = await office.clue(body)

    with town.refused("NO_LEGAL_BASIS", law="APL-2021:4;APL-2021:38(1)", body_id=body.body_id):
        await office.file(case)

    assert (await office.file(case, item)).item_id == item.item_id


async def test_a_case_rests_on_no_item_of_another_body_or_kind(town, office, book):
    """G-02."""
    body, other = await town.body(), await town.body()
    item = await listed(town, office, body, book)
    permit = await listed(town, office, body, book, kind="PENALTY")
    foreign = await listed(town, office, other, book)
    inspection = await book.published(body, kind="INSPECTION")
    await book.known(inspection, NODE, "PUBLISHED")

    for wrong in (foreign.item_id, inspection.item_id, "P-unknown"):
        with town.refused("NO_LEGAL_BASIS", item_id=wrong):
            await office.clue(body, item_id=wrong)
    for right in (item, permit):
        assert (await office.clue(body, item_id=right.item_id)).item_id == right.item_id


async def test_no_case_is_filed_on_an_item_whose_basis_was_repealed(town, office, book):
    """G-02: the basis is in force on the day of the act."""
    body, basis = await town.body(), await book.basis()
    item = await listed(town, office, body, book, basis)
    case = await office.clue(body, item_id=item.item_id)
    await book.repeal(basis, ago(1))

    async def no_longer():
        acts = await office.open_acts(case)
        return [o.reason for o in acts["FILE"].obstacles]

    assert await town.seen(no_longer, lambda reasons: "NO_LEGAL_BASIS" in reasons)
    with town.refused("NO_LEGAL_BASIS", item_id=item.item_id):
        await office.file(case)


async def test_an_entrusted_body_stays_inside_its_mandate(town, office, book, hall):
    """G-03: its items, in the name of the agency."""
    agency = await town.body()
    own, kept = await listed(town, office, agency, book), await listed(town, office, agency, book)
    entrusted = await hall.published("ENTRUSTED", entrustment=mandate(agency, item_ids=[own.item_id]))

    case = await town.seen(lambda: office.clue(entrusted))
    assert case.in_name_of == agency.name and case.body_name == entrusted.name

    with town.refused("ENTRUSTMENT_INVALID", law="APL-2021:20(4)", item_id=kept.item_id):
        await office.file(case, kept)
    with town.refused("NO_LEGAL_BASIS"):
        await office.file(case)
    assert (await office.file(case, own)).state == cases.CASE_STATE_FILED


async def test_a_mandate_that_has_not_begun_covers_nothing(town, office, book, hall):
    """G-03: inside its period."""
    given = mandate(await town.body())
    given.from_time.FromDatetime(ago(-30))
    entrusted = await hall.published("ENTRUSTED", entrustment=given)
    await hall.known(entrusted, NODE, "PUBLISHED")

    with town.refused("ENTRUSTMENT_INVALID", law="APL-2021:20(4)", body_id=entrusted.body_id):
        await town.seen(lambda: refused_for(office, entrusted))
        await office.clue(entrusted)


async def refused_for(office, body):
    """Whether enforcement knows the body by now: it is refused for its mandate, not as unknown."""
    import grpc

    try:
        await office.clue(body)
    except grpc.aio.AioRpcError as no:
        return "20(4)" in no.details()
    return True


async def test_a_changed_basis_names_the_open_cases_that_rest_on_it(town, office, book):
    body, law = await town.body(), f"中华人民共和国示例污染防治法{datetime.now(UTC).timestamp():.6f}"
    basis = await book.basis(law=law, article="第三十条")
    item = await listed(town, office, body, book, basis)
    by_item = await office.clue(body, item_id=item.item_id)
    words = lambda text: {"violation": cases.Violation(title="示例", law=text)}  # noqa: E731
    by_words = await office.clue(body, **words(f"《{law.removeprefix('中华人民共和国')}》第三十条"))
    inserted = await office.clue(body, **words(f"《{law}》第三十条之一"))
    ended = await office.clue(body, item_id=item.item_id)
    decline = pb.DeclineClueRequest(case_id=ended.case_id, cause="没有违法事实")
    await office.ask("DeclineClue", decline, "AGENCY_HEAD")
    wanted = {by_item.case_id, by_words.case_id}

    found = await office.open_cases(basis_id=basis.basis_id, law=law, article="第三十条")
    await book.amend(basis, ago(1))

    assert set(found) & {c.case_id for c in (by_item, by_words, inserted, ended)} == wanted
    assert inserted.case_id in await office.open_cases(law=law)

    async def told():
        entries = await town.journal(NODE, "enforcement")
        of = [e for e in entries if e.type.endswith("BasisUsesFound") and e.subject_id == basis.basis_id]
        return [events_pb2.BasisUsesFound.FromString(e.data) for e in of]

    [uses] = await town.seen(told)
    assert wanted <= {c.case_id for c in uses.cases} and not uses.basis.repealed
    assert not {inserted.case_id, ended.case_id} & {c.case_id for c in uses.cases}


async def test_a_department_cut_off_goes_on_and_learns_of_the_law_when_the_link_is_back(town, office, book):
    """G-02: what it did under a basis that was repealed meanwhile is named."""
    body, basis = await town.body(), await book.basis()
    item = await listed(town, office, body, book, basis)

    await town.city.cables[NODE].cut()
    try:
        await book.repeal(basis, ago(1))
        filed = await office.file(await office.clue(body), item)
    finally:
        await town.city.cables[NODE].mend()

    async def named():
        entries = await town.journal(NODE, "enforcement")
        of = [e for e in entries if e.type.endswith("BasisUsesFound") and e.subject_id == basis.basis_id]
        found = [events_pb2.BasisUsesFound.FromString(e.data) for e in of]
        return [c.case_id for uses in found for c in uses.cases]

    assert filed.case_id in await town.seen(named)
    with town.refused("NO_LEGAL_BASIS", item_id=item.item_id):
        await office.clue(body, item_id=item.item_id)


async def test_open_cases_are_asked_for_by_something(town, office):
    import grpc

    with town.refused("MALFORMED", grpc.StatusCode.INVALID_ARGUMENT, field="body_id"):
        await office.open_cases()


async def test_the_successor_in_the_department_goes_on_with_the_open_cases(town, office, book, hall):
    body, heir = await town.body(), await town.body()
    item = await listed(town, office, body, book)
    case = await office.file(await office.clue(body), item)
    assert case.case_id in await office.open_cases(body_id=body.body_id, item_id=item.item_id)

    await withdraw(hall, body, heir, end="MERGED")

    passed = await town.seen(lambda: office.case(case), lambda c: c.body_id == heir.body_id)
    [new] = await book.items(body_id=heir.body_id, held_at=datetime.now(UTC))
    assert (passed.body_name, passed.item_id) == (heir.name, new.item_id)
    assert passed.case_number == case.case_number
    assert case.case_id in await office.open_cases(body_id=heir.body_id)
    assert not await office.open_cases(body_id=body.body_id)


async def test_the_open_cases_are_named_to_a_successor_in_another_department(town, office, hall):
    from yifa.notifications.v1 import notifications_service_pb2 as notes

    body, heir = await town.body(), await town.body("chengguan")
    case = await office.file(await heard(town, office, body))

    await withdraw(hall, body, heir, end="MERGED")

    async def told():
        request = notes.ListInboxRequest(page_size=200)
        reply = await town.call("chengguan", "notifications", "ListInbox", request, "AGENCY_HEAD")
        return [n.body_zh for n in reply.notifications if body.name in n.title_zh]

    assert await town.seen(told, lambda texts: any(case.case_number in text for text in texts))
    waiting = await office.case(case)
    assert waiting.body_id == body.body_id and waiting.HasField("body_end_time")


async def test_after_a_split_a_case_follows_its_item(town, office, book, hall):
    from yifa.registry.v1 import body_pb2

    body, one, two = await town.body(), await town.body(), await town.body()
    a, b = await listed(town, office, body, book), await listed(town, office, body, book)
    first, second = await office.clue(body, item_id=a.item_id), await office.clue(body, item_id=b.item_id)
    unclear = await office.clue(body)
    share = lambda heir, item: body_pb2.Successor(body_id=heir.body_id, item_ids=[item.item_id])  # noqa: E731

    await withdraw(hall, body, share(one, a), share(two, b), end="SPLIT")

    await town.seen(lambda: office.case(first), lambda c: c.body_id == one.body_id)
    await town.seen(lambda: office.case(second), lambda c: c.body_id == two.body_id)
    assert unclear.case_id in await office.open_cases(body_id=body.body_id), "people say who handles it"

    with town.refused("SUCCESSOR_NOT_NAMED", law="ALIT-2017:26(6)", body_id=body.body_id):
        await office.pass_on(unclear, await town.body())
    passed = await office.pass_on(unclear, two)
    assert passed.body_id == two.body_id and not passed.HasField("body_end_time")
    with town.refused("SUCCESSOR_NOT_NAMED"):
        await office.pass_on(passed, one)


async def test_nothing_is_done_in_the_case_of_a_body_that_ended(town, office, hall):
    """G-01: on the day of the act, whatever the act."""
    body = await town.body()
    case = await office.file(await heard(town, office, body))
    await withdraw(hall, body)

    waiting = await town.seen(lambda: office.case(case), lambda c: c.HasField("body_end_time"))

    acts = await office.open_acts(waiting)
    barred = {name for name, act in acts.items() if "APL-2021:38(1)" in {o.law for o in act.obstacles}}
    assert barred == {"ASSIGN_OFFICERS"} and acts["TERMINATE"].open
    assign = pb.AssignOfficersRequest(case_id=case.case_id, officer_ids=["O-1", "O-2"])
    with town.refused("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)", body_id=body.body_id):
        await office.ask("AssignOfficers", assign, "UNIT_HEAD")


async def test_a_body_that_ended_files_no_case(town, office, hall):
    """G-01."""
    body = await town.body()
    case = await heard(town, office, body)
    await withdraw(hall, body)
    await hall.known(body, NODE, "WITHDRAWN")

    async def obstacles():
        return [o.reason for o in (await office.open_acts(case))["FILE"].obstacles]

    await town.seen(obstacles, lambda reasons: "SUBJECT_NOT_QUALIFIED" in reasons)
    with town.refused("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)", body_id=body.body_id):
        await office.file(case)


async def test_the_owners_are_told_of_what_rests_on_a_changed_basis(town, office, book):
    from yifa.notifications.v1 import notifications_service_pb2 as notes

    body, basis = await town.body(), await book.basis()
    item = await listed(town, office, body, book, basis)
    await office.clue(body, item_id=item.item_id)

    await book.repeal(basis, ago(1))

    async def inbox():
        reply = await town.call(
            NODE, "notifications", "ListInbox", notes.ListInboxRequest(page_size=200), "AGENCY_HEAD"
        )
        return {n.event_type.rpartition(".")[2] for n in reply.notifications if basis.law in n.title_zh}

    assert await town.seen(inbox, lambda told: {"PowerItemsAffected", "BasisUsesFound"} <= told)


async def test_the_city_is_told_of_a_late_change(town, hall):
    from yifa.notifications.v1 import notifications_service_pb2 as notes

    from tests.registry.test_bodies_changes import report

    body, in_time = await town.body(), await town.body()
    await report(town, in_time)
    await report(town, body, days_ago=60)

    async def inbox():
        reply = await town.call(
            CITY, "notifications", "ListInbox", notes.ListInboxRequest(page_size=200), "OVERSIGHT"
        )
        return [n.title_zh for n in reply.notifications]

    assert await town.seen(inbox, lambda titles: any(body.name in t for t in titles))
    await hall.known(in_time, CITY, "CHANGE_PENDING")
    assert not any(in_time.name in t for t in await inbox())
