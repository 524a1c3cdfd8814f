"""What is wrong with a book: every flaw is carried, the first one is its sentence."""

from utils.imports.flaws import Flaw, UnusableBook


def test_a_refusal_carries_every_flaw_and_says_the_first():
    flaws = [Flaw("Le jour 6 est là deux fois.", "jour", "A9"), Flaw("Le fichier est abîmé.")]
    refusal = UnusableBook(flaws)
    assert (str(refusal), refusal.flaws) == ("Le jour 6 est là deux fois.", flaws)


def test_a_flaw_of_the_whole_file_names_no_cell():
    assert (Flaw("Abîmé.").sheet, Flaw("Abîmé.").cell) == ("", "")


def test_a_refusal_is_a_value_that_cannot_be_read():
    assert isinstance(UnusableBook([Flaw("x")]), ValueError)
