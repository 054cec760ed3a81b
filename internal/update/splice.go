package update

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/tidy"
)

const catalogueFile = "catalogue.yaml"

// change is the new content of a file, named from the folder on.
type change struct {
	name string
	data []byte
}

// files are the files that the import changes, in an order in which the folder can be read after each.
func (im *importer) files() ([]change, error) {
	var out []change
	if len(im.newAreas)+len(im.newcomers) > 0 {
		data, err := im.catalogue()
		if err != nil {
			return nil, err
		}
		out = append(out, change{catalogueFile, data})
	}
	for _, d := range im.sources {
		if len(d.rows)+len(d.projects) == 0 {
			continue
		}
		if d.isNew {
			out = append(out, change{d.yamlPath(), d.yaml()})
		}
		for _, t := range []struct {
			name  string
			table tidy.Table
		}{{d.tablePath(), tidy.Table{Rows: d.rows}}, {d.projectsPath(), tidy.Table{Projects: d.projects}}} {
			if len(t.table.Rows)+len(t.table.Projects) == 0 {
				continue
			}
			var b bytes.Buffer
			if err := tidy.WriteCSV(&b, t.table); err != nil {
				return nil, err
			}
			out = append(out, change{t.name, b.Bytes()})
		}
	}
	return out, nil
}

func (d *document) yaml() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "source:\n  id: %s\n  title: %s\n", quoted(d.id), quoted(d.title))
	if d.date != "" {
		fmt.Fprintf(&b, "  date: %s\n", d.date)
	}
	if d.url != "" {
		fmt.Fprintf(&b, "  url: %s\n", quoted(d.url))
	}
	return []byte(b.String())
}

// catalogue is the catalogue's text with the new entries behind those that it has; the rest stays as people wrote it.
func (im *importer) catalogue() ([]byte, error) {
	was, err := os.ReadFile(filepath.Join(im.dir, catalogueFile))
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	var areas, indicators []string
	for _, a := range im.newAreas {
		areas = append(areas, areaEntry(a))
	}
	for _, n := range im.newcomers {
		indicators = append(indicators, indicatorEntry(n))
	}
	text := string(was)
	for _, list := range []struct {
		key     string
		entries []string
	}{{"areas", areas}, {"indicators", indicators}} {
		if text, err = splice(text, list.key, list.entries); err != nil {
			return nil, err
		}
	}
	return []byte(text), nil
}

func areaEntry(a *facts.Area) string {
	var b strings.Builder
	fmt.Fprintf(&b, "- id: %s\n  name: %s\n", quoted(a.ID), names(a.Name))
	if len(a.Aliases) > 0 {
		fmt.Fprintf(&b, "  aliases: %s\n", list(a.Aliases))
	}
	if a.PartOf != "" {
		fmt.Fprintf(&b, "  part_of: %s\n", quoted(a.PartOf))
	}
	return b.String()
}

func indicatorEntry(n *newcomer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "- id: %s\n  name: %s\n", quoted(n.ID), names(n.Name))
	if len(n.Aliases) > 0 {
		fmt.Fprintf(&b, "  aliases: %s\n", list(n.Aliases))
	}
	fmt.Fprintf(&b, "  unit: %s\n", quoted(n.text[unitKey{n.Unit, n.Mult}]))
	if n.kind != "" {
		fmt.Fprintf(&b, "  kind: %s\n", n.kind)
	}
	if n.PartOf != "" {
		fmt.Fprintf(&b, "  part_of: %s\n", quoted(n.PartOf))
	}
	return b.String()
}

func names(t facts.Text) string {
	var parts []string
	for _, lang := range []string{"vi", "en"} {
		if t[lang] != "" {
			parts = append(parts, lang+": "+quoted(t[lang]))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func list(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = quoted(w)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

var plainYAML = regexp.MustCompile(`^\p{L}[\p{L}\p{N} _/-]*[\p{L}\p{N}]$`)

// reserved words would not be read as text.
var reserved = []string{"true", "false", "null", "yes", "no", "on", "off"}

// quoted writes a text as YAML: bare where that is plain to see, else in the quotes of JSON, which are YAML's too.
func quoted(s string) string {
	if plainYAML.MatchString(s) && !slices.Contains(reserved, strings.ToLower(s)) {
		return s
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// splice puts entries behind the last one of a list that stands at the top of a YAML text, in the list's indentation. A list that is
// not there is begun at the end of the text.
func splice(text, key string, entries []string) (string, error) {
	if len(entries) == 0 {
		return text, nil
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	lines := strings.SplitAfter(text, "\n")
	lines = lines[:len(lines)-1]
	head := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, key+":") })
	if head < 0 {
		return text + key + ":\n" + indented(entries, "  "), nil
	}
	value, _, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(lines[head], key+":")), "#")
	switch value = strings.TrimSpace(value); value {
	case "":
	case "[]", "null", "~":
		lines[head] = key + ":\n"
	default:
		return "", fmt.Errorf("%s:%d: %s: the list is written within brackets; write it with an entry a line beneath, each after -", catalogueFile, head+1, key)
	}
	last, indent := head, "  "
	found := false
	for i := head + 1; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], "\r\n")
		bare := strings.TrimLeft(line, " ")
		if bare == "" || strings.HasPrefix(bare, "#") {
			continue
		}
		item := strings.HasPrefix(bare, "- ") || bare == "-"
		if len(bare) == len(line) && !item {
			break
		}
		if item && !found {
			indent, found = line[:len(line)-len(bare)], true
		}
		last = i
	}
	return strings.Join(lines[:last+1], "") + indented(entries, indent) + strings.Join(lines[last+1:], ""), nil
}

func indented(entries []string, indent string) string {
	var b strings.Builder
	for _, e := range entries {
		for _, line := range strings.SplitAfter(e, "\n") {
			if line != "" {
				b.WriteString(indent + line)
			}
		}
	}
	return b.String()
}
