package facts

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkLoadTable loads a folder with a table of 100,000 rows.
func BenchmarkLoadTable(b *testing.B) {
	var t strings.Builder
	t.WriteString("area,indicator,period,measure,value,unit,source,note\n")
	for year := 1900; year < 2100; year++ {
		for month := 1; month <= 12; month++ {
			for n := range 42 {
				fmt.Fprintf(&t, "%s,Xuất khẩu,%d-%02d,%s,%d.5,triệu USD,Nguồn %d,\n", []string{"a", "b"}[n%2], year, month,
					[]string{"actual", "plan", "estimate"}[n%3], n+1, n)
			}
		}
	}
	fsys := folder(map[string]string{"catalogue.yaml": goodCatalogue, "documents/t.csv": t.String()})
	units := testUnits(b)
	b.ReportAllocs()
	for b.Loop() {
		if s, ps := Load(fsys, Options{Units: units}); len(ps) > 0 || s.ObservationCount() != 100_800 {
			b.Fatal(ps)
		}
	}
}
