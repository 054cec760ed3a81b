package main

import (
	"flag"
	"io"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"factbot/internal/telegram"
)

var updateGolden = flag.Bool("update", false, "write the expected output in the scripts anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bot": main})
}

// The scripts of testdata/script: what a user types, and what comes of it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", UpdateScripts: *updateGolden})
}

// Telegram has every text that it needs, in each language.
func TestTelegramTexts(t *testing.T) {
	d, err := source{}.open(&world{out: io.Discard, err: io.Discard, env: func(string) string { return "" }})
	if err != nil {
		t.Fatal(err)
	}
	if err := telegram.CheckTexts(texts{d}, []string{"vi", "en"}); err != nil {
		t.Error(err)
	}
}
