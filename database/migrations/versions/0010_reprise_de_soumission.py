"""When what says a closed night may leave the hotel; a revision may be locked again once taken back.

Revision: 0010
After: 0009
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from database import types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NIGHTS, _REVISIONS = "night_audit_sessions", "night_revisions"
_LEAVES = "part le "
_OF_REVISION = ["night_id", "revision"]


def upgrade() -> None:
    with op.batch_alter_table(_NIGHTS) as batch:
        batch.add_column(sa.Column("leaves_at", types.UtcDateTime(), nullable=True))
    # what was closed before has left
    op.execute(sa.text(f"UPDATE {_NIGHTS} SET leaves_at = submitted_at WHERE status IN ('submitted', 'locked')"))  # noqa: S608
    _leave_as_said()
    with op.batch_alter_table(_REVISIONS) as batch:
        batch.drop_constraint(op.f("uq_night_revisions_night_id_revision_cause"), type_="unique")
        batch.create_index(op.f("ix_night_revisions_night_id_revision"), _OF_REVISION)


def _leave_as_said() -> None:
    """Of a book that knew these hours before it went back, those that its journal says."""
    nights = sa.table(_NIGHTS, sa.column("id"), sa.column("leaves_at", types.UtcDateTime()))
    changes = sa.table("changes", sa.column("night_id"), sa.column("origin"), sa.column("seq"))
    said = sa.select(changes.c.night_id, changes.c.origin).where(changes.c.origin.startswith(_LEAVES))
    for row in op.get_bind().execute(said.order_by(changes.c.seq)).all():
        leaves_at = datetime.fromisoformat(row.origin.removeprefix(_LEAVES))
        still_closed = sa.and_(nights.c.id == row.night_id, nights.c.leaves_at.is_not(None))
        op.execute(nights.update().where(still_closed).values(leaves_at=leaves_at))


def downgrade() -> None:
    # of a revision that was locked twice, the last snapshot is its own
    last = f"SELECT max(id) FROM {_REVISIONS} GROUP BY night_id, revision, cause"  # noqa: S608
    op.execute(sa.text(f"DELETE FROM {_REVISIONS} WHERE id NOT IN ({last})"))  # noqa: S608
    with op.batch_alter_table(_REVISIONS) as batch:
        batch.drop_index(op.f("ix_night_revisions_night_id_revision"))
        batch.create_unique_constraint(op.f("uq_night_revisions_night_id_revision_cause"), [*_OF_REVISION, "cause"])
    with op.batch_alter_table(_NIGHTS) as batch:
        batch.drop_column("leaves_at")
