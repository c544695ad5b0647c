# The README's commands, and the ones its owners use.

.PHONY: run build test race vet fmt bench operations pictures

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

# A directory of a million people is made once in the run, which takes a minute
# and 3 GB below TMPDIR. FRONTDESK_BENCH_DIR names a folder that keeps the
# directories from run to run; FRONTDESK_BENCH_USERS=1000,100000 other sizes.
bench:
	go test -run '^$$' -bench . -benchmem -timeout 60m ./...

operations:
	go test ./views/command -run OperationsTable -update

# The README's pictures and walk (docs/*.svg, docs/walk.cast), and every screen in every
# theme and size (docs/pictures/index.html, not committed), drawn from the built program
# in about twenty minutes. It fails if something is wrong with a picture. The README's only:
# go run ./views/e2e/pictures -matrix ""
pictures:
	go run ./views/e2e/pictures
