# callrank. `make help` lists what there is.

SHELL := /bin/bash
.DEFAULT_GOAL := help

BIN   := bin
TOOLS := .tools

# Programs are static: they run in an empty container.
export CGO_ENABLED ?= 0

.PHONY: help run build test lint generate bench compare fuzz train eval screenshots clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: build ## build, start everything in one process with the samples, print the page's address
	$(BIN)/callrank up --samples --samples-pace 1s

build: ## build every program into bin/
	@mkdir -p $(BIN)
	go build -trimpath -o $(BIN)/ ./services/...

test: ## run all tests, with what they need installed or started by the script
	scripts/test

lint: ## run the linters, and check that generated code is up to date
	scripts/lint

generate: ## make the Go code of the protobuf schemas again
	scripts/generate

bench: ## measure: the no-op chain beside the real pipeline, the analysis of a call, and the packages
	scripts/bench

compare: ## measure the analysis of calls beside two npm packages that read English, where node is installed
	scripts/compare

fuzz: ## fuzz every parser for FUZZTIME (30s unless set) each
	scripts/fuzz

train: ## learn the weights of pkg/insight again from the annotated calls in CALLRANK_SHARED (../shared unless set)
	go run ./scripts/train -write

eval: ## measure how well the annotated calls are read: as built, companies never seen, without company packs
	go run ./scripts/train

screenshots: ## take the pictures of the pages that the README and docs show
	scripts/screenshots

clean: ## remove what was built
	rm -rf $(BIN) $(TOOLS)
