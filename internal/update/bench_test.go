package update

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"factbot/internal/tidy"
)

func BenchmarkImport100000(b *testing.B) {
	opts := options(b)
	var text strings.Builder
	text.WriteString(head)
	for i := range 100_000 {
		fmt.Fprintf(&text, "Tỉnh %d,Sản lượng %d,%d-%02d,actual,%d.5,nghìn tấn,Báo cáo %d,,,flow,,,2021-07-29\n", i%63, i/63%50, 1990+i/3150/12, i/3150%12+1, i, i%100)
	}
	t := table(b, "t.csv", text.String())
	for b.Loop() {
		dir := filepath.Join(b.TempDir(), "facts")
		if r, err := Import(dir, []tidy.Table{t}, opts); err != nil || r.Added != 100_000 {
			b.Fatal(r, err)
		}
	}
}
