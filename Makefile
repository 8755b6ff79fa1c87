# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help run build test check fmt bench clean

GOFUMPT     := go run mvdan.cc/gofumpt@v0.12.0
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
ARGS        ?=

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## install PostgreSQL if it is missing, build, and serve on http://127.0.0.1:8080 (ARGS="--addr …")
	@[ -n "$$DATABASE_URL" ] || .ci/install postgresql
	@exec bin/otvet serve $(ARGS)

build: ## build bin/otvet
	@echo "Building otvet; the first time takes a few minutes …"
	@go build -trimpath -o bin/otvet ./cmd/otvet

test: ## install what the tests need and run all of them
	@.ci/install postgresql chromium
	go test -timeout 15m ./...

check: ## formatting, vet, staticcheck and the direction of imports
	@bad=$$($(GOFUMPT) -l .); [ -z "$$bad" ] || { echo "gofumpt would change:"; echo "$$bad"; exit 1; }
	go vet ./...
	$(STATICCHECK) ./...
	go test -run TestDirection ./cmd/otvet

fmt: ## format the code
	$(GOFUMPT) -w .

bench: ## time answers, search, learning and loading
	go test -run '^$$' -bench . -benchmem ./kb ./search ./search/classify ./cmd/otvet/...

clean: ## remove what was built (not the data in .otvet)
	rm -rf bin
