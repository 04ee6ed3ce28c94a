"""Stack traces of six languages: the deepest frame that is the application's own."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from troubleshoot.analysis.logs import libraries
from troubleshoot.analysis.logs.libraries import foreign

_PYTHON_FRAME = re.compile(r'^[ \t|]*File "([^"\n]+)", line (\d+), in (\S+)', re.M)
_JAVA_FRAME = re.compile(
    r"^[ \t]*at (?:[\w.@-]*/+)*([\w.$]+)\.([\w$<>]+)\((\w+\.(?:java|kt|scala|groovy|clj)):(\d+)\)",
    re.M,
)
_GO_FRAME = re.compile(r"^(\S[^\n]*)\n\t(\S+\.go):(\d+)", re.M)
_NODE_FRAME = re.compile(
    r"^[ \t]+at (?:async )?(?:([^\n(]+) \()?(?:file://)?([^\s()]+):(\d+):\d+\)?$", re.M
)
_DOTNET_FRAME = re.compile(
    r"^[ \t]*at ([^\s().]+\.[^\s(]+)\(([^)\n]*)\)(?: in ([^\n]+):line (\d+))?$", re.M
)
_RUBY_FRAME = re.compile(r"^[ \t]*(?:from )?([^\s:]+):(\d+):in [`']([^'\n]+)'", re.M)
_FORMS = (_PYTHON_FRAME, _JAVA_FRAME, _GO_FRAME, _NODE_FRAME, _DOTNET_FRAME, _RUBY_FRAME)

_LAMBDA = re.compile(r"lambda\$(\w+)\$\d+")
_GO_ARGUMENTS = re.compile(r"\([^()]*\)$")
_DOTNET_ARGUMENTS = re.compile(r"(?!Native Method$|Unknown Source$)(?:[^\s,:]+ @?\w+(?:, |$))*")
_DOTNET_MADE = re.compile(r"\.<>c\w*|\[[^\]]*\]|`\d+")  # a closure's class, type arguments
_DOTNET_WITHIN = re.compile(r"<(\w+)>\w__[\w|]+(?:\.MoveNext)?")  # async methods, lambdas


def application_frame(stack: str) -> str:
    """``pricing.compute (pricing.py:42)``, or '' where every frame is a library's."""
    return next((frame for read in _READERS for frame in read(stack)), "")


def frame_at(stack: str) -> int:
    """Where the first frame is, whosever it is; -1 without any."""
    return min((found.start() for form in _FORMS if (found := form.search(stack))), default=-1)


def _python(stack: str) -> Iterator[str]:
    """The most recent call is last."""
    for path, line, function in reversed(_PYTHON_FRAME.findall(stack)):
        if not foreign(path, libraries.PYTHON):
            yield _frame(path, "" if function == "<module>" else function, line)


def _java(stack: str) -> Iterator[str]:
    for owner, method, file, line in _JAVA_FRAME.findall(stack):
        if not owner.startswith(libraries.JAVA):
            short = owner.rsplit(".", 1)[-1].replace("$", ".")
            name = _LAMBDA.sub(r"\1", method)
            yield f"{short}.{name} ({file}:{line})"


def _go(stack: str) -> Iterator[str]:
    for called, path, line in _GO_FRAME.findall(stack):
        name = _GO_ARGUMENTS.sub("", called)
        package, _, function = name[name.rfind("/") + 1 :].partition(".")
        standard = name.split("/")[0].split(".")[0] in libraries.GO_STANDARD
        # what stands with blanks is no frame: "created by …", or a message
        if function and " " not in name and not standard and not foreign(path, libraries.GO):
            yield f"{package}.{function} ({PurePosixPath(path).name}:{line})"


def _node(stack: str) -> Iterator[str]:
    for function, path, line in _NODE_FRAME.findall(stack):
        if not foreign(path, libraries.NODE):
            yield _frame(path, function.removeprefix("Object.").removeprefix("<anonymous>"), line)


def _dotnet(stack: str) -> Iterator[str]:
    for method, arguments, path, line in _DOTNET_FRAME.findall(stack):
        library = method.startswith(libraries.DOTNET) or foreign(path, ())
        if not library and _DOTNET_ARGUMENTS.fullmatch(arguments):
            name = _DOTNET_WITHIN.sub(r"\1", _DOTNET_MADE.sub("", method))
            short = ".".join(name.split(".")[-2:])
            yield _frame(path, short, line) if path else short


def _ruby(stack: str) -> Iterator[str]:
    for path, line, function in _RUBY_FRAME.findall(stack):
        if not foreign(path, libraries.RUBY):
            name = function.rpartition(" in ")[2].rpartition("::")[2].replace("#", ".")
            yield _frame(path, "" if name.startswith("<") else name, line)


def _frame(path: str, function: str, line: str) -> str:
    """A function alone is named with its file, as its module would be."""
    file = PurePosixPath(path.replace("\\", "/"))
    module = file.parent.name if file.stem in ("__init__", "index") else file.stem
    owned = "." in function or not function
    name = function or module if owned else f"{module}.{function}"
    return f"{name} ({file.name}:{line})"


_READERS: tuple[Callable[[str], Iterator[str]], ...] = (
    _python, _java, _go, _node, _dotnet, _ruby,
)  # fmt: skip
