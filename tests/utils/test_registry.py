"""A function enters the table under each of its keys, in the order in which they are written, and stays itself."""

from utils.registry import Registry


def test_a_function_enters_under_each_of_its_keys_and_stays_itself():
    table = Registry()

    @table.of("mètre", "m")
    def metres(text):
        return f"{text} m"

    @table.of("pied")
    def feet(text):
        return f"{text} pi"

    assert list(table) == ["mètre", "m", "pied"]
    assert table["m"] is table["mètre"] is metres
    assert table["pied"]("3") == feet("3") == "3 pi"
