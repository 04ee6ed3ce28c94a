"""`docs/architecture.md`: one picture, made from the imports, and the trips that data makes."""

import ast
import os
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "troubleshoot"
PAGE = ROOT / "docs" / "architecture.md"
INTRO = """<!-- made by `make docs`; tests/docs checks it -->
# Architecture

Imports point down only: `cli` knows everything, `model` knows nothing. `make check` fails when one
points up, when the engine knows a concrete backend, or when analysis or render touch files, clients
or the clock. Between floors only frozen values travel; I/O and the clock are at the rim.

Each box is a folder, each arrow says how many files of the upper one import from the lower one.
Arrows to `model` are left out: everybody has one.
"""
TRIPS = """
## The seven trips of data

1. **From the command line to a run.** `cli/main.py` registers commands; `model/options.py`
   declares each option once; `cli/run/prepare.py` turns them into a window, an environment and
   a playbook, and `cli/run/diagnose.py` opens the backends and hands all of it to
   `engine/run.py`.
2. **From a YAML file to a playbook.** `load/text/document.py` reads YAML with places,
   `load/playbook/loader.py` fills in parameters and validates against `model/playbook.py`;
   `load/playbook/references.py` and `load/playbook/evidence.py` say what fits nothing, each
   mistake at file:line:column.
3. **From a check to requests.** `engine/plan/planner.py` decides what is asked, as requests
   that are values; what exists here (`engine/plan/inventory.py`) is asked first where the words
   depend on it.
4. **From requests to signals.** `engine/collect/collector.py` asks everything at once;
   `backends/http/client.py` is the one way out, limited to reading; each answer passes
   `backends/redaction/redact.py` before anything parses it.
5. **From signals to findings.** The judge of a check is `engine/judge/kinds/` and its kind; it
   calls pure functions of `analysis/` and concludes facts (`model/facts.py`), never labels.
6. **From findings to diagnoses.** `engine/topology/` tells causes from consequences by who
   calls whom; `engine/rank/` picks rows by `where`, sums up (`engine/rank/score.py`) and
   concludes.
7. **From a report to paper, and back.** `model/report.py` is all that `render/` sees; a
   recorded run is written and read by `backends/recording/`, and `load/recorded.py` makes the
   same run of it.
"""


def test_the_page_is_up_to_date() -> None:
    text = f"{INTRO}\n{_picture()}\n{TRIPS}"
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text, "run `make docs` and look at the difference"


def test_every_place_that_the_pages_name_is_there() -> None:
    for page in (PAGE, ROOT / "CONTRIBUTING.md"):
        named = re.findall(r"`([a-z_]+/[\w/.-]*)`", page.read_text(encoding="utf-8"))
        assert named
        missing = [one for one in named if not (_place(one).exists())]
        assert missing == [], f"{page.name} names places that are not there"


def _place(name: str) -> Path:
    return next((base / name for base in (SOURCE, ROOT) if (base / name).exists()), ROOT / name)


def _picture() -> str:
    """Mermaid: folders as boxes within their floor, imports as arrows with a count of files."""
    arrows = _arrows()
    floors: dict[str, list[str]] = {}
    for one in sorted({end for pair in arrows for end in pair}):
        floors.setdefault(one.partition("/")[0], []).append(one)
    order = ("cli", "render", "engine", "analysis", "backends", "load", "model")
    lines = ["```mermaid", "flowchart TD"]
    for floor in order:
        lines.append(f"  subgraph {floor}_floor[{floor}]")
        lines += [f"    {_id(one)}[{one}]" for one in floors.get(floor, [floor])]
        lines.append("  end")
    lines += [f"  {_id(a)} -->|{count}| {_id(b)}" for (a, b), count in sorted(arrows.items())]
    return "\n".join([*lines, "```"])


def _arrows() -> Counter[tuple[str, str]]:
    found: set[tuple[Path, str]] = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("troubleshoot."):
                found.add((file, _folder(str(node.module))))
    pairs = ((_room(file.relative_to(SOURCE)), to) for file, to in found)
    return Counter((a, b) for a, b in pairs if a != b and a and not b.startswith("model"))


def _folder(module: str) -> str:
    parts = module.split(".")[1:]
    here = Path(*parts)
    return _room(here if (SOURCE / here).is_dir() else here.with_suffix(".py"))


def _room(path: Path) -> str:
    """The folder that a file is in, two deep at most: ``engine/plan``, ``load``."""
    inside = path.parts if (SOURCE / path).is_dir() else path.parts[:-1]
    return "/".join(inside[:2])


def _id(name: str) -> str:
    return name.replace("/", "_")
