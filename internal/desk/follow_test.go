package desk

import (
	"bufio"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	shipped "factbot/facts"
)

// A desk that other facts were put in, one state of a folder after the other, answers as one that was opened on them.
func TestUseFollows(t *testing.T) {
	files := fstest.MapFS{}
	err := fs.WalkDir(shipped.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		data, err := fs.ReadFile(shipped.FS, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	questions := []string{"công suất nhà máy bia Sông Lam bao nhiêu", "dự án của Công ty Hoàng Hà", "HĐND giao kế hoạch xuất khẩu 2021 bao nhiêu", "Cục Thống kê nói gì về xuất khẩu 2021", "vì sao du lịch giảm",
		"nha may bia song lamm", "xuất khẩu 2021 đạt bao nhiêu", "số lao động 2021", "sản lượng bia 2021"}
	for _, set := range []string{"dev.jsonl", "projects.jsonl"} {
		f, err := os.Open(path.Join("../qa/testdata/sets", set))
		if os.IsNotExist(err) && set != "dev.jsonl" {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var q struct{ Text string }
			if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
				t.Fatal(err)
			}
			questions = append(questions, q.Text)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	const table = "documents/more.csv"
	header := "area,indicator,period,measure,value,unit,assigned_by,source,source_date\n"
	d := open(t, Options{Facts: files})
	for _, step := range []struct{ what, file, content string }{
		{"a table", table, header + "Nghệ An,export_total,2021,plan,1300,triệu USD,HĐND tỉnh,Nghị quyết,2020-12-20\n"},
		{"a project", "documents/p.csv", "name,area,investor,product,source\nNhà máy bia Sông Lam,Nghệ An,Công ty Hoàng Hà,bia,Nghị quyết\n"},
		{"a document", "documents/d.yaml", "source: {title: Báo cáo năm, publisher: Cục Thống kê, date: 2022-01-02}\narea: nghe-an\nfigures:\n  - {indicator: export_total, period: 2021, actual: 1400}\n" +
			"statements:\n  - {id: dl, kind: cause, text: {vi: Du lịch giảm vì dịch}, keywords: [du lịch]}\n"},
		{"another figure", table, header + "Nghệ An,export_total,2021,plan,1350,triệu USD,UBND tỉnh,Nghị quyết,2020-12-20\n"},
		{"an indicator", "catalogue.yaml", string(files["catalogue.yaml"].Data) + "  - {id: beer, name: {vi: Sản lượng bia}, unit: triệu lít}\n"},
		{"no project", "documents/p.csv", ""},
		{"no table", table, ""},
	} {
		files[step.file] = &fstest.MapFile{Data: []byte(step.content)}
		if step.content == "" {
			delete(files, step.file)
		}
		s, problems := d.Load(files)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", step.what, problems)
		}
		d.Use(s)
		alone := open(t, Options{Facts: files})
		answered := 0
		for _, text := range questions {
			q := Question{Text: text, Now: today}
			got, want := d.Ask(q).JSON(), alone.Ask(q).JSON()
			if got != want {
				t.Errorf("after %s: %q\n got %s\nwant %s", step.what, text, got, want)
			}
			if strings.Contains(got, `"status":"answered"`) {
				answered++
			}
		}
		if answered < len(questions)/2 {
			t.Errorf("after %s: %d of %d questions are answered: the test tests little", step.what, answered, len(questions))
		}
	}
}
