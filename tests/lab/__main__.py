"""`python -m tests.lab up|down|status|env`: the lab from the command line."""

import argparse
import logging
import sys
import time

from tests.lab import api
from tests.lab.errors import LabError
from tests.lab.incident import Incident
from tests.lab.systems import DESIGNED, SCENARIOS

HELP = f"{', '.join(SCENARIOS)}; by default all but those whose systems are drawn (any-…, dirty-…)"


def main() -> int:
    """Run one command; 0 when it did what it says."""
    arguments = _parser().parse_args()
    logging.basicConfig(format="lab: %(message)s")
    logging.getLogger("tests.lab").setLevel(logging.INFO)
    try:
        if arguments.command == "up":
            return _up(arguments.scenario or list(DESIGNED), arguments.seed)
        if arguments.command == "down":
            api.down()
            return 0
        return _status(api.current()) if arguments.command == "status" else _env(api.current())
    except LabError as error:
        print(f"lab: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("lab: interrupted; `python -m tests.lab down` ends what runs", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.lab", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="install, start and fill the three servers")
    up.add_argument("--scenario", action="append", metavar="NAME", help=HELP)
    up.add_argument("--seed", type=int, default=1)
    commands.add_parser("down", help="end the servers that `up` started, drop their data")
    commands.add_parser("status", help="addresses, and each incident with its time")
    commands.add_parser("env", help="shell lines that point troubleshoot at the lab")
    return parser


def _up(scenarios: list[str], seed: int) -> int:
    began = time.monotonic()
    lab = api.ensure(Incident(scenario, seed) for scenario in scenarios)
    print(f"The lab is up after {time.monotonic() - began:.1f} s.")
    return _status(lab)


def _status(lab: api.Lab) -> int:
    if not lab.urls:
        print("The lab is down; `python -m tests.lab up` brings it up.")
        return 1
    for name, url in lab.urls.items():
        print(f"{name:14} {url}  {'up' if lab.is_up(name) else 'DOWN'}")
    for incident in lab.incidents:
        culprits = (f"{service} {what}" for service, what in incident.culprit)
        cause = " or ".join(incident.cause or culprits) or "nothing is wrong"
        print(f"--at {incident.at:%Y-%m-%dT%H:%M:%SZ}  {incident.name:26} {cause}")
    return 0


def _env(lab: api.Lab) -> int:
    for name, value in lab.env.items():
        print(f"export {name}={value}")
    return 0 if lab.env else 1


if __name__ == "__main__":
    sys.exit(main())
