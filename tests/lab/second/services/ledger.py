"""ledger: writes what is owed to whom."""

from dataclasses import dataclass

from tests.lab.second.calls import Answer
from tests.lab.second.database import ADD_ENTRY, Database
from tests.lab.second.pod import Pod
from tests.lab.second.visit import Visit
from tests.lab.shop.world import Work
from tests.lab.telemetry.spans import Failure, Span


@dataclass
class Ledger:
    """`broken_version` cannot convert foreign currencies."""

    database: Database
    broken_version: str = ""

    def enter(self, pod: Pod, visit: Visit, span: Span) -> Work[Answer]:
        """Serve POST /entries."""
        yield from pod.compute(0.003)
        if pod.version == self.broken_version and visit.currency != "EUR":
            text = f"Non-terminating decimal expansion of {visit.cents} {visit.currency}"
            failure = Failure("ArithmeticException", "java.lang.ArithmeticException", text)
            return Answer(500, failure, "Postings.convert")
        failure_or_none = yield from self.database.run(pod, ADD_ENTRY, visit, span)
        if failure_or_none is not None:
            return Answer(500, failure_or_none, "Postings.insert")
        return Answer(201)
