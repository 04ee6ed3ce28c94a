# Everything is done with the tools in .venv, which the first target makes.
PYTHON ?= python3
BIN := .venv/bin
LOCK := tests/constraints.txt
# Where the public incidents lie, a folder each; those here are a sample.
INCIDENTS ?= $(firstword $(wildcard ../shared/incidents tests/lab/public/incidents))
# Tests of one file share what they made, so a file is one worker's.
OFFLINE := -m "not live" --numprocesses auto --dist loadfile

# $(call install,VENV,CONSTRAINTS): this checkout and its tools; pip names the second variable since 25.3
install = PIP_CONSTRAINT=$(2) PIP_BUILD_CONSTRAINT=$(2) \
	$(1)/bin/pip install --quiet --disable-pip-version-check --editable '.[dev]'

.PHONY: demo help check test test-newest test-lowest test-pythons coverage test-live lab \
	lab-stop demos scoreboard scoreboard-public docs bench bench-large hooks lock clean

demo: .venv/ready  ## diagnose a recorded incident; needs no backend
	@$(BIN)/troubleshoot demo --fail-on never

help:  ## these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-14s %s\n", $$1, $$2}' Makefile

check: .venv/ready  ## lint, format, types, floors of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: .venv/ready  ## everything that needs no server
	$(BIN)/pytest $(OFFLINE)

test-newest:  ## the same with the newest libraries that pyproject.toml allows
	$(PYTHON) -m venv --clear .venv-newest
	$(call install,.venv-newest,)
	.venv-newest/bin/pytest $(OFFLINE)

test-lowest: .venv/ready  ## the same with the lowest libraries that pyproject.toml allows
	$(PYTHON) -m venv --clear .venv-lowest
	$(BIN)/uv pip compile --quiet --python .venv-lowest/bin/python --extra dev \
		--resolution lowest-direct --output-file .venv-lowest/constraints.txt pyproject.toml
	$(call install,.venv-lowest,.venv-lowest/constraints.txt)
	.venv-lowest/bin/pytest $(OFFLINE)

lab: .venv/ready  ## real Prometheus, Jaeger and Elasticsearch with simulated incidents
	$(BIN)/python -m tests.lab up

lab-stop: .venv/ready  ## stop the lab's servers
	$(BIN)/python -m tests.lab down

test-pythons: .venv/ready  ## the installed wheel on each Python from 3.11 on that is here
	$(BIN)/python -m tests.pythons

coverage: .venv/ready  ## branches that the tests take, of each floor; fails below 95 %
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(OFFLINE)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage json --quiet -o .coverage.json
	$(BIN)/python -m tests.branches .coverage.json

test-live: .venv/ready  ## the tests against the lab, which they bring up
	$(BIN)/pytest -m live

demos: .venv/ready  ## record the shipped demos again from the lab
	$(BIN)/python -m tests.lab.demos

scoreboard: .venv/ready  ## how often the true cause comes first; half an hour
	$(BIN)/python -m tests.lab.scoreboard

scoreboard-public: .venv/ready  ## the same on public incidents of others, from the folder INCIDENTS
	$(BIN)/python -m tests.lab.public.scoreboard $(INCIDENTS)

docs: .venv/ready  ## write the pages that are made from the playbooks
	UPDATE_DOCS=1 $(BIN)/pytest tests/docs

bench: .venv/ready  ## how fast, how much memory; four minutes
	$(BIN)/python -m benchmarks

bench-large: .venv/ready  ## whole runs on a large lab against a small one; several minutes
	$(BIN)/python -m benchmarks.large

hooks: .venv/ready  ## run the checks before each commit in this checkout
	$(BIN)/pre-commit install

lock: .venv/ready  ## write the versions anew that development and CI install
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev \
		--custom-compile-command "make lock" --output-file $(LOCK) pyproject.toml

clean:  ## remove what was made here: environments, builds, caches
	rm -rf .venv .venv-* build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
		.coverage*

.venv/ready: pyproject.toml $(LOCK)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(call install,.venv,$(LOCK))
	touch $@
