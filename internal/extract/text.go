package extract

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"factbot/internal/tidy"
)

// Limits of a document: of the text that is unpacked, and how deep its parts may lie in each other.
const (
	maxUnpacked = 32 << 20
	maxText     = 2 << 20
	maxDepth    = 200
)

// IsDocument reports whether a file is one whose text is read: plain text, or a Word document.
func IsDocument(name string, data []byte) bool {
	name = strings.ToLower(name)
	for _, end := range []string{".txt", ".docx", ".doc", ".md"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) && bytes.Contains(data[:min(len(data), 4096)], []byte("word/"))
}

// Text is the text of a file: of a Word document its paragraphs and the rows of its tables, a line each, of another file its own. The note says what was guessed; the
// error says what is wrong and what would be right.
func Text(data []byte) (text, note string, err error) {
	if text, note, err = textOf(data); err == nil && len(text) > maxText {
		return "", "", fmt.Errorf("the text is longer than %d MB, which no report is", maxText>>20)
	}
	return text, note, err
}

func textOf(data []byte) (text, note string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		text, err = wordText(data)
		return text, "", err
	case bytes.HasPrefix(data, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return "", "", errors.New("this is an old .doc document or one with a password; save it as .docx without a password, or paste its text")
	case bytes.HasPrefix(data, []byte("%PDF")):
		return "", "", errors.New("this is a PDF; paste its text, or save it as .docx")
	case bytes.HasPrefix(data, []byte("{\\rtf")):
		return "", "", errors.New("this is an RTF document; save it as .docx, or paste its text")
	}
	return tidy.Decode(data, "text in UTF-8")
}

// wordText is the text of word/document.xml: what was deleted under revision marks, and fields' codes, are no part of it.
func wordText(data []byte) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", errors.New("the file is no .docx, or is damaged; save it again")
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		return "", errors.New("the file holds no Word document; a report is a .docx or a .txt, a table a .csv or an .xlsx")
	}
	defer f.Close()
	limited := &io.LimitedReader{R: f, N: maxUnpacked}
	d := xml.NewDecoder(limited)
	w := &wordReader{}
	for {
		t, err := d.Token()
		switch {
		case limited.N <= 0:
			return "", fmt.Errorf("the document unpacks to more than %d MB", maxUnpacked>>20)
		case errors.Is(err, io.EOF):
			return w.text.String(), nil
		case err != nil:
			return "", errors.New("the document is damaged; save it again")
		}
		switch t := t.(type) {
		case xml.StartElement:
			if w.depth++; w.depth > maxDepth {
				return "", fmt.Errorf("the document's parts lie more than %d deep in each other", maxDepth)
			}
			w.start(t)
		case xml.EndElement:
			w.depth--
			w.end(t.Name.Local)
		case xml.CharData:
			if w.inText && w.skip == 0 {
				w.line.Write(t)
			}
		}
	}
}

type wordReader struct {
	text, line strings.Builder
	depth      int
	skip       int // how many elements that are no text it is in
	inText     bool
	bullet     bool // the paragraph is one of a list
	cell       int  // how many table cells it is in
	cells      []string
}

// none are the elements whose text is not the document's: deleted, a second copy for old readers, a field's code.
var none = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "instrText": true, "delText": true}

func (w *wordReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "t":
		w.inText = true
	case "tab":
		if w.skip == 0 && w.line.Len() > 0 {
			w.line.WriteByte(' ')
		}
	case "br", "cr":
		if w.skip == 0 {
			w.paragraph()
		}
	case "noBreakHyphen":
		w.line.WriteByte('-')
	case "numPr":
		w.bullet = true
	case "tc":
		w.cell++
	}
	if none[e.Name.Local] {
		w.skip++
	}
}

func (w *wordReader) end(name string) {
	if none[name] {
		w.skip--
	}
	switch name {
	case "t":
		w.inText = false
	case "p":
		w.paragraph()
	case "tc":
		w.cell--
	case "tr":
		if w.cell == 0 && len(w.cells) > 0 {
			w.text.WriteString(strings.Join(w.cells, " | ") + "\n")
			w.cells = nil
		}
	}
}

// paragraph ends a line.
func (w *wordReader) paragraph() {
	line := strings.TrimSpace(w.line.String())
	w.line.Reset()
	switch {
	case w.cell > 0:
		w.cells = append(w.cells, line)
	case line != "" && w.bullet && !strings.ContainsAny(line[:1], "-+*"):
		w.text.WriteString("- " + line + "\n")
	default:
		w.text.WriteString(line + "\n")
	}
	w.bullet = false
}
