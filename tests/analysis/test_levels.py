"""The level a message states itself."""

import pytest

from troubleshoot.analysis.logs.levels import one_name, stated_level


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("level=error msg=boom", "ERROR"),
        ('ts=2025-11-07T15:30:00Z lvl="warning" msg=slow', "WARN"),
        ("[ERROR] boom", "ERROR"),
        ("[warn] slow", "WARN"),
        ("error: boom", "ERROR"),
        ("ERROR:root:boom", "ERROR"),
        ("2025-11-07 15:30:00,123 ERROR [main] c.s.Order - boom", "ERROR"),
        ("2025-11-07 15:30:00 [main] INFO c.s.Order - no error here", "INFO"),
        ("E1107 15:30:00.123456 1 pay.go:42] boom", "ERROR"),
        ("CRIT disk", "CRITICAL"),
        ("0 errors found", ""),
        ("an error that is only talked about", ""),
        ("TERROR in the ERRORLOG", ""),
        ("", ""),
    ],
)
def test_a_level_is_read_where_it_is_stated_not_where_it_is_talked_about(
    message: str, level: str
) -> None:
    assert stated_level(message) == level


def test_levels_that_mean_the_same_have_one_name() -> None:
    assert [one_name(text) for text in (" err", "Severe", "error", "odd")] == [
        "ERROR", "ERROR", "ERROR", "ODD",
    ]  # fmt: skip
