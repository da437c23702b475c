# Every target makes .venv and installs what it needs by itself. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# The theme prints a long notice about its own end of life in every build; README says what it means for this project.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help serve build check new schema test bench mutants sheets
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

bench: $(VENV)/.tests-ready ## Measure the checks and the build with 1, 100 and 1,000 pages
	$(BIN)/python bench/bench.py

mutants: $(VENV)/.tests-ready ## Change the core in thousands of small ways and count how many the tests notice (takes about an hour)
	$(BIN)/pip install --quiet --requirement requirements-mutants.txt
	nice $(BIN)/python bench/mutants.py $(PARTS)

$(VENV)/.site-ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Knee Ease needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement requirements.txt
	touch $@

$(VENV)/.tests-ready: requirements-dev.txt tests/browser.py $(VENV)/.site-ready
	$(BIN)/pip install --quiet --requirement requirements-dev.txt
	$(BIN)/python tests/browser.py
	touch $@
