# The README's commands, and the ones its owners use.

.PHONY: run build test race vet fmt bench operations

run:
	go run .

build:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o frontdesk .

test:
	go test ./...

race:
	go test -race ./...

vet:
	go vet ./...

fmt:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run: gofmt -w ."; exit 1; }

bench:
	go test -run '^$$' -bench . -benchmem ./...

operations:
	go test ./views/command -run TheOperationsTable -update
