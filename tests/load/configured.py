"""Configuration written into a folder, then chosen from."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from troubleshoot.load.settings.config import Chosen, ConfigFile, choose
from troubleshoot.model.errors import InputError
from troubleshoot.model.settings import BackendSettings
from troubleshoot.model.store import Store

PROD = "environments:\n  prod:\n    prometheus:\n      url: https://prom.example.org\n"


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def chosen(
    folder: Path, *texts: str, environ: Mapping[str, str] | None = None, wanted: str = ""
) -> Chosen:
    """``texts`` are files of the person in rising order of precedence: 0.yaml, 1.yaml, …"""
    files = tuple(ConfigFile(write(folder, f"{n}.yaml", text)) for n, text in enumerate(texts))
    return choose(files, environ or {}, wanted)


def mistakes(
    folder: Path, *texts: str, environ: Mapping[str, str] | None = None, wanted: str = ""
) -> list[str]:
    with pytest.raises(InputError) as caught:
        chosen(folder, *texts, environ=environ, wanted=wanted)
    return [str(one).removeprefix(f"{folder}/") for one in caught.value.mistakes]


def prometheus(found: Chosen) -> BackendSettings:
    return found.environment.backends[Store.PROMETHEUS]
