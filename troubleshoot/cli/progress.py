"""How far a run is, on standard error, while it runs; nothing where that is no terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from troubleshoot.cli.world import World

Progress = Callable[[int, int], None]  # answered, asked


@contextmanager
def progress(world: World) -> Iterator[Progress]:
    if not sys.stderr.isatty():
        yield lambda _answered, _asked: None
        return
    from rich.console import Console

    console = Console(stderr=True, no_color=not world.colour(sys.stderr))
    with console.status("asking …") as status:
        yield lambda answered, asked: status.update(f"{answered} of {asked} requests answered")
