"""first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "annualreview",
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("certificate_number", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("review_id"),
    )
    with op.batch_alter_table("annualreview", schema=None) as batch_op:
        batch_op.create_index("ix_annual_review_year", ["year", "node"], unique=False)

    op.create_table(
        "appointment",
        sa.Column("appointment_id", sa.String(), nullable=False),
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=False),
        sa.Column("until_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("appointment_id"),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_officer_id"), ["officer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_post_id"), ["post_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("training_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_officer_id"), ["officer_id"], unique=False)
        batch_op.create_index("ix_attendance_training", ["training_id", "officer_id"], unique=False)

    op.create_table(
        "body",
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("document_prefix", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("confirm_time", sa.BigInteger(), nullable=True),
        sa.Column("publish_time", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("body_id"),
        sa.UniqueConstraint("credit_code"),
    )
    op.create_table(
        "bodychange",
        sa.Column("change_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("change_id"),
    )
    with op.batch_alter_table("bodychange", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bodychange_body_id"), ["body_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("certificate_number", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("officer_name", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("body_name", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("issue_time", sa.BigInteger(), nullable=False),
        sa.Column("expire_time", sa.BigInteger(), nullable=False),
        sa.Column("term_time", sa.BigInteger(), nullable=True),
        sa.Column("renew_time", sa.BigInteger(), nullable=True),
        sa.Column("remind_time", sa.BigInteger(), nullable=True),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("replaces", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("loss_time", sa.BigInteger(), nullable=True),
        sa.Column("declare_time", sa.BigInteger(), nullable=True),
        sa.Column("return_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("certificate_number"),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_expire_time"), ["expire_time"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_officer_id"), ["officer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_renew_time"), ["renew_time"], unique=False)

    op.create_table(
        "clock",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("clock_id", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("start_time", sa.BigInteger(), nullable=False),
        sa.Column("due_time", sa.BigInteger(), nullable=False),
        sa.Column("stop_time", sa.BigInteger(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.Column("extensions", sa.JSON(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("next_time", sa.BigInteger(), nullable=True),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.create_index("clock_due", ["state", "due_time", "key"], unique=False)
        batch_op.create_index(batch_op.f("ix_clock_next_time"), ["next_time"], unique=False)
        batch_op.create_index(batch_op.f("ix_clock_subject"), ["subject"], unique=False)

    op.create_table(
        "departmentreview",
        sa.Column("department_review_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("cursor", sa.String(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("start_time", sa.BigInteger(), nullable=False),
        sa.Column("end_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("department_review_id"),
    )
    with op.batch_alter_table("departmentreview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_departmentreview_state"), ["state"], unique=False)

    op.create_table(
        "exam",
        sa.Column("exam_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("exam_id"),
    )
    op.create_table(
        "examentry",
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("exam_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("general_score", sa.Integer(), nullable=False),
        sa.Column("special_score", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.JSON(), nullable=False),
        sa.Column("update_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    with op.batch_alter_table("examentry", schema=None) as batch_op:
        batch_op.create_index("ix_exam_entry_exam", ["exam_id", "officer_id"], unique=False)
        batch_op.create_index("ix_exam_entry_state", ["state", "update_time"], unique=False)
        batch_op.create_index(batch_op.f("ix_examentry_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "heard",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("journal_seq", sa.BigInteger(), nullable=False),
        sa.Column("event_time", sa.BigInteger(), nullable=False),
        sa.Column("read_time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("heard", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_heard_node"), ["node"], unique=False)

    op.create_table(
        "itembasis",
        sa.Column("item_basis_id", sa.String(), nullable=False),
        sa.Column("basis_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("item_basis_id"),
    )
    with op.batch_alter_table("itembasis", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_itembasis_basis_id"), ["basis_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_itembasis_item_id"), ["item_id"], unique=False)

    op.create_table(
        "lawstudy",
        sa.Column("study_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("study_id"),
    )
    with op.batch_alter_table("lawstudy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lawstudy_year"), ["year"], unique=False)

    op.create_table(
        "leadertest",
        sa.Column("test_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("test_id"),
    )
    op.create_table(
        "legalbasis",
        sa.Column("basis_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=False),
        sa.Column("until_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("basis_id"),
        sa.UniqueConstraint("place"),
    )
    with op.batch_alter_table("legalbasis", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legalbasis_law"), ["law"], unique=False)

    op.create_table(
        "listeditem",
        sa.Column("listed_item_id", sa.String(), nullable=False),
        sa.Column("list_id", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("listed_item_id"),
    )
    with op.batch_alter_table("listeditem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_listeditem_list_id"), ["list_id"], unique=False)

    op.create_table(
        "measure",
        sa.Column("measure_id", sa.String(), nullable=False),
        sa.Column("certificate_number", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=False),
        sa.Column("decide_time", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("hear_time", sa.BigInteger(), nullable=True),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("remedy_zh", sa.String(), nullable=False),
        sa.Column("remedy_en", sa.String(), nullable=False),
        sa.Column("remedy_due_time", sa.BigInteger(), nullable=False),
        sa.Column("appeal", sa.Integer(), nullable=False),
        sa.Column("appeal_time", sa.BigInteger(), nullable=True),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("conclude_time", sa.BigInteger(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("measure_id"),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measure_certificate_number"), ["certificate_number"], unique=False
        )

    op.create_table(
        "officer",
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=True),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("staff_kind", sa.Integer(), nullable=False),
        sa.Column("training_hours", sa.Integer(), nullable=False),
        sa.Column("register_time", sa.BigInteger(), nullable=False),
        sa.Column("former", sa.JSON(), nullable=False),
        sa.Column("leave_time", sa.BigInteger(), nullable=True),
        sa.Column("leave_cause", sa.Integer(), nullable=False),
        sa.Column("nominated", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("officer_id"),
        sa.UniqueConstraint("id_number"),
    )
    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officer_body_id"), ["body_id"], unique=False)

    op.create_table(
        "officerphoto",
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("update_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("officer_id"),
    )
    op.create_table(
        "officertraining",
        sa.Column("training_key", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("half_days", sa.Integer(), nullable=False),
        sa.Column("record_time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("training_key"),
    )
    with op.batch_alter_table("officertraining", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officertraining_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "officeryear",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("half_days", sa.Integer(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("evaluation", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("officeryear", schema=None) as batch_op:
        batch_op.create_index("ix_officer_year_officer", ["officer_id", "year"], unique=False)

    op.create_table(
        "pointsentry",
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("cause_code", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    with op.batch_alter_table("pointsentry", schema=None) as batch_op:
        batch_op.create_index("ix_points_entry_cycle", ["cycle", "cause_code"], unique=False)
        batch_op.create_index("ix_points_entry_officer", ["officer_id", "cycle"], unique=False)

    op.create_table(
        "pointsstanding",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("pointsstanding", schema=None) as batch_op:
        batch_op.create_index("ix_points_standing_cycle", ["cycle", "level"], unique=False)

    op.create_table(
        "pointstable",
        sa.Column("table_id", sa.String(), nullable=False),
        sa.Column("since_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("table_id"),
        sa.UniqueConstraint("since_time"),
    )
    op.create_table(
        "post",
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("close_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("post_id"),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_body_id"), ["body_id"], unique=False)

    op.create_table(
        "poweritem",
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=True),
        sa.Column("until_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
        sa.UniqueConstraint("place"),
    )
    with op.batch_alter_table("poweritem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poweritem_body_id"), ["body_id"], unique=False)

    op.create_table(
        "powerlistversion",
        sa.Column("list_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("list_id"),
    )
    with op.batch_alter_table("powerlistversion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_powerlistversion_body_id"), ["body_id"], unique=False)

    op.create_table(
        "qualification",
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("training_hours", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("update_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("officer_id"),
    )
    op.create_table(
        "serial",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("series"),
    )
    op.create_table(
        "showingkey",
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("publish_time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key_id"),
    )
    with op.batch_alter_table("showingkey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_showingkey_node"), ["node"], unique=False)

    op.create_table(
        "suspension",
        sa.Column("suspension_id", sa.String(), nullable=False),
        sa.Column("certificate_number", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=False),
        sa.Column("until_time", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("suspension_id"),
    )
    with op.batch_alter_table("suspension", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_suspension_certificate_number"), ["certificate_number"], unique=False
        )

    op.create_table(
        "training",
        sa.Column("training_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("training_id"),
    )
    with op.batch_alter_table("training", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index("ix_training_year_body", ["year", "body_id"], unique=False)

    op.create_table(
        "trainingplan",
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id"),
    )
    op.create_table(
        "transfer",
        sa.Column("transfer_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("from_body_id", sa.String(), nullable=False),
        sa.Column("from_node", sa.String(), nullable=False),
        sa.Column("to_body_id", sa.String(), nullable=False),
        sa.Column("to_node", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("request_time", sa.BigInteger(), nullable=False),
        sa.Column("decide_time", sa.BigInteger(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("transfer_id"),
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "unit",
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id"),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_body_id"), ["body_id"], unique=False)

    op.create_table(
        "yearquota",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("clock_id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("due_time", sa.BigInteger(), nullable=False),
        sa.Column("meet_time", sa.BigInteger(), nullable=True),
        sa.Column("next_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("yearquota", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_yearquota_next_time"), ["next_time"], unique=False)
        batch_op.create_index(batch_op.f("ix_yearquota_year"), ["year"], unique=False)
