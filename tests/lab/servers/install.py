"""Having the three servers on a plain Debian machine; the second time there is nothing to do."""

import logging
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from tests.lab.errors import LabError
from tests.lab.servers import folders

LOG = logging.getLogger(__name__)

JAEGER = "github.com/jaegertracing/jaeger"
JAEGER_VERSION = "v1.76.0"
ELASTICSEARCH_VERSION = "8.19.21"
ELASTICSEARCH = (
    f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{ELASTICSEARCH_VERSION}:zip"
)

PACKAGES = {
    "prometheus": "prometheus",
    "promtool": "prometheus",
    "go": "golang-go",
    "mvn": "maven",
    "java": "openjdk-17-jre-headless",
}
"""Where the tools come from that are not fetched here."""


def prometheus() -> tuple[str, str]:
    """The paths of `prometheus` and `promtool`, from Debian's package."""
    if not (shutil.which("prometheus") and shutil.which("promtool")):
        if os.geteuid() != 0:
            raise LabError("prometheus is not installed: apt-get install prometheus (needs root)")
        LOG.info("installing Prometheus from Debian")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update", "-q"], env=quiet)
        package = ["apt-get", "install", "-q", "-y", "--no-install-recommends", "prometheus"]
        run(package, env=quiet)
        if shutil.which("service"):  # the package may have started its own; ours runs apart
            subprocess.run(["service", "prometheus", "stop"], capture_output=True, check=False)
    return _tool("prometheus"), _tool("promtool")


def jaeger() -> Path:
    """Jaeger's all-in-one, built from a module that requires it.

    `go install` refuses because its go.mod has a replace directive. With Jaeger's own go.mod and
    go.sum copied, no checksum has to be looked up.
    """
    binary = folders.built() / f"jaeger-{JAEGER_VERSION}"
    if binary.exists():
        return binary
    LOG.info("building Jaeger %s: some minutes, once", JAEGER_VERSION)
    module = folders.built() / "jaeger-module"
    shutil.rmtree(module, ignore_errors=True)
    module.mkdir()
    go = _tool("go")
    run([go, "mod", "download", f"{JAEGER}@{JAEGER_VERSION}"], cwd=module)
    store = Path(run([go, "env", "GOMODCACHE"], cwd=module).strip())
    source = store / f"{JAEGER}@{JAEGER_VERSION}"
    for name in ("go.mod", "go.sum"):
        shutil.copyfile(source / name, module / name)
    run([go, "mod", "edit", "-module", "lab", "-require", f"{JAEGER}@{JAEGER_VERSION}"], cwd=module)
    made = module / "jaeger"
    build = [go, "build", "-o", str(made), f"{JAEGER}/cmd/all-in-one"]
    run(build, cwd=module, env={**os.environ, "GOFLAGS": "-mod=mod"})
    made.replace(binary)
    shutil.rmtree(module)
    return binary


def elasticsearch() -> Path:
    """The unpacked Elasticsearch: the real server with a minimal set of modules."""
    home = folders.built() / f"elasticsearch-{ELASTICSEARCH_VERSION}"
    if home.exists():
        return home
    LOG.info("fetching Elasticsearch %s", ELASTICSEARCH_VERSION)
    unpacked = folders.built() / "elasticsearch-unpacking"
    shutil.rmtree(unpacked, ignore_errors=True)
    unpacked.mkdir()
    maven = [_tool("mvn"), "-q", "-B"]
    run(
        [*maven, "dependency:get", "-Dtransitive=false", f"-Dartifact={ELASTICSEARCH}"],
        cwd=unpacked,
    )
    copy = f"-Dartifact={ELASTICSEARCH}", f"-DoutputDirectory={unpacked}"
    run([*maven, "dependency:copy", *copy], cwd=unpacked)
    with zipfile.ZipFile(next(unpacked.glob("*.zip"))) as archive:
        archive.extractall(unpacked)
    for program in (unpacked / home.name / "bin").iterdir():
        program.chmod(0o755)  # zipfile drops the permissions
    (unpacked / home.name).replace(home)
    shutil.rmtree(unpacked)
    return home


def java_home() -> Path:
    """The home of the `java` on the path, which Elasticsearch wants to be told."""
    return Path(_tool("java")).resolve().parents[1]


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise LabError(f"the lab needs {name} on the PATH; Debian has it in {PACKAGES[name]}")
    return path


def run(command: list[str], cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    """Run a tool to its end and give what it printed. Raises `LabError` with its last words."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise LabError(f"{' '.join(command)} failed with exit code {done.returncode}:\n{said}")
    return done.stdout
