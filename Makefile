# make run    install into .venv and turn the sample notices of corpus/ into a register
# make test   install what the tests need and run them all
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV ?= uv

.DEFAULT_GOAL := run
.PHONY: run test wheels scores lock clean

run: $(VENV)/core.stamp
	$(BIN)/python -m extractor run corpus --db outputs/tasks.db --out outputs

test: $(VENV)/test.stamp
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest

wheels: $(VENV)/core.stamp
	$(BIN)/python tests/check_wheels.py

scores: $(VENV)/core.stamp
	$(BIN)/python tests/write_scores.py

lock:
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.10 --no-header --no-annotate \
		--no-emit-index-url pyproject.toml --output-file requirements.lock
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.10 --no-header --no-annotate \
		--no-emit-index-url pyproject.toml --extra test --output-file tests/requirements.lock

clean:
	$(PYTHON) -c "import shutil; shutil.rmtree('$(VENV)', ignore_errors=True)"

$(VENV)/core.stamp: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --editable .
	$(BIN)/python -c "open('$@', 'w').close()"

$(VENV)/test.stamp: tests/requirements.lock $(VENV)/core.stamp
	$(PIP) --require-hashes -r tests/requirements.lock
	$(BIN)/python -c "open('$@', 'w').close()"
