# Everything a newcomer needs. Each target does its own set-up and skips what was done before.
.DEFAULT_GOAL := help
.PHONY: help setup chat test test-kills test-load check evaluate bench-ingest bench-retrieval bench-lexical

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

help: ## Laat zien wat je kunt doen
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.ready ## Zet .venv klaar met alles wat de app nodig heeft

chat: setup ## Lees corpus/ in en open de app op http://127.0.0.1:7860
	@echo "Documenten inlezen …"
	@$(BIN)/wegwijs ingest
	@$(BIN)/wegwijs serve

test: $(VENV)/.test-ready ## Voer alle tests uit
	@command -v chromium chromium-browser google-chrome >/dev/null || \
		echo "Chromium is niet gevonden: de tests in de browser worden overgeslagen."
	$(BIN)/python -m pytest

test-kills: $(VENV)/.test-ready ## Breek het inlezen 50 keer af en kijk of de index blijft antwoorden
	WEGWIJS_KILLS=50 $(BIN)/python -m pytest -q tests/test_ingest_killed.py

test-load: $(VENV)/.test-ready ## Laat 50 mensen tegelijk vragen stellen en meet hoe lang ze wachten
	$(BIN)/python -m tests.load

check: $(VENV)/.test-ready ## Controleer stijl, types en opbouw
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_architecture.py

evaluate: $(VENV)/.ready ## Meet hoe goed de vragen in tests/questions worden beantwoord, en leg het vast
	$(BIN)/python -m tests.record_quality

bench-ingest: $(VENV)/.bench-ready ## Meet het inlezen naast LlamaIndex met Chroma (tot een uur)
	$(BIN)/python -m tests.bench_ingest --sizes 2000 20000 100000

bench-retrieval: $(VENV)/.bench-ready ## Meet het zoeken naast andere systemen, op dezelfde vragen
	$(BIN)/python -m tests.bench_retrieval

bench-lexical: $(VENV)/.bench-ready ## Meet wat een woordindex kost, met bm25s en met tantivy
	$(BIN)/python -m tests.bench_lexical --passages 355412

$(BIN)/python:
	@echo "Een omgeving maken in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Pakketten installeren (de eerste keer duurt dit een paar minuten) …"
	@$(PIP) -e .
	@touch $@

$(VENV)/.test-ready: $(VENV)/.ready
	@echo "Pakketten voor de tests installeren …"
	@$(PIP) -e '.[test]'
	@touch $@

$(VENV)/.bench-ready: $(VENV)/.ready
	@echo "Pakketten voor de metingen installeren …"
	@$(PIP) -e '.[bench]'
	@# Without what it asks for: it forbids the PyStemmer that Wegwijs needs, and works with it.
	@$(PIP) --no-deps llama-index-retrievers-bm25
	@touch $@
