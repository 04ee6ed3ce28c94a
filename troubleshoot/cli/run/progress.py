"""How far a run is, on standard error, while it runs; nothing where that is no terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from troubleshoot.cli.world import World
from troubleshoot.engine.collect.collector import Listener


@contextmanager
def progress(world: World, *, quiet: bool = False) -> Iterator[Listener]:
    if quiet or not sys.stderr.isatty():
        yield lambda _heard: None
        return
    from rich.console import Console

    console = Console(stderr=True, no_color=not world.colour(sys.stderr))
    with console.status("asking …") as status:
        yield lambda one: status.update(f"{one.number} of {one.asked} requests answered")
