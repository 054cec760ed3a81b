# make check is what .ci/run asks of a change, without fuzzing.
.PHONY: build test check golden fuzz lint eval run

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

fuzz:
	.ci/run fuzz

eval:
	go run ./cmd/bot eval internal/qa/testdata/sets/dev.jsonl

run:
	go run ./cmd/bot
