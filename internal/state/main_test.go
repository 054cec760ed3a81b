package state

import (
	"os"
	"testing"

	"factbot/internal/state/pgtest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	pgtest.Stop()
	os.Exit(code)
}
