"""Plausible names for services, systems and companies."""

NOUNS = (
    "account", "address", "audit", "auction", "availability", "banner", "basket", "billing",
    "campaign", "claims", "comment", "compliance", "consent", "content", "coupon", "currency",
    "dispatch", "document", "eligibility", "enrollment", "entitlement", "feed", "fleet", "fraud",
    "geocoder", "identity", "inbox", "insight", "invoice", "itinerary", "kyc", "listing",
    "loyalty", "mapping", "matching", "media", "menu", "metering", "offer", "parcel", "permission",
    "planner", "policy", "pricing", "product", "profile", "promotion", "quota", "quote", "ranking",
    "rating", "recommendation", "refund", "registry", "reservation", "returns", "review", "risk",
    "routing", "schedule", "search", "seating", "segment", "shipping", "stock", "subscription",
    "support", "tariff", "tax", "telemetry", "tenant", "timeline", "tracking", "translation",
    "user", "voucher", "wallet", "warehouse", "weather", "wishlist",
)  # fmt: skip

ENTRIES = ("gateway", "frontend", "web", "bff", "storefront", "edge-proxy", "public-api", "portal")

SYSTEMS = (
    "alder", "basalt", "cobalt", "dune", "ember", "fjord", "garnet", "harbor", "indigo", "juniper",
    "kestrel", "lagoon", "marble", "nimbus", "onyx", "prairie", "quartz", "raven", "sierra",
    "tundra", "umber", "velvet", "willow", "yarrow", "zephyr",
)  # fmt: skip

SUFFIXES = ("", "", "-service", "-svc", "-api")

PARTNERS = (
    "api.finbridge.io", "gw.parcelhub.net", "sandbox.taxwise.com", "api.mailcourier.com",
    "rest.geopoint.io", "api.cardlane.com", "hooks.smsvalley.net", "api.creditlens.eu",
)  # fmt: skip

DATABASES = (("postgresql", 5432), ("mysql", 3306), ("mongodb", 27017))
