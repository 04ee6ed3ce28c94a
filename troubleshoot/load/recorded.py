"""The playbook of a recorded run, from the texts that the bundle brings."""

from troubleshoot.load.playbook.library import Library
from troubleshoot.load.playbook.loader import assemble
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.model.bundle import Bundle
from troubleshoot.model.dialect import Dialects
from troubleshoot.model.resolved_playbook import QueryFile, ResolvedPlaybook

DECIDED = ("environment", "alert", "--set")  # the rest comes with the playbook and vocabularies


def recorded_playbook(bundle: Bundle, dialects: Dialects) -> ResolvedPlaybook:
    """As it was when it ran. Raises InputError for texts that cannot be read any more."""
    queries = {query.name: query for query in bundle.queries}

    def find(name: str) -> QueryFile | str:
        return queries.get(name) or f"the query {name!r} is not in this bundle"

    def those_of(folder: str) -> tuple[QueryFile, ...]:
        return tuple(one for one in bundle.queries if one.name.startswith(f"{folder}/"))

    given = Given(decided={one.name: one for one in bundle.settings if one.source in DECIDED})
    library = Library(find, dialects, lambda: those_of("vocabulary"), lambda: those_of("messages"))
    return assemble(bundle.text, bundle.playbook, library, bundle.setup.window, given)
