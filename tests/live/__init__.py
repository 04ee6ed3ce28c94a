"""The program against real Prometheus, Jaeger and Elasticsearch: the lab."""
