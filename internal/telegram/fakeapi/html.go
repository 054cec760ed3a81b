package fakeapi

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
)

// units is the length of a text as the API counts it.
func units(text string) int { return len(utf16.Encode([]rune(text))) }

var (
	tags     = []string{"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler"}
	tagForm  = regexp.MustCompile(`^<(/?)([a-z-]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>`)
	entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#34;", `"`, "&#39;", "'", "&amp;", "&")
)

// parseHTML is the text of HTML as the API reads it; the error is what it says of HTML that it refuses.
func parseHTML(marked string) (string, error) {
	var plain strings.Builder
	var open []string
	for i := 0; i < len(marked); {
		text, _, found := strings.Cut(marked[i:], "<")
		plain.WriteString(entities.Replace(text))
		i += len(text)
		if !found {
			break
		}
		m := tagForm.FindStringSubmatch(marked[i:])
		if m == nil {
			return "", fmt.Errorf("Unsupported start tag at byte offset %d", i)
		}
		switch name := m[2]; {
		case m[1] == "/" && len(open) == 0:
			return "", fmt.Errorf("Unexpected end tag at byte offset %d", i)
		case m[1] == "/" && name != open[len(open)-1]:
			return "", fmt.Errorf("Unmatched end tag at byte offset %d, expected \"</%s>\"", i, open[len(open)-1])
		case m[1] == "/":
			open = open[:len(open)-1]
		case !slices.Contains(tags, name):
			return "", fmt.Errorf("Unsupported start tag %q at byte offset %d", name, i)
		default:
			open = append(open, name)
		}
		i += len(m[0])
	}
	if len(open) > 0 {
		return "", fmt.Errorf("Can't find end tag corresponding to start tag %q", open[len(open)-1])
	}
	return plain.String(), nil
}
