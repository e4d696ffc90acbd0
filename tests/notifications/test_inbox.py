"""Who is told, and what a recipient may do with it."""

import grpc
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.journal.v1 import parked_pb2
from yifa.notifications.v1 import events_pb2 as events
from yifa.notifications.v1 import notification_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import events_pb2 as supervision

from tests.city import rid
from tests.database import opened
from tests.notifications.office import case, clock, warning

H, CITY = "huanbao", "city"
OVERSIGHT = {"role:OVERSIGHT"}


async def test_the_people_of_a_case_are_told_of_its_warning(office):
    event = warning(H, "RED", officer := f"O-{rid()}", "应审未审")

    await office.town.announce(CITY, event, to=H)

    case_id = event.warning.case_id
    at_department = {officer, "role:AGENCY_HEAD"}
    await office.eventually(lambda: office.told(H, case_id, officer), lambda told: told == at_department)
    await office.eventually(lambda: office.told(CITY, case_id, officer), lambda told: told == OVERSIGHT)
    [notice] = await office.inbox(H, officer)
    assert notice.level == notification_pb2.NOTIFICATION_LEVEL_RED
    assert notice.title_zh == "预警：应审未审（示罚立〔2026〕7号）"
    assert notice.event_type == "yifa.supervision.v1.WarningRaised"


async def test_the_liaison_of_an_agency_is_told_of_its_tasks(office):
    """R-167: and that they are to be; whoever was named before is told no more."""
    first, second, stand_in, body_id = f"O-{rid()}", f"O-{rid()}", f"O-{rid()}", f"B-{rid()}"

    async def named(liaison, day):
        group = {
            "body_id": body_id,
            "body_name": "示例局",
            "node": H,
            "document": "示例办发〔2026〕1号",
            "office": "法制科",
        }
        people = {"liaison": {"officer_id": liaison}, "substitute": {"officer_id": stand_in}}
        event = registry.LeadingGroupSet(group={**group, **people, "group_id": rid()})
        event.group.from_time.FromSeconds(day * 86400)
        await office.town.announce(H, event, to="all")

    async def titles(who):
        return [each.title_zh for each in await office.inbox(H, who)]

    await named(first, 20_000)
    await office.eventually(lambda: titles(first), lambda seen: seen == ["您已被指定为联络员：示例局"])
    await named(second, 20_001)
    await office.eventually(lambda: titles(second))
    task = {"task_id": rid(), "node": H, "body_id": body_id, "body_name": "示例局", "title": f"任务{rid()}"}
    await office.town.announce(CITY, supervision.WorkTaskAssigned(work_task=task), to=H)

    assigned = f"分解任务：{task['title']}"
    await office.eventually(lambda: titles(second), lambda seen: assigned in seen)
    assert assigned in await titles(stand_in)
    assert assigned not in await titles(first)


async def test_a_department_tells_its_own_officers_of_a_deadline(office):
    officer = f"O-{rid()}"
    event = enforcement.DeadlinePassed(case=case(H, officer), deadline=clock())

    await office.town.announce(H, event)

    [notice] = await office.eventually(lambda: office.inbox(H, officer))
    assert notice.body_zh == (
        "案件示罚立〔2026〕7号的“作出处罚决定”期限已于2027-01-15 16:00届满，尚未办理（《行政处罚法》第六十条）。"
    )
    assert notice.body_en.startswith("The deadline “Penalty decision” of case 示罚立〔2026〕7号 ended")


async def test_a_certified_officer_is_told_by_the_department(office):
    officer, certificate = await office.town.certified(H)
    await office.town.suspend(certificate)

    titles = await office.eventually(
        lambda: office.inbox(H, officer.officer_id), lambda notices: len(notices) == 2
    )

    number = certificate.certificate_number
    assert [n.title_zh for n in titles] == [f"行政执法证暂扣：{number}", f"行政执法证已发放：{number}"]
    assert "申请复核" in titles[0].body_zh and "review" in titles[0].body_en, "the holder's remedy"


async def test_whose_contact_was_set_is_told_and_the_journal_has_the_address_masked(office):
    for node in (H, CITY):
        person = f"O-{rid()}"
        await office.contact(node, person, email=f"{person}@example.invalid")

        [notice] = await office.eventually(lambda node=node, person=person: office.inbox(node, person))
        entries = await office.town.city.journal(node, "notifications")
        [entry] = [e for e in entries if e.type.endswith("ContactSet") and e.subject_id == person]
        told = events.ContactSet.FromString(entry.data)
        assert notice.title_zh == "您的通知方式已变更" and told.set_by in notice.body_en
        assert (told.recipient, told.email, told.webhook, bool(told.set_by)) == (person, True, False, True)
        assert (told.email_before, told.email_now) == ("", "O***@example.invalid")
        assert "由“—”改为“O***@example.invalid”" in notice.body_zh
        assert f"{person}@".encode() not in entry.data


async def test_who_is_reached_elsewhere_from_now_on_is_told_where_it_was_until_now(office):
    """Whoever turns somebody's notices away cannot keep the notice of that from arriving."""
    person = f"O-{rid()}"
    old, new = f"{person.lower()}@example.cn", f"other-{person.lower()}@example.org"
    await office.contact(H, person, email=old, webhook_url=office.url(f"/{person}"))

    await office.contact(H, person, email=new)

    notices = await office.eventually(lambda: office.inbox(H, person), lambda found: len(found) == 2)
    changed = next(n for n in notices if new[:1] + "***@example.org" in n.body_zh)
    assert "由“o***@example.cn”改为“o***@example.org”" in changed.body_zh
    assert "from “http://127.0.0.1/***” to “—”" in changed.body_en
    letters = await office.eventually(lambda: look(office.mailbox.letters[old]))
    posts = await office.eventually(lambda: look(office.hook.of(f"/{person}")))
    assert [letter["Subject"] for letter in letters] == ["您的通知方式已变更"] and len(posts) == 1
    assert not office.mailbox.letters[new]


async def look(found):
    return found


async def test_creating_a_notification_is_an_event_without_addresses(office):
    officer = f"O-{rid()}"
    await office.contact(H, officer, email=f"{officer}@example.cn")

    case_id = await office.warn(H, officer)

    await office.delivery(H, case_id, officer, lambda d: d.state == notification_pb2.DELIVERY_STATE_DELIVERED)
    created = [e.notification for e in await office.events(H, events.NotificationCreated)]
    [mine] = [n for n in created if n.case_id == case_id]
    assert (mine.recipient, len(mine.deliveries)) == (officer, 0)
    for entry in await office.journal(H, "notifications"):
        assert f"{officer}@".encode() not in entry.data


async def test_a_department_cannot_raise_a_warning_in_the_citys_name(office):
    officer = f"O-{rid()}"
    forged = warning(H, "RED", officer)

    await office.town.announce("chengguan", forged, to=H)

    request = parked_pb2.ListParkedRequest(service="notifications")
    ask = lambda: office.town.call(H, "journal", "ListParked", request, "SYSTEM")  # noqa: E731
    parked = await office.eventually(ask, lambda reply: len(reply.events))
    assert parked.events[-1].entry.node == "chengguan" and "forged" in parked.events[-1].error.lower()
    assert await office.inbox(H, officer) == []


async def test_a_department_cannot_speak_for_another(office):
    number = f"证{rid()}"
    forged = registry.LossDeclarationOverdue(node=H, officer_id="O-1", certificate_number=number)

    await office.town.announce("chengguan", forged)
    await office.town.announce(H, registry.LossDeclarationOverdue(node=H, officer_id="O-1"))

    request = parked_pb2.ListParkedRequest(service="notifications")
    ask = lambda: office.town.call(CITY, "journal", "ListParked", request, "SYSTEM")  # noqa: E731
    said = f"LossDeclarationOverdue about {H} came from chengguan"
    await office.eventually(ask, lambda reply: any(said in event.error for event in reply.events))
    assert not [n for n in await office.inbox(CITY, "oversight-1", "OVERSIGHT") if number in n.title_zh]


async def test_events_read_again_tell_nobody_twice(office):
    officer = f"O-{rid()}"
    await office.contact(H, officer, email=f"{officer}@example.cn")
    first = await office.warn(H, officer)
    await office.delivery(H, first, officer, lambda d: d.state == notification_pb2.DELIVERY_STATE_DELIVERED)

    await office.stop_node(H)
    with opened(office.plan.var / H / "notifications.db") as db:
        db.execute("DELETE FROM position")
        db.execute("DELETE FROM sender")
    await office.start_node(H)

    second = await office.warn(H, officer)
    await office.delivery(H, second, officer, lambda d: d.state == notification_pb2.DELIVERY_STATE_DELIVERED)
    assert [n.case_id for n in await office.inbox(H, officer) if n.case_id] == [second, first]
    assert len(office.mailbox.letters[f"{officer}@example.cn"]) == 2


async def test_a_recipient_acknowledges(office):
    officer = f"O-{rid()}"
    case_id = await office.warn(H, officer)
    [notice] = await office.eventually(lambda: office.inbox(H, officer))
    request = notification_pb2.AcknowledgeNotificationRequest(notification_id=notice.notification_id)

    reply = await office.town.call(
        H, "notifications", "AcknowledgeNotification", request, "HANDLING_OFFICER", subject=officer
    )

    assert (reply.notification.acknowledged_by, reply.notification.case_id) == (officer, case_id)
    assert await office.inbox(H, officer, only_open=True) == []
    told = await office.events(H, events.NotificationAcknowledged)
    assert (told[-1].notification_id, told[-1].acknowledged_by) == (notice.notification_id, officer)


async def test_nobody_acknowledges_for_another(office):
    officer = f"O-{rid()}"
    await office.warn(H, officer)
    [notice] = await office.eventually(lambda: office.inbox(H, officer))
    request = notification_pb2.AcknowledgeNotificationRequest(notification_id=notice.notification_id)
    denied = grpc.StatusCode.PERMISSION_DENIED

    with office.town.refused("NOT_RECIPIENT", denied, notification_id=notice.notification_id):
        await office.town.call(
            H, "notifications", "AcknowledgeNotification", request, "HANDLING_OFFICER", subject="O-other"
        )
    assert len(await office.inbox(H, officer, only_open=True)) == 1


async def test_one_of_a_role_acknowledges_for_all_and_the_first_stays(office):
    event = warning(H, "RED", f"O-{rid()}")
    await office.town.announce(CITY, event, to=H)
    look = lambda: office.inbox(CITY, "oversight-1", "OVERSIGHT")  # noqa: E731
    case_id = event.warning.case_id
    notices = await office.eventually(look, lambda found: case_id in {n.case_id for n in found})
    [notice] = [n for n in notices if n.case_id == case_id]

    for person in ("oversight-1", "oversight-2"):
        request = notification_pb2.AcknowledgeNotificationRequest(notification_id=notice.notification_id)
        reply = await office.town.call(
            CITY, "notifications", "AcknowledgeNotification", request, "OVERSIGHT", subject=person
        )
        assert reply.notification.acknowledged_by == "oversight-1"

    told = await office.events(CITY, events.NotificationAcknowledged)
    assert [e.notification_id for e in told].count(notice.notification_id) == 1


async def test_a_visitor_from_the_city_has_no_inbox_at_a_department(office):
    event = warning(H, "RED", officer := f"O-{rid()}")
    await office.town.announce(CITY, event, to=H)
    await office.eventually(lambda: office.told(H, event.warning.case_id, officer))

    request = notification_pb2.ListInboxRequest(page_size=500)
    reply = await office.town.call(
        H, "notifications", "ListInbox", request, "OVERSIGHT", subject=officer, of=CITY
    )

    assert list(reply.notifications) == []
    with office.town.refused("OTHER_DEPARTMENT", grpc.StatusCode.PERMISSION_DENIED):
        await office.town.call(
            H, "notifications", "ListInbox", request, "AGENCY_HEAD", subject=officer, of=CITY
        )


async def test_an_inbox_is_paged_newest_first(office):
    officer = f"O-{rid()}"
    cases = []
    for n in range(5):
        cases.append(await office.warn(H, officer))
        await office.eventually(lambda: office.inbox(H, officer), lambda found, n=n: len(found) == n + 1)
    paged, token = [], ""

    while True:
        request = notification_pb2.ListInboxRequest(page_size=2, page_token=token)
        reply = await office.town.call(
            H, "notifications", "ListInbox", request, "HANDLING_OFFICER", subject=officer
        )
        paged += [n.case_id for n in reply.notifications]
        if not (token := reply.next_page_token):
            break

    assert paged == cases[::-1]
