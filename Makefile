# Every target makes .venv and installs what it needs by itself. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# The theme prints a long notice about its own end of life in every build; README says what it means for this project.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help serve build check new schema test bench weigh lighthouse sheets successor properdocs bundle
help: ## List what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/:/' | sort

serve: $(VENV)/.site-ready ## Show the site on http://127.0.0.1:8000 and keep it up to date while you write
	$(BIN)/mkdocs serve

# The new site is built beside the old one, and takes its place only when every check held.
build: $(VENV)/.site-ready ## Build the site into site/; any problem stops it and leaves the old site/ as it was
	rm -rf .site-next .site-old
	$(BIN)/mkdocs build --strict --site-dir .site-next
	if [ -e site ]; then mv site .site-old; fi
	mv .site-next site
	rm -rf .site-old

check: $(VENV)/.site-ready ## Check every technique page and say how to mend it
	PYTHONPATH=hooks $(BIN)/python -m knee

new: export NAME := $(value name)
new: $(VENV)/.site-ready ## Start a technique: make new name="Calf stroke" writes a page and a picture, and says what is left
	@PYTHONPATH=hooks $(BIN)/python -m knee.new_page "$$NAME"

schema: $(VENV)/.site-ready ## Write anew what editors use to help with the front matter (schema/ and .vscode/)
	PYTHONPATH=hooks $(BIN)/python -m knee.schema

test: $(VENV)/.tests-ready ## Run all the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses 3 --dist worksteal

sheets: $(VENV)/.site-ready ## Write every sheet as a PDF into dist/: A4 and Letter, normal and large print (needs Chromium)
	$(BIN)/pip install --quiet --requirement requirements-dev.txt
	PYTHONPATH=tests $(BIN)/python sheets/print_sheets.py

# It is dated by the last commit, where there is one: the same commit gives the same zip.
COMMITTED := $(shell git log -1 --format=%ct 2>/dev/null)
ifneq ($(COMMITTED),)
bundle: export SOURCE_DATE_EPOCH ?= $(COMMITTED)
endif
bundle: $(VENV)/.site-ready ## Write the site as a zip into dist/: it opens from a folder or a USB stick, without a server or a network
	rm -rf .site-bundle
	COPY_OF="$$(PYTHONPATH=hooks $(BIN)/python -m knee.bundle)" $(BIN)/mkdocs build --strict --site-dir .site-bundle
	PYTHONPATH=hooks $(BIN)/python -m knee.bundle .site-bundle
	rm -rf .site-bundle

bench: $(VENV)/.tests-ready ## Measure the checks and the build with 1, 100 and 1,000 pages
	$(BIN)/python bench/bench.py

weigh: $(VENV)/.tests-ready ## Weigh every page as a phone gets it, and say what is over its budget
	PYTHONPATH=tests $(BIN)/python bench/weigh.py

lighthouse: $(VENV)/.tests-ready ## Score 4 pages with Lighthouse, the middle of 3 runs (needs Node.js)
	PYTHONPATH=tests $(BIN)/python bench/lighthouse.py

successor: $(VENV)/.successor-ready ## Build the same docs/ with the theme's successor, Zensical, into dist/successor/
	PYTHONPATH=hooks $(BIN)/python -m knee
	PYTHONPATH=hooks $(BIN)/python -m knee.successor dist/successor

properdocs: $(VENV)/.successor-ready ## Build the same site with ProperDocs, the maintained fork of MkDocs, into dist/properdocs/
	PYTHONPATH=hooks $(BIN)/python -m knee
	$(BIN)/properdocs build --strict --config-file mkdocs.yml --site-dir dist/properdocs

$(VENV)/.site-ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Knee Ease needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement requirements.txt
	touch $@

$(VENV)/.successor-ready: requirements-successor.txt $(VENV)/.site-ready
	$(BIN)/pip install --quiet --requirement requirements-successor.txt
	touch $@

$(VENV)/.tests-ready: requirements-dev.txt tests/browser.py $(VENV)/.site-ready $(VENV)/.successor-ready
	$(BIN)/pip install --quiet --requirement requirements-dev.txt
	$(BIN)/python tests/browser.py
	touch $@
