"""What an uncaught exception looks like in each language; the service's own frame is in it."""

from tests.lab.telemetry.spans import Failure

JAVA, PYTHON, GO, NODE = "java", "python", "go", "nodejs"


def trace(language: str, service: str, failure: Failure, where: str) -> str | None:
    """Several lines, or None where the language has errors without a stack.

    `where` is the deepest frame of the application, such as `Postings.convert`.
    """
    module, _, function = where.partition(".")
    if language == JAVA:
        package = f"com.boxoffice.{service}"
        return (
            f"{failure.type}: {failure.message}\n"
            f"\tat {package}.{module}.{function}({module}.java:88)\n"
            f"\tat {package}.Handler.handle(Handler.java:41)\n"
            "\tat io.netty.channel.AbstractChannelHandlerContext.invoke(Context.java:379)\n"
            "\tat java.base/java.lang.Thread.run(Thread.java:1583)"
        )
    if language == PYTHON:
        return (
            "Traceback (most recent call last):\n"
            '  File "/usr/lib/python3/site-packages/starlette/routing.py", line 74, in app\n'
            "    response = await func(request)\n"
            f'  File "/app/{service}/{module.lower()}.py", line 88, in {function}\n'
            f"{failure.type}: {failure.message}"
        )
    if language == NODE:
        return (
            f"{failure.type}: {failure.message}\n"
            f"    at {function} (/srv/{service}/{module.lower()}.js:88:13)\n"
            "    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)"
        )
    return None
