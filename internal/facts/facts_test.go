package facts

import (
	"testing"
	"testing/fstest"

	"factbot/internal/quantity"
	"factbot/internal/strictyaml"
	"factbot/locales"
)

// testUnits are the units as they ship.
func testUnits(t testing.TB) *quantity.Units {
	t.Helper()
	data, err := locales.FS.ReadFile("units.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var w quantity.UnitWords
	if ps := strictyaml.Load("units.yaml", data, &w); len(ps) > 0 {
		t.Fatal(ps)
	}
	u, err := quantity.NewUnits(w)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// folder makes a facts folder of names and contents.
func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, content := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return fsys
}

// mustLoad loads a folder that must be right.
func mustLoad(t testing.TB, files map[string]string) *Snapshot {
	t.Helper()
	s, problems := Load(folder(files), Options{Units: testUnits(t)})
	if len(problems) > 0 {
		t.Fatal(problems.Error())
	}
	return s
}
