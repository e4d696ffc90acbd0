"""What one reviewer found, while others still score: it is told to nobody, so that each judges for oneself (GD-FILE 10)."""

from yifa.supervision.v1 import file_review_pb2 as pb


def scoring(review: pb.FileReview) -> bool:
    """Whether some of those who review the file have not scored it yet."""
    scored = {score.reviewer for score in review.scores}
    return review.state == pb.FILE_REVIEW_STATE_REVIEWING and not scored.issuperset(review.reviewers)


def withheld(review: pb.FileReview) -> pb.FileReview:
    """The review as everybody may see it while it is scored: who has scored it, and not what they found."""
    seen = pb.FileReview.FromString(review.SerializeToString(deterministic=True))
    for score in seen.scores:
        score.ClearField("verdicts")
        score.ClearField("remarks")
    return seen


def shown_to(review: pb.FileReview, who: str) -> pb.FileReview:
    """The review as one person sees it who asks for it: of the scores the own one."""
    if not scoring(review):
        return review
    seen = pb.FileReview.FromString(review.SerializeToString(deterministic=True))
    own = [score for score in review.scores if score.reviewer == who]
    del seen.scores[:]
    seen.scores.extend(own)
    return seen
