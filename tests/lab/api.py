"""The lab as the live tests use it: have incidents in three real servers, stop one, start it."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from tests.lab.incident import Incident
from tests.lab.produce import produce
from tests.lab.servers import control, folders, process, state
from tests.lab.servers.control import SERVERS
from tests.lab.servers.server import url


class Lab:
    """Three servers and what they hold."""

    def __init__(self, now: state.State) -> None:
        """Begin with the state as saved."""
        self._now = now

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """What can be asked about, each at its own time."""
        return tuple(self._now.incidents)

    @property
    def urls(self) -> dict[str, str]:
        """Server name → base URL. They stay the same over a stop and a start."""
        return {name: url(self._now.ports[name]) for name in SERVERS if name in self._now.ports}

    @property
    def env(self) -> dict[str, str]:
        """The environment variables that point the program at the lab."""
        return {f"TROUBLESHOOT_{name.upper()}_URL": where for name, where in self.urls.items()}

    def is_up(self, name: str) -> bool:
        """Whether that server runs."""
        return control.is_up(self._now, name)

    def stop_server(self, name: str) -> None:
        """End one server; its port refuses connections."""
        with state.locked():
            control.stop(self._now, name)

    def start_server(self, name: str) -> None:
        """Start a stopped server on its old port, with everything it held before."""
        with state.locked():
            control.start(self._now, name)
            control.wait(self._now, name)
            if SERVERS[name].forgets:
                control.fill(self._now, name, self._now.incidents)

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """The block runs while that server is stopped."""
        self.stop_server(name)
        try:
            yield
        finally:
            self.start_server(name)


def current() -> Lab:
    """The lab as it is; nothing is started."""
    return Lab(state.load())


def ensure(incidents: Iterable[Incident]) -> Lab:
    """A running lab that holds at least these incidents; nothing is done when it already does.

    Raises `LabError` when a server cannot be installed, started or filled.
    """
    with state.locked():
        now = state.load()
        if (
            now != state.State() and now.sources != state.sources()
        ):  # other code, or an `up` cut short
            _end(now)
            now = state.State()
        missing = [each for each in dict.fromkeys(incidents) if each not in now.incidents]
        if missing or not all(control.is_up(now, name) for name in SERVERS):
            _bring_up(now, missing)
        return Lab(now)


def down() -> None:
    """End the servers this lab started and drop their data; what was built is kept."""
    with state.locked():
        _end(state.load())


def _bring_up(now: state.State, missing: Sequence[Incident]) -> None:
    now.sources = ""  # until everything is in: an `up` cut short is begun anew
    now.save()
    online = [name for name, server in SERVERS.items() if not server.fills_stopped]
    offline = [name for name, server in SERVERS.items() if server.fills_stopped]
    anew = [name for name in online if not control.is_up(now, name)]
    for name in anew:  # these boot while incidents are simulated
        control.start(now, name)
    produce(missing, folders.incidents())
    for name in offline:
        control.stop(now, name)
        control.fill(now, name, missing)
        control.start(now, name)
        control.wait(now, name)
    for name in online:
        control.wait(now, name)
        lost = now.incidents if SERVERS[name].forgets and name in anew else ()
        control.fill(now, name, (*lost, *missing))
    now.incidents.extend(missing)
    now.sources = state.sources()
    now.save()


def _end(now: state.State) -> None:
    for running in now.running.values():
        process.stop(running)
    shutil.rmtree(folders.run())
