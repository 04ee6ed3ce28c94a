"""What lies in the working directory and is not used, and the command that changes that."""

import sys
from collections.abc import Iterable
from pathlib import Path

from troubleshoot.cli.run.notices import tell
from troubleshoot.cli.world import World
from troubleshoot.load.assets import query_folders
from troubleshoot.load.trust.withheld import how_to_trust, withheld
from troubleshoot.model.notice import Notice


def tell_untrusted(
    world: World, config: str = "", playbook: Path | None = None
) -> tuple[Notice, ...]:
    """Said at once: a refusal that comes of it follows. Returned for the report.

    ``config`` is the file that ``--config`` names. A ``playbook`` that is run is used, and the
    queries that are looked for beside it.
    """
    found = withheld(world.project, _named(world, config, playbook))
    tell(found)
    if found:
        sys.stderr.write(f"hint: read what lies there, then: {how_to_trust(world.project)}\n")
    return found


def _named(world: World, config: str, playbook: Path | None) -> Iterable[Path]:
    """The files and folders that are used, wherever they lie."""
    yield from (folder for one in world.places for folder in (one.playbooks, one.queries))
    if file := config or world.environ.get("TROUBLESHOOT_CONFIG", ""):
        yield Path(file).expanduser()
    if playbook:
        yield from (playbook.parent, *query_folders(playbook, world.places))
