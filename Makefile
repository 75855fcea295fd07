# Two commands: `make demo` and `make test`. Each sets up all it needs first.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo exercises test test-all lint setup setup-dev browser lock clean

demo: setup
	$(BIN)/dlexam demo --to demo

# after a change of the bank or of exercises/sets.toml; solutions that changed are run
exercises: setup
	$(BIN)/dlexam practice exercises/sets.toml

test: setup-dev lint
	$(BIN)/python -m pytest

test-all: setup-dev browser lint
	$(BIN)/python -m pytest -m "slow or not slow"

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

setup: $(VENV)/.runtime

setup-dev: $(VENV)/.dev

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "dlexam needs Python 3.11, 3.12 or 3.13 with venv: apt-get install python3 python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

# a real browser for the tests of what people open
browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || { \
		if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq chromium chromium-driver; \
		else echo "the browser tests need: sudo apt-get install chromium chromium-driver"; exit 1; fi; }

# after a change of pyproject.toml; needs uv
lock:
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) demo build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
