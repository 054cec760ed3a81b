package update

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// AddAlias is a catalogue's text with one more alias of an entry, an indicator or an area; all else stays byte for byte as people wrote it. Whether the result is in
// order the loader says. The error says what of the text was not found.
func AddAlias(catalogue []byte, id, alias string) ([]byte, error) {
	alias = strings.Join(strings.Fields(alias), " ")
	if alias == "" {
		return nil, errors.New("an empty alias")
	}
	ending := "\n"
	if strings.Contains(string(catalogue), "\r\n") {
		ending = "\r\n"
	}
	lines := strings.SplitAfter(string(catalogue), "\n")
	entry := regexp.MustCompile(`^(\s*)- id:\s*["']?` + regexp.QuoteMeta(id) + `["']?\s*(#.*)?\r?\n?$`)
	at, indent := -1, ""
	for i, l := range lines {
		if m := entry.FindStringSubmatch(l); m != nil {
			at, indent = i, m[1]
			break
		}
	}
	if at < 0 {
		return nil, fmt.Errorf("no entry begins with the id %s", id)
	}
	own := indent + "  " // the entry's own keys stand under its id
	end := at + 1
	for end < len(lines) && (strings.TrimSpace(lines[end]) == "" || strings.HasPrefix(strings.TrimSpace(lines[end]), "#") || strings.HasPrefix(lines[end], own)) {
		end++
	}
	insert := func(i int, line string) []byte {
		if i > 0 && !strings.HasSuffix(lines[i-1], "\n") {
			lines[i-1] += ending
		}
		return []byte(strings.Join(lines[:i], "") + line + ending + strings.Join(lines[i:], ""))
	}
	after := at + 1 // where a list of its own goes: behind the name
	for i := at + 1; i < end; i++ {
		rest, ok := strings.CutPrefix(lines[i], own)
		if !ok || rest == "" || rest[0] == ' ' {
			continue
		}
		switch {
		case strings.HasPrefix(rest, "name:"):
			for after = i + 1; after < end && strings.HasPrefix(lines[after], own+" "); after++ {
			}
		case strings.HasPrefix(rest, "aliases:"):
			return intoList(lines, i, end, own, quoted(alias), insert)
		}
	}
	return insert(after, own+"aliases: ["+quoted(alias)+"]"), nil
}

// intoList puts an item at the end of the list that begins in line i.
func intoList(lines []string, i, end int, own, item string, insert func(int, string) []byte) ([]byte, error) {
	value := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(lines[i], own), "aliases:"))
	if value == "" || strings.HasPrefix(value, "#") { // a line each
		last, dash := i, own+"  "
		for k := i + 1; k < end; k++ {
			text := strings.TrimLeft(lines[k], " ")
			depth := lines[k][:len(lines[k])-len(text)]
			if strings.HasPrefix(text, "- ") && len(depth) >= len(own) {
				last, dash = k, depth
				continue
			}
			if strings.TrimSpace(text) != "" && !strings.HasPrefix(text, "#") && len(depth) <= len(own) {
				break
			}
		}
		return insert(last+1, dash+"- "+item), nil
	}
	if !strings.HasPrefix(value, "[") {
		return nil, errors.New("the aliases are no list")
	}
	for k := i; k < end; k++ { // in brackets, perhaps over several lines
		close := closing(lines[k])
		if close < 0 {
			continue
		}
		before := strings.TrimRight(lines[k][:close], " ")
		sep := ", "
		if strings.HasSuffix(before, "[") || strings.HasSuffix(before, ",") || strings.TrimSpace(before) == "" {
			sep = ""
			if strings.HasSuffix(before, ",") {
				sep = " "
			}
		}
		lines[k] = before + sep + item + lines[k][close:]
		return []byte(strings.Join(lines, "")), nil
	}
	return nil, errors.New("the list of aliases has no end")
}

// closing is where the bracket stands that ends a list, outside quotes and remarks; -1 where the line has none.
func closing(line string) int {
	quote := rune(0)
	for i, r := range line {
		switch {
		case quote != 0:
			if r == quote && (quote == '\'' || line[i-1] != '\\') {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == '#' && i > 0 && line[i-1] == ' ':
			return -1
		case r == ']':
			return i
		}
	}
	return -1
}
