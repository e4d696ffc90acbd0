"""inspections and what the city knows of them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "body",
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("document_prefix", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=True),
        sa.Column("until_time", sa.BigInteger(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("mandator_id", sa.String(), nullable=False),
        sa.Column("mandator_name", sa.String(), nullable=False),
        sa.Column("mandate_items", sa.JSON(), nullable=False),
        sa.Column("mandate_from", sa.BigInteger(), nullable=True),
        sa.Column("mandate_until", sa.BigInteger(), nullable=True),
        sa.Column("predecessors", sa.JSON(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("body_id"),
    )
    op.create_table(
        "codeseries",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series"),
    )
    op.create_table(
        "drawview",
        sa.Column("draw_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("draw_id"),
    )
    op.create_table(
        "inspectioncode",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("valid_until", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sa.UniqueConstraint("inspection_id"),
    )
    op.create_table(
        "inspectionview",
        sa.Column("inspection_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("body_name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("enterprise_name", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("planned_time", sa.BigInteger(), nullable=False),
        sa.Column("approve_time", sa.BigInteger(), nullable=True),
        sa.Column("check_in_time", sa.BigInteger(), nullable=True),
        sa.Column("notice_time", sa.BigInteger(), nullable=True),
        sa.Column("publish_time", sa.BigInteger(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("update_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.Column("not_judged", sa.JSON(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("inspection_id"),
    )
    with op.batch_alter_table("inspectionview", schema=None) as batch_op:
        batch_op.create_index("inspection_view_enterprise", ["credit_code", "planned_time"], unique=False)
        batch_op.create_index("inspection_view_update", ["update_time", "inspection_id"], unique=False)

    op.create_table(
        "inspectionvoice",
        sa.Column("voice_id", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("complaint", sa.Boolean(), nullable=False),
        sa.Column("give_time", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("voice_id"),
    )
    with op.batch_alter_table("inspectionvoice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspectionvoice_inspection_id"), ["inspection_id"], unique=False)

    op.create_table(
        "inspector",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("inspector", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspector_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "itemuse",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("use_time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("itemuse", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_itemuse_item_id"), ["item_id"], unique=False)

    op.create_table(
        "jointproposal",
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=False),
        sa.Column("until_time", sa.BigInteger(), nullable=False),
        sa.Column("propose_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("proposal_id"),
    )
    with op.batch_alter_table("jointproposal", schema=None) as batch_op:
        batch_op.create_index("joint_proposal_enterprise", ["credit_code", "until_time"], unique=False)

    op.create_table(
        "plannedvisit",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("body_name", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("planned_time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("plannedvisit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plannedvisit_credit_code"), ["credit_code"], unique=False)

    op.create_table(
        "planview",
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("body_name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("approve_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id"),
    )
    with op.batch_alter_table("planview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planview_body_id"), ["body_id"], unique=False)

    op.create_table(
        "poweritem",
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("basis_ids", sa.JSON(), nullable=False),
        sa.Column("predecessor_id", sa.String(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=True),
        sa.Column("until_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
    )
    with op.batch_alter_table("poweritem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poweritem_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_poweritem_kind"), ["kind"], unique=False)

    op.create_table(
        "showingkey",
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key_id"),
    )
    with op.batch_alter_table("showingkey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_showingkey_node"), ["node"], unique=False)

    op.create_table(
        "visitview",
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("visit_time", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id"),
    )
    with op.batch_alter_table("visitview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visitview_credit_code"), ["credit_code"], unique=False)

    op.create_table(
        "whitelisted",
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("exempt_from", sa.BigInteger(), nullable=True),
        sa.Column("exempt_until", sa.BigInteger(), nullable=True),
        sa.Column("list_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("object_id"),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fields", sa.JSON(), nullable=False))
        batch_op.add_column(sa.Column("acts", sa.JSON(), nullable=False))

    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.add_column(sa.Column("inspection_id", sa.String(), nullable=False))
        batch_op.create_index(batch_op.f("ix_warning_inspection_id"), ["inspection_id"], unique=False)
