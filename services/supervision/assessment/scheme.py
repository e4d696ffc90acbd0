"""A scheme of assessment as the contract writes it, and its indicators back."""

from yifa.law.v1.options_pb2 import Role
from yifa.supervision.v1 import assessment_pb2 as pb

from services.kit.clocks import citation
from services.law.assessment import By, Grade, Indicator, Post, Scheme, Scorer, Weighed, grade_for
from services.law.parameters import Layers

_BY = {
    None: pb.ASSESSMENT_SCORER_UNSPECIFIED,
    By.MACHINE: pb.ASSESSMENT_SCORER_MACHINE,
    By.PERSON: pb.ASSESSMENT_SCORER_PERSON,
    By.SURVEY: pb.ASSESSMENT_SCORER_SURVEY,
}
_BACK = {number: by for by, number in _BY.items()}
GRADES = {
    pb.ASSESSMENT_GRADE_EXCELLENT: Grade.EXCELLENT,
    pb.ASSESSMENT_GRADE_GOOD: Grade.GOOD,
    pb.ASSESSMENT_GRADE_PASSED: Grade.PASSED,
    pb.ASSESSMENT_GRADE_FAILED: Grade.FAILED,
}


POSTS = {post: pb.AssessedPost.Value(f"ASSESSED_POST_{post}") for post in Post}
POST_OF = {number: post for post, number in POSTS.items()}
SCORERS = {None: Role.ROLE_UNSPECIFIED, **{each: Role.Value(f"ROLE_{each}") for each in Scorer}}
_SCORER_OF = {role: scorer for scorer, role in SCORERS.items()}
_NUMBERS = {grade: number for number, grade in GRADES.items()}


def scheme_message(scheme: Scheme, parameters: Layers, sector: str = "") -> pb.AssessmentScheme:
    """The scheme, under articles that bind a body of the sector."""
    return pb.AssessmentScheme(
        name=scheme.name,
        bodies=scheme.bodies,
        post=POSTS[scheme.post] if scheme.post is not None else pb.ASSESSED_POST_UNSPECIFIED,
        title_zh=scheme.title_zh,
        title_en=scheme.title_en,
        citation=citation(parameters.cited(scheme.law, sector)),
        excellent=scheme.grades[Grade.EXCELLENT],
        good=scheme.grades[Grade.GOOD],
        passed=scheme.grades[Grade.PASSED],
        quotas=[pb.GradeQuota(grade=_NUMBERS[g], percent=share) for g, share in scheme.quotas.items()],
        recheck_days=scheme.recheck,
        indicators=[
            pb.AssessmentIndicator(
                indicator_id=each.id,
                title_zh=each.title_zh,
                title_en=each.title_en,
                citation=citation(parameters.cited(each.law, sector)) if each.law else None,
                weight=each.weight,
                by=_BY[each.by],
                figure_id=each.counts,
                only=each.only,
                per=each.per,
                standard_zh=each.standard_zh,
                standard_en=each.standard_en,
                scorer=SCORERS[each.scorer],
            )
            for each in scheme.indicators
        ],
    )


def indicator_of(told: pb.AssessmentIndicator) -> Indicator:
    """An indicator as the record keeps it."""
    return Indicator(
        id=told.indicator_id,
        title_zh=told.title_zh,
        title_en=told.title_en,
        law=told.citation.code,
        weight=told.weight,
        by=_BACK[told.by],
        counts=told.figure_id,
        only=tuple(told.only),
        per=told.per,
        standard_zh=told.standard_zh,
        standard_en=told.standard_en,
        scorer=_SCORER_OF[told.scorer],
    )


def ends_of(scheme: pb.AssessmentScheme) -> list[Indicator]:
    """The indicators that are scored."""
    return [indicator_of(each) for each in scheme.indicators if each.by]


def weighed(scheme: pb.AssessmentScheme, *by: By) -> tuple[Weighed, ...]:
    """What is scored, or what is scored by some."""
    return tuple(Weighed(each.id, each.weight) for each in ends_of(scheme) if not by or each.by in by)


def grade_of(scheme: pb.AssessmentScheme, points: int) -> pb.AssessmentGrade:
    """The grade that so many points are proposed for."""
    least = {Grade.EXCELLENT: scheme.excellent, Grade.GOOD: scheme.good, Grade.PASSED: scheme.passed}
    return _NUMBERS[grade_for(points, least)]
