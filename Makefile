# The targets for people: `make site` to look at the demo, `make test` before a change is handed in.
# Everything is installed into .venv; nothing but Python 3.11 (or newer) and make is needed.

PYTHON ?= python3
PORT ?= 8000
# What `make test` is to test alone: a path in tests/, or a word in the names of tests and folders.
ONLY ?=

ENVIRONMENT := .venv
BIN := $(ENVIRONMENT)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# An ordinary installation is compiled; an editable one would be compiled at the first start, or,
# where Python may not write there, at every start.
COMPILE := $(BIN)/python -m compileall -q okrsite theme

# Material for MkDocs prints a banner about MkDocs 2, which this project does not use.
export NO_MKDOCS_2_WARNING := 1
# The environment is our own, so installing into it as root harms nobody.
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve test test-lowest test-newest check lint benchmark reference translations clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

site: $(ENVIRONMENT)/site.stamp ## Build the demo into site/
	@$(BIN)/mkdocs build --clean
	@echo "The site is in site/index.html; \`make serve\` shows it with working links."

# Newer versions of click switch live reload off unless it is asked for.
serve: $(ENVIRONMENT)/site.stamp ## Serve the demo, and rebuild it after every change
	@$(BIN)/mkdocs serve --livereload --dev-addr localhost:$(PORT)

# A worker a core; one that has nothing left to do takes over what another has not begun.
test: check ## Check and test everything; ONLY=tests/browser or ONLY=scores tests only that
	@OKRSITE_CHROMIUM="$$($(BIN)/python tests/browser/install.py)" && export OKRSITE_CHROMIUM && \
		$(BIN)/python -m pytest --numprocesses auto --dist worksteal \
		$(if $(filter tests tests/%,$(ONLY)),'$(ONLY)',$(if $(ONLY),-k '$(ONLY)'))
	@$(if $(ONLY),echo 'Only $(ONLY) was tested: `make test` tests everything.')

check: $(ENVIRONMENT)/test.stamp ## Check style, format, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

lint: check ## The same as check

test-lowest: ## Test with exactly the lowest versions that pyproject.toml allows; ONLY=… as with test
	@sh .ci/environment "$(PYTHON)" .venv-lowest
	@$(PYTHON) .ci/lowest pyproject.toml > .venv-lowest/lowest.txt
	@.venv-lowest/bin/python -m pip --quiet --disable-pip-version-check install --editable ".[dev]" \
		--constraint .venv-lowest/lowest.txt
	@$(call test-and-build,.venv-lowest)

test-newest: ## The same with the newest versions
	@sh .ci/environment "$(PYTHON)" .venv-newest
	@.venv-newest/bin/python -m pip --quiet --disable-pip-version-check install --editable ".[dev]" \
		--upgrade --upgrade-strategy eager
	@$(call test-and-build,.venv-newest)

# The core, the commands, and the demo, which is built strictly, with what an environment has.
define test-and-build
$(1)/bin/python -m pytest --numprocesses auto --dist worksteal $(if $(ONLY),'$(ONLY)',tests/cli \
	tests/documents tests/plugin tests/project tests/pulling tests/scores tests/test_cases.py) && \
	$(1)/bin/mkdocs build --strict --quiet --site-dir $(1)/site
endef

benchmark: $(ENVIRONMENT)/test.stamp ## Measure builds compared with Material's own, the weight of pages, and the search
	@$(BIN)/python -m tests.benchmarks
	@$(BIN)/python -m tests.benchmarks.weight
	@$(BIN)/python -m tests.benchmarks.weight --search --sizes 2000 10000

reference: $(ENVIRONMENT)/site.stamp ## Update the guide's reference pages from the code
	@$(BIN)/python -m okrsite.dev.reference content/guide

translations: $(ENVIRONMENT)/site.stamp ## Update the catalogues, and list what isn't translated
	@$(BIN)/python -m okrsite.dev.translations

clean: ## Remove everything these targets made
	rm -rf $(ENVIRONMENT) .venv-lowest .venv-newest site build dist *.egg-info
	rm -rf .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than pyproject.toml when what that asks for is installed.
$(ENVIRONMENT)/site.stamp: pyproject.toml | $(ENVIRONMENT)/pip.stamp
	@echo "Installing okrsite into $(ENVIRONMENT) …"
	@$(PIP) install --editable .
	@$(COMPILE)
	@touch $@

$(ENVIRONMENT)/test.stamp: pyproject.toml | $(ENVIRONMENT)/pip.stamp
	@echo "Installing okrsite and what its tests need into $(ENVIRONMENT) …"
	@$(PIP) install --editable ".[dev]"
	@$(COMPILE)
	@touch $@ $(ENVIRONMENT)/site.stamp

$(ENVIRONMENT)/pip.stamp:
	@sh .ci/environment "$(PYTHON)" "$(ENVIRONMENT)"
	@touch $@
