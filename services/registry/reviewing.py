"""Which certificates a year's review has not reached."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from services.registry.model import AnnualReview, Certificate
from services.registry.rules import CHINA
from services.registry.rules.objections import ENFORCEMENT


def unreviewed(statement: Any, year: int, now: datetime) -> Any:
    """A select of certificates, narrowed to those that a year's review has not reached."""
    name = Certificate.certificate_number + f"/{year}"
    reviewed = select(AnnualReview.review_id).where(AnnualReview.review_id == name).exists()
    return under_review(statement, year, now).where(~reviewed)


def under_review(statement: Any, year: int, now: datetime) -> Any:
    """A select of certificates, narrowed to those that a year's review is for."""
    return statement.where(
        Certificate.kind.in_((0, ENFORCEMENT)),
        Certificate.issuer == "",
        Certificate.expire_time > now,
        Certificate.issue_time < datetime(year + 1, 1, 1, tzinfo=CHINA),
    )
