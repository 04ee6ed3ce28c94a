"""`python -m tests.lab.demos`: record the incidents that `troubleshoot demo` replays.

Each has the lab to itself, so that each can lie at the guide's own time.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.lab.api import down, ensure
from tests.lab.incident import Incident

SHOWN = {
    "payment-timeouts": "high-error-rate",
    "db-pool-exhaustion": "high-error-rate",
    "payment-instances-down": "high-error-rate",
    "healthy": "high-error-rate",
    "tickets-ledger-bug": "find-culprit",
}
FOLDER = Path(__file__).resolve().parents[2] / "troubleshoot" / "demos"

PAGES = {
    "TROUBLESHOOT_PROMETHEUS_PUBLIC_URL": "http://localhost:9090",
    "TROUBLESHOOT_JAEGER_PUBLIC_URL": "http://localhost:16686",
    "TROUBLESHOOT_KIBANA_URL": "http://localhost:5601",
}
"""The guide's own addresses: what a reader of the demo would have."""


def main() -> int:
    plain = {name: value for name, value in os.environ.items() if "TROUBLESHOOT" not in name}
    for scenario, playbook in SHOWN.items():
        down()
        incident = Incident(scenario, at_the_guides_time=True)
        lab = ensure([incident])
        file = FOLDER / f"{scenario}.zip"
        file.unlink(missing_ok=True)  # a record is not written over
        command = [sys.executable, "-m", "troubleshoot", playbook]
        command += ["--at", incident.at.isoformat(), "--record", str(file)]
        environ = {**plain, **lab.env, **PAGES, "TZ": "UTC"}
        ended = subprocess.run(command, env=environ, capture_output=True, check=False)
        wanted = 1 if incident.culprit else 0
        print(f"{scenario}: exit code {ended.returncode}, {file.stat().st_size:,} bytes")
        if ended.returncode != wanted:
            print(ended.stdout.decode(), ended.stderr.decode(), sep="\n", file=sys.stderr)
            return 1
    down()
    return 0


if __name__ == "__main__":
    sys.exit(main())
