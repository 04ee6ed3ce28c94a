"""How the spans of a caller name the component that they call."""

# OpenTelemetry semantic conventions and OpenTracing's, old and new names, most specific first
PEER_TAGS = (
    *("peer.service", "server.address", "net.peer.name", "db.name", "db.namespace"),
    *("db.instance", "rpc.service", "peer.hostname", "network.peer.address"),
    *("net.peer.ip", "peer.address", "peer.ipv4", "messaging.system", "db.system.name"),
    *("db.system", "db.type"),
)
