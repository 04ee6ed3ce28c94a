"""Where the program starts: ``troubleshoot`` and ``python -m troubleshoot``."""

from troubleshoot.cli.interrupts import end_at_interrupts


def main() -> None:
    end_at_interrupts()  # before the import below: it takes a tenth of a second
    from troubleshoot.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
