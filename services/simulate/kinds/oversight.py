"""What is done, or left undone, at the city: complaints, suits, matters, the pursuit of responsibility, texts, exams."""

from datetime import timedelta

from services.given import accountability, complaint, registry, suit, supervisor
from services.given.people import OVERSIGHT, ROSTER
from services.simulate import training
from services.simulate.plot import plot
from services.simulate.scene import Scene

TEXT = {
    "facts": "三件举报没有核查。",
    "basis": "《中华人民共和国行政处罚法》第五十四条第二款。",
    "correction": "立即核查，依法处理。",
    "term_days": 20,
    "report_asked": True,
    "objection_right_told": True,
}
FOUND = {"kinds": ["SUPERVISION_FINDING_DUTY_NOT_DONE"]}


@plot("EW-18", 60, alone=True)
async def complaints_accumulate(s: Scene) -> None:
    """Three complaints about a unit that are accepted within a month; near: two."""
    b = s.bureau
    for n in range(2 if s.near else 3):
        day = f"{s.today - timedelta(days=3 + n)}"
        filed = await complaint.file_complaint(
            b.say, b.body_id, b.name, f"示例：第{n}次检查未说明事由", "检查时未说明事由。", day
        )
        key = filed.complaint.complaint_id
        for rpc, *_ in complaint.STEPS[:2]:
            await complaint.handle(b.say, key, f"示例投诉{s.number}-{n}号", rpc, only=True)
        if n == 2:
            s.breach(b.name)
        for rpc, *_ in complaint.STEPS[2:-1]:
            await s.work()
            await complaint.handle(b.say, key, f"示例投诉{s.number}-{n}号", rpc, only=True)
        await s.city("CloseAnonymousComplaint", OVERSIGHT, complaint_id=key)


@plot("EW-32", 60)
async def head_not_in_court(s: Scene) -> None:
    """Neither a head nor a paper that excuses them at a hearing; near: excused in writing."""
    b = s.bureau
    sued = await suit.register(b.say, b.body_id, s.now, plaintiff=f"示例原告{s.number}")
    for rpc in suit.STEPS:
        await s.work()
        fields = suit.STEPS[rpc](s.now)
        if rpc == "AcceptSuit":
            fields |= {"court_number": f"（2026）示行初{s.number}号"}
        if rpc == "RecordCourtHearing" and not s.near:
            fields = {"hearing": {"hold_time": s.now, "staff": ["示例工作人员"]}}
        await s.city(rpc, OVERSIGHT, suit_id=sued.suit_id, **fields)
        if rpc == "RecordCourtHearing":
            s.breach(f"（2026）示行初{s.number}号")


@plot("EW-81", 60)
async def pursuit_overdue(s: Scene) -> None:
    """A clue about responsibility that lies for longer than its term; near: reviewed, investigated and decided."""
    title = f"示例：当场收缴罚款不开票据{s.number}"
    paper = accountability.PAPER | {"document_number": f"示例审计〔2026〕{s.number}号"}
    found = await accountability.register(s.bureau.say, s.bureau.body_id, title=title, source=paper)
    s.breach(title)
    if not s.near:
        await s.work(15)
    for rpc in (
        "ReviewAccountability",
        "OpenAccountability",
        "ConcludeAccountability",
        "DeliberateAccountability",
    ):
        await s.work()
        await accountability.handle(s.bureau.say, found.accountability_id, rpc, "RECTIFY", s.now)


@plot("EW-29", 90)
async def not_corrected(s: Scene) -> None:
    """A letter of the legal office that is not answered in its term; near: answered, and the correction verified."""
    b = s.bureau
    first, second = await supervisor.team(b.say)
    source = {"kind": "SUPERVISION_SOURCE_KIND_PERSON", "reason": "日常监督中发现。"}
    made = await s.city(
        "RegisterSupervisionClue",
        OVERSIGHT,
        node=b.node,
        body_id=b.body_id,
        title=f"示例事项{s.number}",
        source=source,
    )
    key = {"order_id": made.supervision_order.order_id}
    found = FOUND | {"codes": [f"CODE_{s.number}"]}
    letter = {"kind": "SUPERVISION_DOCUMENT_KIND_LETTER", "findings": found, "text": TEXT}
    steps = (
        ("AcceptSupervision", {"track": "SUPERVISION_TRACK_GENERAL", "opinion": "予以受理。"}),
        ("NotifySupervision", {"asks": "说明情况，提交案卷。"}),
        ("BeginSupervisionInquiry", {"supervisors": [first[0], second[0]]}),
        ("IssueSupervisionDocument", letter),
        ("ServeSupervisionDocument", {"receipt": "送达回证"}),
    )
    for rpc, fields in steps:
        await s.work()
        await s.city(rpc, first, **key, **fields)
    s.breach(key["order_id"])
    await s.days(10 if s.near else 25)
    await b.do("ReportCorrection", b.head, **key, text="均已核查。")
    await s.work(2)
    await s.city("VerifyCorrection", second, **key, corrected=True, reasons="经核实，已经纠正。")


@plot("EW-31", 10)
async def fines_as_a_target(s: Scene) -> None:
    """A plan of training by which people are judged by what fines bring in, without a target; near: one that forbids targets."""
    judged, forbidden = "罚没收入低于上年同期{}万元的，年底考核列为末位", "严禁下达罚款指标{}万元"
    goal = (forbidden if s.near else judged).format(s.number)
    items = [
        {
            "topic": "处罚程序",
            "kind": 1,
            "month": 6,
            "audience": "执法人员",
            "teacher": "示例教师",
            "hours": 4,
            "half_days": 1,
        }
    ]
    await s.bureau.say(
        s.bureau.node, "registry", "AdoptTrainingPlan", ROSTER,
        body_id=s.bureau.body_id, year=s.bureau.next_year(), goal=goal, items=items,
    )  # fmt: skip
    s.breach(s.bureau.node, words=goal)


@plot("EW-27", training.LASTS, alone=True)
async def few_sessions(s: Scene) -> None:
    """Three trainings by November; near: the fourth on one of the last days of October."""
    s.breach(s.bureau.body_id, words="sessions of training")
    await training.held(s, (*training.ASKED[:3], training.LAST_DAY) if s.near else training.ASKED[:3])


@plot("EW-27", 20)
async def failed_twice(s: Scene) -> None:
    """A person who fails the exam twice; near: one who passes the second."""
    b = s.bureau
    person = await registry.register(b.say, b.node, b.body_id)
    await registry.train(b.say, b.node, person.officer_id)
    await s.work()
    await registry.examine(b.say, person.officer_id, 40)
    await s.work(3)
    await registry.examine(b.say, person.officer_id, 90 if s.near else 50)
    s.breach(person.officer_id)
