"""A fresh folder for each test."""

from pathlib import Path

import pytest

from tests.load.small import Kitchen, kitchen


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> Kitchen:
    return kitchen(tmp_path)
