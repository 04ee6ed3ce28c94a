"""One vocabulary file teaches every playbook how log lines are written."""

from pathlib import Path

import pytest

from tests.analysis.made import WINDOW
from troubleshoot.backends.stores.table import dialects
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.load.playbook.vocabularies import find_vocabularies, read_vocabulary
from troubleshoot.model.errors import InputError
from troubleshoot.model.judges.log_patterns import LogPatterns
from troubleshoot.model.resolved_playbook import QueryFile, ResolvedPlaybook

PLAYBOOKS = ("high-error-rate", "find-culprit")
HOUSE = """vocabulary: zz-house
title: Ours
logs: {level: [sev], service: [svc], message: [txt, message], errors: [E]}
"""


def load(name: str, given: Given, *folders: Path) -> ResolvedPlaybook:
    place = built_in()
    return load_playbook(
        place.playbooks / f"{name}.yaml", [*folders, place.queries], WINDOW, given, dialects()
    )


def words(loaded: ResolvedPlaybook) -> LogPatterns:
    rules = [check.judge for _, check in loaded.playbook.checks()]
    return next(rule for rule in rules if isinstance(rule, LogPatterns))


def house(folder: Path) -> Path:
    (folder / "vocabulary").mkdir()
    (folder / "vocabulary" / "zz-house.yaml").write_text(HOUSE)
    return folder


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_built_in_vocabularies_know_the_usual_ways_to_write_a_line(name: str) -> None:
    rule = words(load(name, Given()))
    assert {"log.level", "level", "severity_text"} <= set(rule.level)
    assert {"service.name", "service", "resource.attributes.service.name"} <= set(rule.service)
    assert {"message", "body"} <= set(rule.message)
    assert {"ERROR", "error", "FATAL"} <= set(rule.errors)


def test_ones_own_hides_a_built_in_one_whichever_folder_is_searched_first(tmp_path: Path) -> None:
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "shop.yaml").write_text(HOUSE)
    files = find_vocabularies([built_in().queries, tmp_path])
    assert files[0].file == str(tmp_path / "vocabulary" / "shop.yaml")
    assert [one.name for one in files].count("vocabulary/shop.yaml") == 1


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_ones_own_vocabulary_comes_first_in_every_playbook(name: str, tmp_path: Path) -> None:
    loaded = load(name, Given(), house(tmp_path))
    rule = words(loaded)
    assert (rule.level[0], rule.service[0], rule.message[:2]) == ("sev", "svc", ("txt", "message"))
    assert rule.message.count("message") == 1
    assert "E" in rule.errors
    assert {one.source for one in loaded.settings if one.name.startswith("log_level")} == {
        "vocabulary"
    }


def test_a_parameter_overrides_all_vocabularies(tmp_path: Path) -> None:
    given = Given({"log_service_fields": ("app",)}, {"log_level_fields": "a,b"})
    rule = words(load("find-culprit", given, house(tmp_path)))
    assert (rule.level, rule.service) == (("a", "b"), ("app",))


def test_the_vocabularies_that_were_read_belong_to_the_loaded_playbook(tmp_path: Path) -> None:
    names = [one.name for one in load("high-error-rate", Given(), house(tmp_path)).queries]
    assert "vocabulary/zz-house.yaml" in names
    assert names.index("vocabulary/zz-house.yaml") < names.index("vocabulary/ecs.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("vocabulary: v\ntitle: T\n", "it says nothing"),
        ("vocabulary: v\ntitle: T\nlogs: {levl: [x]}\n", "Did you mean 'level'?"),
        ("vocabulary: v\ntitle: T\nevents: {index: e, kind: [k], service: [s]}\n", "'means'"),
        (
            "vocabulary: v\ntitle: T\n"
            "events: {index: e, kind: [k], service: [s], means: {deploy: [d]}}\n",
            "deployment",
        ),
    ],
)
def test_a_mistake_in_it_is_told(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_vocabulary(QueryFile("vocabulary/v.yaml", "v.yaml", text))
    assert said in str(caught.value)
