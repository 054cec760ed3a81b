# make check is what .ci/run asks of a change, without fuzzing.
.PHONY: build test check golden tour charts fuzz lint eval run bench

build:
	CGO_ENABLED=0 go build -trimpath -o bot ./cmd/bot

test:
	go test ./...

lint:
	go vet ./...
	go tool -modfile=tools/go.mod golangci-lint run ./...

check: lint
	go test -race ./...

golden: # write the golden files anew; read the difference before committing it
	go test $$(grep -rl 'flag.Bool("update"' --include=*_test.go . | xargs -n1 dirname | sort -u) -update

tour: # plays docs/tour.md anew and writes it down
	go test ./cmd/bot -run '^TestTour$$' -update

charts: # draws docs/charts anew
	go test ./cmd/bot -run '^TestPictures$$' -update

fuzz:
	.ci/run fuzz

eval:
	go run ./cmd/bot eval internal/qa/testdata/sets/dev.jsonl

run:
	go run ./cmd/bot

bench: # measures speed, memory and growth and writes the figures into docs/performance.md; under ten minutes on two cores
	go run ./bench

# Drills against the built bot, on loopback: each prints what it counted and fails where a question was lost. SHORT=1 is about a minute, SEED=n chooses
# what is left to chance.
.PHONY: crash faults replicas soak hostile updates
crash faults replicas soak hostile updates:
	go run ./drill $(if $(SHORT),-short) $(if $(SEED),-seed $(SEED)) $@
