"""The wheel, installed alone in an empty environment somewhere else, is the whole program."""

import os
import subprocess
import sys
import zipfile
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


def done(command: list[str], folder: Path, wanted: int = 0) -> str:
    plain = {name: value for name, value in os.environ.items() if "TROUBLESHOOT" not in name}
    # port 9 (discard) of this machine: nothing listens, whatever else runs here
    urls = {f"TROUBLESHOOT_{one}_URL": "http://127.0.0.1:9" for one in ("PROMETHEUS", "JAEGER")}
    environ = plain | urls | {"TROUBLESHOOT_ELASTICSEARCH_URL": "http://127.0.0.1:9"}
    ended = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    assert ended.returncode == wanted, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = ["wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    done([*PIP, *build], folder)
    (found,) = folder.glob("*.whl")
    return found


def same_versions(folder: Path) -> Path:
    """Constraints: what these tests run with is what is installed."""
    here = [f"{one.name}=={one.version}" for one in distributions() if one.name != "troubleshoot"]
    file = folder / "constraints.txt"
    file.write_text("\n".join(here), encoding="utf-8")
    return file


def test_playbooks_queries_and_demos_travel_inside(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "troubleshoot/_assets/playbooks/high-error-rate.yaml",
        "troubleshoot/_assets/queries/promql/order-error-share.promql",
        "troubleshoot/demos/payment-timeouts.zip",
    ):
        assert part in names
    assert not [name for name in names if name.startswith("tests/")]


def test_it_works_in_an_empty_environment_in_another_folder(wheel: Path, tmp_path: Path) -> None:
    done([sys.executable, "-m", "venv", "--without-pip", "env"], tmp_path)
    install = ["--python", "env", "install", "--no-compile", "--constraint"]
    done([*PIP, *install, str(same_versions(tmp_path)), str(wheel)], tmp_path)
    program = str(tmp_path / "env" / "bin" / "troubleshoot")
    assert "payment provider does not answer" in done([program, "demo"], tmp_path, wanted=1)
    assert "high-error-rate" in done([program, "list"], tmp_path)
    assert "nothing listens" in done([program, "high-error-rate"], tmp_path, wanted=3)
