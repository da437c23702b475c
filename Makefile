# Every target makes .venv and installs what it needs by itself. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# The theme prints a long notice about its own end of life in every build; README says what it means for this project.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Two builds of the same commit are the same to the byte: the only date that a build writes is that of the commit.
COMMITTED := $(shell git log -1 --format=%ct 2>/dev/null)
ifneq ($(COMMITTED),)
export SOURCE_DATE_EPOCH ?= $(COMMITTED)
endif

.PHONY: help serve build check new schema test bench fuzz bench-list mutants weigh lighthouse sheets social successor properdocs lock sbom audit bundle
help: ## List what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/:/' | sort

serve: $(VENV)/.site-ready ## Show the site on http://127.0.0.1:8000 and keep it up to date while you write
	$(BIN)/mkdocs serve $(if $(AT),--dev-addr $(AT))

# The new site is built beside the old one, and takes its place only when every check held.
build: $(VENV)/.site-ready ## Build the site into site/; any problem stops it and leaves the old site/ as it was
	rm -rf .site-next .site-old
	$(BIN)/mkdocs build --strict --site-dir .site-next
	if [ -e site ]; then mv site .site-old; fi
	mv .site-next site
	rm -rf .site-old

check: $(VENV)/.site-ready ## Check every technique and routine, and say how to mend it
	@PYTHONPATH=hooks $(BIN)/python -m knee

ifneq ($(filter new,$(MAKECMDGOALS)),)
ifneq ($(words $(MAKECMDGOALS)),1)
$(error `new` stands alone, with the name in quotes: make new name="Thigh stroke")
endif
endif
new: export NAME := $(value name)
new: $(VENV)/.site-ready ## Start a technique: make new name="Thigh stroke" writes a page and a picture, and says what is left
	@PYTHONPATH=hooks $(BIN)/python -m knee.commands.new_technique "$$NAME"

schema: $(VENV)/.site-ready ## Write anew what editors use to help with the front matter (schema/ and .vscode/)
	PYTHONPATH=hooks $(BIN)/python -m knee.commands.schema

test: $(VENV)/.tests-ready ## Run all the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses 3 --dist worksteal

sheets: $(VENV)/.site-ready ## Write every sheet as a PDF into dist/sheets/: A4 and Letter, normal and large print (needs Chromium)
	$(BIN)/pip install --quiet --requirement requirements/dev.txt
	$(BIN)/python -m tools.print_sheets

bundle: $(VENV)/.site-ready ## Write the site as a zip into dist/: it opens from a folder or a USB stick, without a server or a network
	rm -rf .site-bundle
	COPY_OF="$$(PYTHONPATH=hooks $(BIN)/python -m knee.commands.bundle)" $(BIN)/mkdocs build --strict --site-dir .site-bundle
	PYTHONPATH=hooks $(BIN)/python -m knee.commands.bundle .site-bundle
	rm -rf .site-bundle

social: $(VENV)/.site-ready ## Draw the picture that other sites show beside a link, from tools/social_picture.svg (needs Chromium)
	$(BIN)/pip install --quiet --requirement requirements/dev.txt
	$(BIN)/python -m tools.social_picture

bench: $(VENV)/.tests-ready ## Measure the checks and the build with 1, 100 and 1,000 pages
	$(BIN)/python -m tools.measure.build_time

fuzz: $(VENV)/.tests-ready ## Look for 5 minutes for pages that pass and are not the same on the code host and the site (SEED=2, SECONDS=60)
	PYTHONPATH=hooks:tests $(BIN)/python -m tools.measure.fuzz --seed $(or $(SEED),1) --seconds $(or $(SECONDS),300)

mutants: $(VENV)/.tests-ready ## Change the core in thousands of small ways and count how many the tests notice (takes about an hour)
	$(BIN)/pip install --quiet --requirement requirements/mutants.txt
	nice $(BIN)/python -m tools.measure.mutants $(PARTS)

bench-list: $(VENV)/.tests-ready ## Measure the list, its filter and the search with 1,000 techniques, in a browser
	$(BIN)/python -m tools.measure.long_list

weigh: $(VENV)/.tests-ready ## Weigh every page as a phone gets it, and say what is over its budget
	$(BIN)/python -m tools.measure.page_weight

lighthouse: $(VENV)/.tests-ready ## Score 4 pages with Lighthouse, the middle of 3 runs (needs Node.js)
	$(BIN)/python -m tools.measure.lighthouse

successor: $(VENV)/.successor-ready ## Build the same docs/ with the theme's successor, Zensical, into dist/successor/
	PYTHONPATH=hooks $(BIN)/python -m knee
	PYTHONPATH=hooks $(BIN)/python -m knee.zensical.successor dist/successor

properdocs: $(VENV)/.successor-ready ## Build the same site with ProperDocs, the maintained fork of MkDocs, into dist/properdocs/
	PYTHONPATH=hooks $(BIN)/python -m knee
	$(BIN)/properdocs build --strict --config-file mkdocs.yml --site-dir dist/properdocs

# What the site is built with. `lock` and `audit` need a network; their tools stand apart from all else. The versions in requirements.lock stay
# as they are where they still fit: to take the newest of what nobody pinned by hand, delete the file first.
lock: $(VENV)/supply/.ready ## Write requirements.lock anew from requirements.txt: every package, with the prints of its files
	$(VENV)/supply/bin/uv pip compile --quiet --universal --python-version 3.11.5 --generate-hashes --no-emit-index-url \
		--no-config --custom-compile-command "make lock" --output-file requirements.lock requirements.txt

sbom: $(VENV)/.site-ready ## Write dist/sbom.json: what the site is built with, as a bill of materials (CycloneDX)
	$(BIN)/pip install --quiet --requirement requirements/dev.txt
	mkdir -p dist
	$(BIN)/python -m cyclonedx_py requirements requirements.lock --output-reproducible --output-file dist/sbom.json

audit: $(VENV)/supply/.ready ## Ask whether anything that the site is built with has a known weakness
	$(VENV)/supply/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict --format markdown --progress-spinner off

$(VENV)/supply/.ready: requirements/supply.txt
	$(PYTHON) -m venv $(VENV)/supply
	$(VENV)/supply/bin/pip install --quiet --requirement requirements/supply.txt
	touch $@

$(VENV)/.site-ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5) and "Knee Ease needs Python 3.11.5 or newer; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	touch $@

$(VENV)/.successor-ready: requirements/successor.txt $(VENV)/.site-ready
	$(BIN)/pip install --quiet --requirement requirements/successor.txt
	touch $@

$(VENV)/.tests-ready: requirements/dev.txt tools/browser.py $(VENV)/.site-ready $(VENV)/.successor-ready
	$(BIN)/pip install --quiet --requirement requirements/dev.txt
	$(BIN)/python -m tools.browser
	touch $@
