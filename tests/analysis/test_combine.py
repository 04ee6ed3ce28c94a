"""Several series become one."""

from troubleshoot.analysis.metrics.combine import by_label, share, total
from troubleshoot.model.signal import Series


def test_sums_are_taken_time_by_time() -> None:
    one = Series((), ((0.0, 1.0), (30.0, 2.0)))
    two = Series((), ((30.0, 5.0),))
    assert total([one, two]).points == ((0.0, 1.0), (30.0, 7.0))


def test_series_are_grouped_by_the_values_of_a_label() -> None:
    error = Series((("instance", "a"), ("status", "error")), ((0.0, 1.0),))
    other = Series((("instance", "b"), ("status", "error")), ((0.0, 2.0),))
    fine = Series((("status", "success"),), ((0.0, 9.0),))
    groups = by_label([fine, error, other], "status")
    assert list(groups) == ["error", "success"]
    assert groups["error"].points == ((0.0, 3.0),)


def test_a_share_is_not_taken_of_nothing() -> None:
    whole = Series((), ((0.0, 0.0), (30.0, 10.0), (60.0, 10.0)))
    part = Series((("status", "error"),), ((30.0, 4.0),))
    assert share(part, whole).points == ((30.0, 0.4), (60.0, 0.0))
