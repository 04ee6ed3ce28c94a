"""The whole box office: its services wired together, its customers, and what scrapes it."""

from tests.lab.second import scraping, stack
from tests.lab.second.cache import Cache
from tests.lab.second.calls import Endpoint, serve
from tests.lab.second.database import Database
from tests.lab.second.deployment import Deployment
from tests.lab.second.partner import Partner
from tests.lab.second.pod import Spec
from tests.lab.second.queue import Queue
from tests.lab.second.services.booking import Booking
from tests.lab.second.services.catalog import Catalog
from tests.lab.second.services.edge import Edge
from tests.lab.second.services.ledger import Ledger
from tests.lab.second.services.notifications import Notifications
from tests.lab.second.services.pricing import Pricing
from tests.lab.second.services.sessions import Sessions
from tests.lab.second.visit import new_visit
from tests.lab.shop.world import Work, World

SPECS = (
    Spec("edge", stack.GO, "1.31.2"),
    Spec("sessions", stack.NODE, "5.2.0"),
    Spec("catalog", stack.GO, "0.87.1"),
    Spec("pricing", stack.PYTHON, "2025.20"),
    Spec("booking", stack.JAVA, "7.4.3", mebibytes=512),
    Spec("ledger", stack.JAVA, "3.8.0", mebibytes=512),
    Spec("notifications", stack.PYTHON, "1.9.4", json_lines=True),
)


class Platform:
    """Every mechanism a fault can change is an attribute somewhere below this object."""

    def __init__(self, world: World) -> None:
        """Everything is up and well."""
        self.world = world
        self.visits_per_second = 5.0
        self.deployments = {spec.service: Deployment(world, spec) for spec in SPECS}
        self.database = Database(world)
        self.cache = Cache(world)
        self.partner = Partner(world)
        self.queue = Queue(world)
        self._wire()
        for deployment in self.deployments.values():
            deployment.started()
        world.env.process(self._customers())
        scraping.start(world, tuple(self.deployments.values()))

    def _wire(self) -> None:
        at = self.deployments
        self.sessions = Sessions(at["sessions"], self.cache, self.database)
        self.catalog = Catalog(self.cache, self.database)
        self.pricing = Pricing()
        self.ledger = Ledger(self.database)
        self.notifications = Notifications(self.queue, self.database)
        at["notifications"].on_start = self.notifications.start
        quotes = Endpoint(at["pricing"], "POST", "/quotes", self.pricing.quote, timeout=2.5)
        self.to_ledger = Endpoint(at["ledger"], "POST", "/entries", self.ledger.enter, timeout=4.5)
        self.booking = Booking(quotes, self.partner, self.database, self.to_ledger, self.queue)
        edge = self.edge = Edge(
            sessions=Endpoint(
                at["sessions"],
                "POST",
                "/sessions/validate",
                self.sessions.validate,
                timeout=5.0,
                retries=0,
            ),
            catalog=Endpoint(at["catalog"], "GET", "/events/{id}", self.catalog.show, timeout=5.0),
            pricing=quotes,
            booking=Endpoint(at["booking"], "POST", "/bookings", self.booking.book, timeout=10.0),
        )
        self.browsing = Endpoint(at["edge"], "GET", "/events/{id}", edge.browse, timeout=30.0)
        self.checkout = Endpoint(at["edge"], "POST", "/checkout", edge.checkout, timeout=30.0)

    def _customers(self) -> Work[None]:
        """A Poisson stream of visits, handed to the edge's pods in turn."""
        dice = self.world.customers
        for number in range(1, 10**6):
            yield self.world.sleep(dice.expovariate(self.visits_per_second))
            visit = new_visit(dice, number, self.world.trace())
            pod = self.deployments["edge"].next()
            if pod is not None:
                endpoint = self.checkout if visit.buys else self.browsing
                self.world.env.process(serve(pod, endpoint, visit, None))
