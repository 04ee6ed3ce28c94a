"""Stack traces of Python, Java, Go and Node: the deepest frame that is the application's own."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

# what is not the application: the language, its standard library, and common frameworks
_PYTHON = ("/site-packages/", "/dist-packages/", "/lib/python", "/lib64/python")
_JAVA = (
    *("java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.", "kotlin.", "kotlinx.", "scala."),
    *("groovy.", "clojure.", "org.springframework.", "org.apache.", "org.hibernate.", "reactor."),
    *("org.eclipse.", "org.jboss.", "org.glassfish.", "io.netty.", "io.grpc.", "io.vertx."),
    *("io.quarkus.", "io.micronaut.", "io.opentelemetry.", "io.micrometer.", "com.google."),
    *("com.fasterxml.", "com.zaxxer.", "com.mysql.", "org.postgresql.", "okhttp3.", "feign."),
    *("akka.", "play.", "rx.", "ch.qos.logback.", "org.slf4j.", "org.junit."),
)
_GO = ("/go/src/", "/pkg/mod/", "/vendor/", "/libexec/src/")
_NODE = ("node:", "internal/", "/node_modules/", "<anonymous>", "native")

_PYTHON_FRAME = re.compile(r'^[ \t|]*File "([^"\n]+)", line (\d+), in (\S+)', re.M)
_JAVA_FRAME = re.compile(
    r"^[ \t]*at (?:[\w.@-]*/+)*([\w.$]+)\.([\w$<>]+)\((\w+\.(?:java|kt|scala|groovy|clj)):(\d+)\)",
    re.M,
)
_GO_FRAME = re.compile(r"^([\w./-]+)\.(\S+)\(.*\)\n\t(\S+\.go):(\d+)", re.M)
_NODE_FRAME = re.compile(
    r"^[ \t]+at (?:async )?(?:([^\n(]+) \()?(?:file://)?([^\s()]+):(\d+):\d+\)?$", re.M
)
_LAMBDA = re.compile(r"lambda\$(\w+)\$\d+")


def application_frame(stack: str) -> str:
    """``pricing.compute (pricing.py:42)``, or '' where every frame is a library's."""
    return next((frame for read in _READERS for frame in read(stack)), "")


def frame_at(stack: str) -> int:
    """Where the first frame is, whosever it is; -1 without any."""
    forms = (_PYTHON_FRAME, _JAVA_FRAME, _GO_FRAME, _NODE_FRAME)
    return min((found.start() for form in forms if (found := form.search(stack))), default=-1)


def _python(stack: str) -> Iterator[str]:
    """The most recent call is last."""
    for path, line, function in reversed(_PYTHON_FRAME.findall(stack)):
        if not path.startswith("<") and not _any(path, _PYTHON):
            yield _frame(path, "" if function == "<module>" else function, line)


def _java(stack: str) -> Iterator[str]:
    for owner, method, file, line in _JAVA_FRAME.findall(stack):
        if not owner.startswith(_JAVA):
            short = owner.rsplit(".", 1)[-1].replace("$", ".")
            name = _LAMBDA.sub(r"\1", method)
            yield f"{short}.{name} ({file}:{line})"


def _go(stack: str) -> Iterator[str]:
    for package, function, path, line in _GO_FRAME.findall(stack):
        if not _any(path, _GO):
            short = package.rsplit("/", 1)[-1]
            yield f"{short}.{function} ({PurePosixPath(path).name}:{line})"


def _node(stack: str) -> Iterator[str]:
    for function, path, line in _NODE_FRAME.findall(stack):
        if not _any(path, _NODE):
            yield _frame(path, function.removeprefix("Object.").removeprefix("<anonymous>"), line)


def _frame(path: str, function: str, line: str) -> str:
    """A function alone is named with its file, as its module would be."""
    file = PurePosixPath(path.replace("\\", "/"))
    module = file.parent.name if file.stem in ("__init__", "index") else file.stem
    owned = "." in function or not function
    name = function or module if owned else f"{module}.{function}"
    return f"{name} ({file.name}:{line})"


def _any(path: str, parts: Iterable[str]) -> bool:
    return any(part in path for part in parts)


_READERS: tuple[Callable[[str], Iterator[str]], ...] = (_python, _java, _go, _node)
