package tidy

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"factbot/internal/period"
	"factbot/internal/quantity"
)

var (
	anyText = rapid.Custom(func(t *rapid.T) string {
		return tidyText(rapid.StringOfN(rapid.RuneFrom([]rune("aZ ệđ=+-@'\",;\t\n|é9.")), 0, 12, -1).Draw(t, "text"))
	})
	anyName   = rapid.Custom(func(t *rapid.T) string { return "n" + anyText.Draw(t, "name") + "m" })
	anyDigits = rapid.StringMatching(`-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?`).Filter(func(s string) bool { return s != "-0" && !strings.HasPrefix(s, "-0.0") })
	anyPeriod = rapid.SampledFrom([]period.Period{period.OfYear(2020), period.OfMonth(2021, 7), period.Cumul(2021, 7), period.OfQuarter(2019, 4), period.OfHalf(2020, 2)})
	anyUnit   = rapid.SampledFrom([]string{"tỷ đồng", "nghìn tấn", "lượt khách", "triệu kWh", "%", "điểm", "USD/tấn"})
)

func anyQuantity(t *rapid.T, u *quantity.Units, unit string) quantity.Quantity {
	n, decimals, err := quantity.ParseNumber(anyDigits.Draw(t, "digits"))
	if err != nil {
		t.Fatal(err)
	}
	base, mult, _ := u.Parse(unit)
	return quantity.Quantity{Number: n, Unit: base, Mult: mult, Decimals: decimals}
}

func anyRow(t *rapid.T, u *quantity.Units) Row {
	r := Row{Area: anyName.Draw(t, "area"), Indicator: anyName.Draw(t, "indicator"), IndicatorEN: anyText.Draw(t, "en"), PartOf: anyText.Draw(t, "part"),
		Kind: rapid.SampledFrom([]string{"", "flow", "stock", "index", "rate"}).Draw(t, "kind"), Period: anyPeriod.Draw(t, "period"),
		Measure: rapid.SampledFrom([]Measure{Actual, Plan, Estimate, Preliminary}).Draw(t, "measure"), AssignedBy: anyText.Draw(t, "by"), Source: anyText.Draw(t, "source"),
		SourceDate: rapid.SampledFrom([]string{"", "2020", "2020-12", "2020-12-28"}).Draw(t, "date"), Locator: anyText.Draw(t, "locator"), Note: anyText.Draw(t, "note")}
	r.Unit = anyUnit.Draw(t, "unit")
	if rapid.Bool().Draw(t, "claimed") {
		r.Claim, r.Unit = Growth, "%"
	}
	r.Value = anyQuantity(t, u, r.Unit)
	return r
}

func anyProject(t *rapid.T, u *quantity.Units) Project {
	p := Project{Name: anyName.Draw(t, "name"), Area: anyName.Draw(t, "area"), Investor: anyText.Draw(t, "investor"), Sector: anyText.Draw(t, "sector"),
		Status: anyText.Draw(t, "status"), Source: anyText.Draw(t, "source"), ExpectedYear: rapid.SampledFrom([]int{0, 2021}).Draw(t, "year"), Place: anyText.Draw(t, "place")}
	if rapid.Bool().Draw(t, "capacity") {
		p.CapacityUnit = rapid.SampledFrom([]string{"nghìn tấn/year", "MW", "tấn/day"}).Draw(t, "unit")
		q := anyQuantity(t, u, p.CapacityUnit)
		p.Capacity = &q
	}
	if rapid.Bool().Draw(t, "investment") {
		p.InvestmentUnit = "tỷ đồng"
		q := anyQuantity(t, u, p.InvestmentUnit)
		p.Investment = &q
	}
	return p
}

// bare takes the places away, which a file gives.
func bare(t Table) Table {
	for i := range t.Rows {
		t.Rows[i].Line, t.Rows[i].Sheet = 0, ""
		t.Rows[i].Value.Number = plainNumber(t.Rows[i].Value.Number)
	}
	for i := range t.Projects {
		p := &t.Projects[i]
		p.Line, p.Sheet = 0, ""
		for _, q := range []*quantity.Quantity{p.Capacity, p.Investment} {
			if q != nil {
				q.Number = plainNumber(q.Number)
			}
		}
	}
	t.Name, t.Notes = "", nil
	return t
}

func plainNumber(n quantity.Number) quantity.Number { return quantity.MustNumber(n.String()) }

func TestRoundTrip(t *testing.T) {
	u := units(t)
	rapid.Check(t, func(t *rapid.T) {
		var in Table
		book := rapid.Bool().Draw(t, "xlsx")
		projects := rapid.Bool().Draw(t, "projects")
		if !projects || book {
			for range rapid.IntRange(1, 4).Draw(t, "rows") {
				in.Rows = append(in.Rows, anyRow(t, u))
			}
		}
		if projects {
			for range rapid.IntRange(1, 3).Draw(t, "rows") {
				in.Projects = append(in.Projects, anyProject(t, u))
			}
		}
		var b bytes.Buffer
		write := WriteCSV
		if book {
			write = WriteXLSX
		}
		if err := write(&b, in); err != nil {
			t.Fatal(err)
		}
		out, problems := Read("t", bytes.NewReader(b.Bytes()), Options{Units: u})
		if len(problems) > 0 {
			t.Fatalf("%v\n%s", problems, b.String())
		}
		if got, want := bare(out), bare(in); !reflect.DeepEqual(got, want) {
			t.Fatalf("\n got %+v\nwant %+v\n%s", got, want, b.String())
		}
	})
}

// Rows come in the order of the table, also where the number of one reads both ways and those of its neighbours do not.
func TestRowsInOrder(t *testing.T) {
	u := units(t)
	for _, digits := range [][]string{{"0", "1.000", "0", "0.0"}, {"1.000", "2", "3.5"}, {"7", "1.000", "8"}} {
		for name, write := range map[string]func(io.Writer, Table) error{"csv": WriteCSV, "xlsx": WriteXLSX} {
			var in Table
			for i, d := range digits {
				n, decimals, err := quantity.ParseNumber(d)
				if err != nil {
					t.Fatal(err)
				}
				in.Rows = append(in.Rows, Row{Area: "a", Indicator: string(rune('p' + i)), Period: period.OfYear(2020), Measure: Actual, Unit: "tấn", Source: "s",
					Value: quantity.Quantity{Number: n, Unit: "t", Decimals: decimals}})
			}
			var b bytes.Buffer
			if err := write(&b, in); err != nil {
				t.Fatal(err)
			}
			out, problems := Read("t", &b, Options{Units: u})
			if len(problems) > 0 || len(out.Rows) != len(in.Rows) {
				t.Fatalf("%s %v: %v, %d rows", name, digits, problems, len(out.Rows))
			}
			for i, r := range out.Rows {
				if r.Indicator != in.Rows[i].Indicator || r.Value.Cmp(in.Rows[i].Value.Number) != 0 {
					t.Errorf("%s %v: row %d is %s %s", name, digits, i, r.Indicator, r.Value)
				}
			}
		}
	}
}

func TestTwoTables(t *testing.T) {
	if err := WriteCSV(&bytes.Buffer{}, Table{Rows: make([]Row, 1), Projects: make([]Project, 1)}); !errors.Is(err, ErrTwoTables) {
		t.Errorf("got %v", err)
	}
}

func TestUnitText(t *testing.T) {
	u := units(t)
	for _, text := range []string{"tỷ đồng", "nghìn tỷ đồng", "triệu USD", "%", "điểm %", "trăm tỷ đồng", "trăm nghìn tấn", "nghìn lượt khách", "count", "nghìn count", "triệu tấn/năm", "triệu kWh", "bó lúa", "USD/tấn", "lần"} {
		unit, mult, _ := u.Parse(text)
		got, ok := UnitText(u, "vi", unit, mult)
		back, power, _ := u.Parse(got)
		if !ok || back != unit || power != mult {
			t.Errorf("%q is %s e%d, written %q, %v", text, unit, mult, got, ok)
		}
	}
}

// FuzzRead reads anything; what is read without problems is written and read again.
func FuzzRead(f *testing.F) {
	for _, row := range []string{"A,B,2020,plan,1.5,t,S,", `A,B,9T/2020,actual.growth,"6,36%",%,S,n`, "A,B,I/2020,KH,1 234,tỷ đồng,'=S,\n,,,,,,,"} {
		f.Add([]byte(head + row + "\n"))
	}
	f.Add([]byte("name;area;source;capacity_value;capacity_unit\nA;B;C;1,5;t/day\n"))
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte("PK\x03\x04"))
	u := units(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		table, problems := Read("t", bytes.NewReader(data), Options{Units: u})
		for _, p := range problems {
			if p.Reason == "" || p.String() == "" {
				t.Errorf("a problem without a reason: %+v", p)
			}
		}
		if len(problems) > 0 || len(table.Rows) > 0 && len(table.Projects) > 0 {
			return
		}
		var b bytes.Buffer
		if err := WriteCSV(&b, table); err != nil {
			t.Fatal(err)
		}
		back, problems := Read("t", bytes.NewReader(b.Bytes()), Options{Units: u})
		if len(problems) > 0 {
			t.Fatalf("%v\n%s", problems, b.String())
		}
		if got, want := bare(back), bare(table); !reflect.DeepEqual(got, want) {
			t.Errorf("\n got %+v\nwant %+v", got, want)
		}
	})
}
