"""What several tables share: nothing of the book disappears with something else, a word is one of a list."""

from database.models.columns import one_of, points_to


def test_what_is_pointed_at_cannot_be_deleted():
    reference = points_to("users.id")
    assert (reference.target_fullname, reference.ondelete) == ("users.id", "RESTRICT")


def test_a_column_holds_one_of_its_words():
    check = one_of("status", ("en_cours", "faite"))
    assert (str(check.sqltext), check.name) == ("status IN ('en_cours', 'faite')", "status")
