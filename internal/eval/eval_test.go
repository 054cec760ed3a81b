package eval

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestJudge(t *testing.T) {
	export := `{"status":"answered","text":"Xuất khẩu: 93,33 %","results":[{"value":93.33333,"unit":"percent","mult":0},{"value":80,"unit":"USD","mult":6}]`
	for _, c := range []struct {
		name, expect, given string
		want                Verdict
		why                 string
	}{
		{"right", `{"values":[[93.333,"percent",0]]}`, export + `}`, Right, ""},
		{"another multiplier", `{"values":[[80000,"USD",3]]}`, export + `}`, Right, ""},
		{"either unit", `{"values":[[80,"VND|USD",6]]}`, export + `}`, Right, ""},
		{"within 0.006 points", `{"values":[[93.339,"percent",0]]}`, export + `}`, Right, ""},
		{"beyond 0.006 points", `{"values":[[93.34,"percent",0]]}`, export + `}`, Wrong, "lacks [93.34 percent 0]"},
		{"within 0.05 %", `{"values":[[80.039,"USD",6]]}`, export + `}`, Right, ""},
		{"beyond 0.05 %", `{"values":[[80.05,"USD",6]]}`, export + `}`, Wrong, "lacks"},
		{"unit in capitals", `{"values":[[80,"usd",6]]}`, export + `}`, Right, ""},
		{"another unit", `{"values":[[80,"VND",6]]}`, export + `}`, Wrong, "lacks"},
		{"declined", `{"values":[[80,"USD",6]]}`, `{"status":"no_data","text":"không có"}`, Miss, "status no_data"},
		{"answered what cannot be", `{"status":["no_data"]}`, export + `}`, Wrong, "wanted no_data"},
		{"another way to decline", `{"status":["no_data"]}`, `{"status":"clarify","text":"?"}`, Miss, "clarify"},
		{"an unknown status", `{}`, `{"status":"sure","text":"?"}`, Wrong, "status sure"},
		{"no text", `{}`, `{"status":"answered"}`, Incomplete, "no text"},
		{"mention without marks", `{"mention":["XUAT  KHAU"]}`, export + `}`, Right, ""},
		{"any mention", `{"mention":[["nhập","93,33"]]}`, export + `}`, Right, ""},
		{"no mention", `{"mention":["nhập"]}`, export + `}`, Incomplete, `text lacks ["nhập"]`},
		{"avoid in an answer", `{"avoid":["93,3"]}`, export + `}`, Wrong, "text holds"},
		{"avoid in a decline", `{"status":["no_data"],"avoid":["không"]}`, `{"status":"no_data","text":"Khong co"}`, Incomplete, "text holds"},
		{"warning", `{"warning":"revised"}`, export + `,"warnings":[{"code":"revised"}]}`, Right, ""},
		{"no warning", `{"warning":["revised","open_list"]}`, export + `,"warnings":[{"code":"revised"}]}`, Incomplete, "no warning open_list"},
		{"too far back", `{"values":[[5,"t",0]]}`, `{"status":"answered","text":"x","results":[{},{},{},{"value":5,"unit":"t"}]}`, Wrong, "lacks"},
		{"as company", `{"values":[[5,"t",0]]}`, `{"status":"answered","text":"x","results":[{},{},{"value":5,"unit":"t"}]}`, Right, ""},
		{"a value of true", `{"values":[[1,"t",0]]}`, `{"status":"answered","text":"x","results":[{"value":true,"unit":"t"}]}`, Wrong, "lacks"},
		{"values of a decline are not asked for", `{"status":["no_data"],"values":[[5,"t",0]]}`, `{"status":"no_data","text":"x"}`, Right, ""},
	} {
		var e Expect
		if err := json.Unmarshal([]byte(c.expect), &e); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		g, err := ReadGiven([]byte(c.given))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		verdict, why := Judge(e, g)
		if verdict != c.want || !strings.Contains(why, c.why) || (why == "") != (verdict == Right) {
			t.Errorf("%s: %s (%s), want %s (%s)", c.name, verdict, why, c.want, c.why)
		}
	}
}

func TestReadSet(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"{\"text\":\"a\"}\n\n{\"text\":\"b\"}\n", ""},
		{"\ufeff{\"text\":\"a\"}", ""},
		{"{\"text\":\"a\"}\n{\"text\":", "s.jsonl:2: is not a question of a set"},
		{`{"text":"a","expect":{"values":[[1,"t"]]}}`, `s.jsonl:1: is not a question of a set: value [1,"t"] is not [value, unit, mult]`},
		{`{"text":"a","expect":{"values":[["1","t",0]]}}`, `"1" is not the number`},
		{`{"text":"a","expect":{"mention":[5]}}`, "5 is neither a string nor a list of strings"},
		{`{"text":"a","now":"15.1.2021"}`, `s.jsonl:1: now: "15.1.2021" is not a date like 2021-01-15`},
		{"{\"now\":\"2021-01-15\"}\n{\"now\":\"2021-01-16\"}", "asked on one date"},
	} {
		_, err := ReadSet("s.jsonl", strings.NewReader(c.in))
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%q: %v", c.in, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%q: %v, want %s", c.in, err, c.want)
		}
	}
}

func TestReport(t *testing.T) {
	set := `{"id":"a-1","tags":["value","typo"],"text":"xuất khẩu?","expect":{"values":[[5,"t",0]],"operation":"value"}}
{"id":"a-2","tags":["value"],"text":"bán lẻ?","expect":{"status":["no_data"]}}
{"id":"a-3","text":"than?","expect":{"operation":"growth"}}
{"id":"a-4","tags":["typo"],"text":"điện?","expect":{"mention":["ước"]}}
`
	questions, err := ReadSet("a.jsonl", strings.NewReader(set))
	if err != nil {
		t.Fatal(err)
	}
	answer := func(lines ...string) []Given {
		given, err := ReadAnswers("a.ndjson", strings.NewReader(strings.Join(lines, "\n")))
		if err != nil {
			t.Fatal(err)
		}
		return given
	}
	before, err := Score(questions, answer(`{"status":"answered","text":"6"}`, `{"status":"no_data","text":"không"}`,
		`{"status":"answered","text":"than"}`, `{"status":"no_data","text":"?"}`), nil)
	if err != nil {
		t.Fatal(err)
	}
	now, err := Score(questions, answer(`{"status":"answered","operation":"value","text":"5","results":[{"value":5,"unit":"t"}]}`,
		`{"status":"answered","text":"có"}`, `{"status":"answered","operation":"value","text":"than đá"}`, `{"status":"answered","text":"điện"}`),
		[]time.Duration{90 * time.Microsecond, 0, 3 * time.Millisecond, 0})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	now.Write(&out)
	WriteDiff(&out, before, now)
	golden(t, "report.golden", out.Bytes())

	if !now.Passes(0.5, 0.25) || now.Passes(0.51, 1) || now.Passes(0, 0.24) {
		t.Error("2 of 4 right and 1 wrong: passes 0.5 and 0.25, nothing stricter")
	}
	if _, err := Score(questions, nil, nil); err == nil {
		t.Error("4 questions without answers were scored")
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got:\n%s", path, got)
	}
}
