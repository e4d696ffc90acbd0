"""trainings of officers, of lists and recorded alone."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_importedtraining_officer_id", table_name="importedtraining")
    op.rename_table("importedtraining", "officertraining")
    op.create_index("ix_officertraining_officer_id", "officertraining", ["officer_id"])
