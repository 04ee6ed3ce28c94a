"""The lab: one simulated shop in a real Prometheus, a real Jaeger and a real Elasticsearch."""
