"""Which frames of a stack trace are not the application: the language's, its common libraries'."""

# parts of paths
PYTHON = ("/site-packages/", "/dist-packages/", "/lib/python", "/lib64/python")
GO = ("/usr/local/go/", "/usr/lib/go", "/libexec/src/", "/pkg/mod/", "/vendor/", "@v")
NODE = ("/node_modules/",)
RUBY = ("/gems/", "/lib/ruby/", "/rubygems/")
# what paths begin with that are none of the application's
MADE_UP = ("<", "node:", "internal/", "native", "/_/")  # "/_/": .NET, built to be the same anywhere
# what the name of a class begins with
JAVA = (
    *("java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.", "kotlin.", "kotlinx.", "scala."),
    *("groovy.", "clojure.", "org.springframework.", "org.apache.", "org.hibernate.", "reactor."),
    *("org.eclipse.", "org.jboss.", "org.glassfish.", "io.netty.", "io.grpc.", "io.vertx."),
    *("io.quarkus.", "io.micronaut.", "io.opentelemetry.", "io.micrometer.", "com.google."),
    *("com.fasterxml.", "com.zaxxer.", "com.mysql.", "org.postgresql.", "okhttp3.", "feign."),
    *("akka.", "play.", "rx.", "ch.qos.logback.", "org.slf4j.", "org.junit."),
)
DOTNET = (
    *("System.", "Microsoft.", "Npgsql.", "MySql.", "MySqlConnector.", "Oracle.", "MongoDB."),
    *("StackExchange.", "Newtonsoft.", "Grpc.", "RabbitMQ.", "Confluent.", "MassTransit."),
    *("MediatR.", "Polly.", "Dapper.", "NHibernate.", "Serilog.", "NLog.", "OpenTelemetry."),
    *("Autofac.", "Castle.", "Azure.", "Amazon.", "Google."),
)
# Go's own packages, for paths that were trimmed: the first part of their import path
_GO = (
    "archive bufio bytes cmp compress container context crypto database debug embed encoding errors"
    " expvar flag fmt go hash html image index internal io iter log maps math mime net os path"
    " plugin reflect regexp runtime slices sort strconv strings sync syscall testing text time"
    " unicode unsafe vendor"
)
GO_STANDARD = frozenset(_GO.split())


def foreign(path: str, parts: tuple[str, ...]) -> bool:
    """Whether a path is a library's, by one of these parts of it or by how it begins."""
    plain = path.replace("\\", "/")
    return plain.startswith(MADE_UP) or any(part in plain for part in parts)
