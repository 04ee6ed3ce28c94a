"""Golden files: what each format prints, word for word.

After a wanted change run ``UPDATE_GOLDEN=1 pytest tests/render``: the files are rewritten, every
test that rewrote one fails and says so, and ``git diff`` shows what changed. Then run again
without it.
"""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"


def check(name: str, text: str) -> None:
    """Fails when ``text`` is not what the golden file holds."""
    file = FOLDER / name
    known = file.read_text(encoding="utf-8") if file.exists() else None
    if known == text:
        return
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
        pytest.fail(f"{file.name} was rewritten: look at git diff, then run without UPDATE_GOLDEN")
    assert text == known, f"{file.name} differs; if wanted, see tests/render/golden.py"
