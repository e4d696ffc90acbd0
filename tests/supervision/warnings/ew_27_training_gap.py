"""EW-27: certificates, sessions, reviewers and exams of a department, as 31 October 2026 or another month ends."""

from yifa.registry.v1 import certificate_pb2 as certificates
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import qualification_pb2, quota_pb2, training_pb2

from tests.supervision.office import ENVIRONMENT, URBAN, Office, at
from tests.supervision.warnings.examples import Examples, History

OCTOBER, NOVEMBER = "2026-10-20 09:00", "2026-11-01 00:10"


async def certify(office: Office, who: str, expires: str, kind: int = 1, version: int = 1) -> None:
    certificate = certificates.Certificate(
        certificate_number=f"4407{who}", officer_id=who, officer_name=who, node=ENVIRONMENT, kind=kind, version=version,
        issue_time=at("2024-01-01 00:00"), expire_time=at(expires),
    )  # fmt: skip
    event = registry.CertificateRenewed if version > 1 else registry.CertificateIssued
    await office.registry(event(certificate=certificate))


def expiring(expires: str, renewed: str = "") -> History:
    """A certificate expires then, and was renewed when that had been warned of, or was not."""

    async def told(office: Office) -> None:
        office.clock(OCTOBER)
        await certify(office, "O-1", expires)
        office.clock(NOVEMBER)
        await office.months()
        if renewed:
            await certify(office, "O-1", renewed, version=2)

    return told


def sessions(met: str = "") -> History:
    """A body has to hold four sessions in 2026, and had by a day, or had not."""

    async def told(office: Office) -> None:
        office.clock(OCTOBER)
        quota = quota_pb2.YearQuota(
            clock_id="OFF-03",
            subject_id="B-1",
            node=ENVIRONMENT,
            year=2026,
            needed=4,
            done=4 if met else 2,
            version=1,
            citation={"code": "CBZ-2019-7:2"},
        )
        if met:
            quota.meet_time.FromDatetime(at(met))
        event = (registry.YearQuotaMet if met else registry.YearQuotaReminded)(quota=quota)
        await office.take(office.journal(ENVIRONMENT, "registry").entry(event, at(OCTOBER)))
        office.clock("2026-11-02 00:10")
        await office.months()

    return told


def trained(*told: tuple[str, int, str]) -> History:
    """An officer is certified for years; departments tell, each on a day, how many half days of training there were by then."""

    async def history(office: Office) -> None:
        office.clock("2026-09-20 09:00")
        await certify(office, "O-1", "2031-01-10 00:00")
        for version, (node, half_days, when) in enumerate(told, 1):
            year = training_pb2.OfficerYear(
                officer_id="O-1", node=node, year=2026, half_days=half_days, version=version
            )
            event = registry.TrainingRecorded(year=year)
            await office.take(office.journal(node, "registry").entry(event, at(when), "O-1"))
        office.clock("2026-10-02 00:10")
        await office.months()

    return history


def staffed(officers: int, reviewers: int) -> History:
    """A department has so many officers and reviewers."""

    async def told(office: Office) -> None:
        office.clock(OCTOBER)
        for n in range(officers):
            await certify(office, f"O-{n}", "2029-01-01 00:00")
        for n in range(reviewers):
            await certify(office, f"R-{n}", "2029-01-01 00:00", certificates.CERTIFICATE_KIND_LEGAL_REVIEW)
        office.clock(NOVEMBER)
        await office.months()

    return told


def failed(times: int) -> History:
    async def told(office: Office) -> None:
        office.clock(OCTOBER)
        told = qualification_pb2.Qualification(officer_id="O-1", failures=times)
        event = registry.OfficerRemoved(qualification=told)
        entry = office.journal("city", "registry").entry(event, at("2026-10-19 09:00"), "O-1", to=ENVIRONMENT)
        await office.take(entry)

    return told


WARNING = "EW-27"
EXAMPLES = {
    "CERTIFICATE_EXPIRES": Examples(
        subject="O-1",
        about="4407O-1",
        unlawful=expiring("2027-01-10 00:00"),
        lawful=expiring("2027-01-10 00:00", "2031-01-10 00:00"),
        last_lawful=expiring("2027-05-01 00:01"),
        first_unlawful=expiring("2027-05-01 00:00"),
    ),
    "SESSIONS_BEHIND": Examples(
        subject="B-1",
        about="2026",
        unlawful=sessions(),
        lawful=sessions("2026-06-01 09:00"),
        last_lawful=sessions("2026-11-01 00:00"),
        first_unlawful=sessions("2026-11-01 00:01"),
    ),
    "TRAINING_DAYS_BEHIND": Examples(
        subject="O-1",
        about="2026",
        unlawful=trained(),
        lawful=trained((ENVIRONMENT, 4, "2026-03-01 10:00"), (URBAN, 10, "2026-06-01 10:00")),
        last_lawful=trained((ENVIRONMENT, 14, "2026-09-01 10:00")),
        first_unlawful=trained((ENVIRONMENT, 12, "2026-05-01 10:00"), (ENVIRONMENT, 13, "2026-09-01 10:00")),
    ),
    "FEW_REVIEWERS": Examples(
        subject=ENVIRONMENT,
        about="2026-10",
        unlawful=staffed(40, 1),
        lawful=staffed(20, 1),
        last_lawful=staffed(19, 0),
        first_unlawful=staffed(20, 0),
    ),
    "FAILED_TWICE": Examples(
        subject="O-1",
        about="2026-10-19",
        unlawful=failed(3),
        lawful=failed(0),
        last_lawful=failed(1),
        first_unlawful=failed(2),
    ),
}
