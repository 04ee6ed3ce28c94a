"""Every phrase of every vocabulary is PromQL, also where the lab does not have the metrics."""

import httpx
import pytest

from tests.lab.api import Lab
from tests.live.conftest import BY_SCENARIO
from troubleshoot.backends.stores.table import dialects
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.loader import clock, load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.load.text.templates import render
from troubleshoot.model.window import Window

pytestmark = pytest.mark.live
WINDOW = Window(BY_SCENARIO["healthy"].at)


def texts() -> dict[str, str]:
    place = built_in()
    found = load_playbook(
        place.playbooks / "find-culprit.yaml", [place.queries], WINDOW, Given(), dialects()
    )
    return {
        f"{one.vocabulary} {number} {phrase.means}": render(
            phrase.query, clock(WINDOW), language="promql", file=one.vocabulary
        )
        for one in found.vocabularies
        for number, phrase in enumerate(one.phrases)
    }


def test_prometheus_understands_every_phrase(lab: Lab) -> None:
    asked = texts()
    assert len(asked) > 50
    refused = {}
    for name, text in asked.items():
        params = {"query": text, "time": str(WINDOW.at.timestamp())}
        answer = httpx.get(f"{lab.urls['prometheus']}/api/v1/query", params=params).json()
        if answer["status"] != "success":
            refused[name] = answer["error"]
    assert refused == {}
