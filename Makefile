# Everything is done with the tools in .venv, which the first target makes.
PYTHON ?= python3
BIN := .venv/bin
LIVE := tests/live

.PHONY: demo check test test-live lab lab-stop demos scoreboard docs bench bench-large clean

demo: .venv/ready  ## diagnose a recorded incident; needs no backend
	@$(BIN)/troubleshoot demo --fail-on never

check: .venv/ready  ## lint, format, types, floors of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: .venv/ready  ## everything that needs no server
	$(BIN)/pytest -m "not live"

lab: .venv/ready  ## real Prometheus, Jaeger and Elasticsearch with simulated incidents
	$(BIN)/python -m tests.lab up

lab-stop: .venv/ready
	$(BIN)/python -m tests.lab down

test-live: .venv/ready  ## the tests against the lab, which they bring up
	$(BIN)/pytest -m live

demos: .venv/ready  ## record the shipped demos again from the lab
	$(BIN)/python -m tests.lab.demos

scoreboard: .venv/ready  ## how often the true cause comes first; half an hour
	$(BIN)/python -m tests.lab.scoreboard

docs: .venv/ready  ## write the pages that are made from the playbooks
	UPDATE_DOCS=1 $(BIN)/pytest tests/docs

bench: .venv/ready  ## how fast, how much memory; four minutes
	$(BIN)/python -m benchmarks

bench-large: .venv/ready  ## whole runs on a large lab against a small one; several minutes
	$(BIN)/python -m benchmarks.large

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/ready: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@
