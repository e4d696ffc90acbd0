"""EW-08: a fine on an organisation of 50,000 yuan is a major penalty, decided by the heads together."""

from tests.supervision.warnings.examples import MAJOR_FINE, Examples, decided


def by_one(case):
    del case.decision.discussion_members[1:]


WARNING = "EW-08"
EXAMPLES = {
    "COLLECTIVE_DISCUSSION_REQUIRED": Examples(
        unlawful=decided(2 * MAJOR_FINE, change=by_one),
        lawful=decided(2 * MAJOR_FINE),
        last_lawful=decided(MAJOR_FINE - 1, change=by_one),
        first_unlawful=decided(MAJOR_FINE, change=by_one),
    )
}
