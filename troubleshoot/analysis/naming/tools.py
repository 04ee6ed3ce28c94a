"""What runtimes, nodes and monitoring tools call their own: no service of anybody's."""

# metrics by how their names begin
PREFIXES = (
    "go_", "python_", "jvm_", "nodejs_", "dotnet_", "ruby_", "prometheus_", "scrape_", "promhttp_",
    "net_conntrack_", "alertmanager_", "grafana_", "kube_", "apiserver_", "kubelet_", "etcd_",
    "node_", "machine_", "cadvisor_", "ALERTS",
)  # fmt: skip
# labels that whoever scrapes or stores them adds
LABELS = frozenset(
    {"prometheus", "replica", "monitor", "cluster", "instance", "exported_namespace"}
)
