package tidy

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func many(rows int) string {
	var b strings.Builder
	b.WriteString("area,indicator,period,measure,value,unit,source,note,source_date\n")
	for i := range rows {
		fmt.Fprintf(&b, "Tỉnh %d,Sản lượng %d,%d-%02d,actual,%d.%d,nghìn tấn,Báo cáo tháng,,2021-07-29\n", i%63, i%50, 1990+i/3150%31, i%12+1, i, i%10)
	}
	return b.String()
}

func BenchmarkReadCSV100000(b *testing.B) {
	text, u := many(100_000), units(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if t, problems := Read("t.csv", strings.NewReader(text), Options{Units: u}); len(problems) > 0 || len(t.Rows) != 100_000 {
			b.Fatal(problems)
		}
	}
}

func BenchmarkReadXLSX20000(b *testing.B) {
	u := units(b)
	t, _ := Read("t.csv", strings.NewReader(many(20_000)), Options{Units: u})
	var book bytes.Buffer
	if err := WriteXLSX(&book, t); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(book.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if t, problems := Read("t.xlsx", bytes.NewReader(book.Bytes()), Options{Units: u}); len(problems) > 0 || len(t.Rows) != 20_000 {
			b.Fatal(problems)
		}
	}
}
