"""A fixed sample of incidents of others: the answers do not get worse."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import tests.lab.public
from tests.lab.public.cases import read
from tests.lab.public.runs import Said, ask
from tests.lab.public.servers import filled

pytestmark = pytest.mark.live

SAMPLE = Path(tests.lab.public.__file__).parent / "incidents"


@pytest.fixture(scope="module")
def said() -> Iterator[dict[str, list[Said]]]:
    with filled(read(SAMPLE)) as servers:
        cases = read(SAMPLE)
        yield {mode: [ask(one, mode, servers) for one in cases] for mode in ("own", "zero")}


def test_the_true_service_comes_first_as_often_as_it_did(said: dict[str, list[Said]]) -> None:
    first = [one.case.name for one in said["own"] if one.rank == 1]
    assert len(first) >= 10, first


def test_of_those_that_are_wrong_next_to_none_is_called_likely(
    said: dict[str, list[Said]],
) -> None:
    wrong = [one for one in said["own"] if one.wrong and one.verdict in ("likely", "confirmed")]
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("mode", ["own", "zero"])
def test_nothing_wrong_is_confirmed(said: dict[str, list[Said]], mode: str) -> None:
    assert not [one.case.name for one in said[mode] if one.wrong_confirmed]


def test_as_installed_no_wrong_name_is_likely(said: dict[str, list[Said]]) -> None:
    wrong = [one for one in said["zero"] if one.wrong and one.verdict in ("likely", "confirmed")]
    assert not wrong


def test_no_change_is_blamed_where_none_is_to_blame(said: dict[str, list[Said]]) -> None:
    innocent = [one for one in said["own"] if one.case.truth.no_change]
    assert innocent
    assert not [one.case.name for one in innocent if one.blames_change]
