"""A place in a filled-in text is told as the place in its template."""

import pytest

from troubleshoot.load.text.template_origin import origin


@pytest.mark.parametrize(
    ("template", "filled", "at", "place"),
    [
        ("sum(x) > 60", "sum(x) > 60", "> 60", (1, 8)),
        ("# why\nsum(x) > 60\n", "# why\nsum(x) > 60\n", "> 60", (2, 8)),
        ("rate({{ m }}[{{ w }}]) > 6", "rate(orders_total[5m]) > 6", "> 6", (1, 24)),
        ("rate({{ m }}[{{ w }}]) > 6", "rate(orders_total[5m]) > 6", "orders", (1, 6)),
        ("rate({{ m }}[{{ w }}]) > 6", "rate(orders_total[5m]) > 6", "5m", (1, 14)),
        ("{% for a in b %}\nx{{ a }} +\n{% endfor %}\ny > 1", "x1 +\nx2 +\ny > 1", "> 1", (4, 3)),
        ("{% for a in b %}\nx{{ a }} +\n{% endfor %}\ny", "x1 +\nx2 +\ny", "x2", (2, 1)),
        ("a{{ b }}c", "entirely\ndifferent", "different", (1, 1)),
        ("", "", "", (1, 1)),
    ],
)
def test_columns_are_those_of_the_file(
    template: str, filled: str, at: str, place: tuple[int, int]
) -> None:
    assert origin(template, filled, filled.index(at)) == place


def test_the_end_of_a_line_is_its_last_character() -> None:
    assert origin("sum(x", "sum(x", 5) == (1, 5)
