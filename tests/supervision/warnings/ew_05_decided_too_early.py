"""EW-05: notice on Monday, 9 March 2026; the party may answer until the end of Monday, 16 March."""

from tests.supervision.warnings.examples import Examples, decided


def unwaived(case):
    case.ClearField("defence")


WARNING = "EW-05"
EXAMPLES = {
    "NO_DECISION_WITHOUT_NOTICE": Examples(
        unlawful=decided(change=lambda case: case.ClearField("notice")),
        lawful=decided(),
        last_lawful=decided(when="2026-03-17 00:00", change=unwaived),
        first_unlawful=decided(when="2026-03-16 23:59", change=unwaived),
    )
}
