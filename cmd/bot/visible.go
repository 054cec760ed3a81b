package main

import (
	"bytes"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// visible writes for the operator's eyes: what does not show, or would speak to the terminal, is written out as \u202e, which reads alike in a text
// and in JSON. Names of files and keys of YAML are other people's, and may hold both. Each write is of whole characters.
type visible struct{ to io.Writer }

func (v visible) Write(p []byte) (int, error) {
	var b bytes.Buffer
	for rest := p; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == '\n' || r == '\t' || unicode.IsGraphic(r) && (r != utf8.RuneError || size > 1):
			b.Write(rest[:size])
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		rest = rest[size:]
	}
	if _, err := v.to.Write(b.Bytes()); err != nil {
		return 0, err
	}
	return len(p), nil
}
