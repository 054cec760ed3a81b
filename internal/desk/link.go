package desk

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/reply"
)

// asks are the questions that a link can hold: the message that is its text, and the one that is a button's label.
var asks = map[byte]struct{ text, label string }{
	'v': {"ask_value", "next_value"},
	'p': {"ask_plan", "next_plan"},
	'a': {"ask_attainment", "next_attainment"},
	'g': {"ask_growth", "next_growth"},
	't': {"ask_trend", "next_trend"},
	'j': {"ask_project", "next_project"},
}

// link is a question as a short code: what is asked, of which indicator, area and period, or of which project. It is written with letters, digits, - and _ alone, at most
// 40 of them, so that it fits where buttons and links keep it. Other facts do not change what it asks.
type link struct {
	lang string
	what byte
	of   string // the id of the indicator or project
	area string
	at   period.Period
}

// String is the code: v or e for the language, what is asked, the ids as hashes, the period.
func (l link) String() string {
	code := l.lang[:1] + string(l.what) + "_" + short(l.of)
	if l.what == 'j' {
		return code
	}
	code += "_" + short(l.area)
	if !l.at.IsZero() {
		code += "_" + strings.NewReplacer("/", "x").Replace(l.at.String())
	}
	return code
}

// short is a hash of an id.
func short(id string) string {
	sum := sha256.Sum256([]byte(id))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:4])[:6])
}

// Unlink is the question that a code holds, in its language; ok is false where it is none, or of something that the facts do not have any more.
func (d *Desk) Unlink(code string) (text, lang string, ok bool) {
	l, ok := d.readLink(code)
	if !ok {
		return "", "", false
	}
	return d.asked(l)
}

// readLink is the question of a code, with the ids behind its hashes; empty ones where the facts do not have them.
func (d *Desk) readLink(code string) (l link, ok bool) {
	parts := strings.Split(code, "_")
	if len(parts) < 2 || len(parts) > 4 || len(parts[0]) != 2 || asks[parts[0][1]].text == "" {
		return l, false
	}
	l.what = parts[0][1]
	switch parts[0][0] {
	case 'v':
		l.lang = "vi"
	case 'e':
		l.lang = "en"
	default:
		return l, false
	}
	if l.what == 'j' {
		for _, p := range d.Facts().Projects() {
			if short(p.ID) == parts[1] {
				l.of = p.ID
			}
		}
		return l, l.of != ""
	}
	for _, i := range d.Facts().Indicators() {
		if short(i.ID) == parts[1] {
			l.of = i.ID
		}
	}
	if len(parts) > 2 {
		for _, a := range d.Facts().Areas() {
			if short(a.ID) == parts[2] {
				l.area = a.ID
			}
		}
	}
	if len(parts) > 3 {
		at, err := period.Parse(strings.ReplaceAll(parts[3], "x", "/"))
		if err != nil {
			return l, false
		}
		l.at = at
	}
	return l, l.of != "" && l.area != ""
}

// asked is the text of a link's question.
func (d *Desk) asked(l link) (text, lang string, ok bool) {
	id := asks[l.what].text
	if id == "" || l.of == "" {
		return "", "", false
	}
	args := map[string]any{"Name": "", "Area": "", "Period": ""}
	if l.what == 'j' {
		for _, p := range d.Facts().Projects() {
			if p.ID == l.of {
				args["Name"] = p.Name.In(l.lang)
			}
		}
	} else {
		args["Name"] = d.Facts().Indicator(l.of).Name.In(l.lang)
		if a := d.Facts().Area(l.area); a != nil && d.severalAreas() {
			args["Area"] = a.Name.In(l.lang)
		}
		if !l.at.IsZero() {
			args["Period"] = d.printer.Period(l.lang, l.at)
		}
	}
	text = reply.OneLine(d.printer.Message(l.lang, id, args))
	return text, l.lang, text != ""
}

// severalAreas reports whether an area must be named to be meant.
func (d *Desk) severalAreas() bool { return len(d.Facts().Areas()) > 1 }

// hasPlan, hasRealised and grows report what there is of a figure.
func hasPlan(s *facts.Series, p period.Period) bool {
	for _, o := range s.Observations(p) {
		if o.Measure == facts.Plan {
			return true
		}
	}
	return planned(s, p)
}

// planned reports whether a growth is planned, without a level.
func planned(s *facts.Series, p period.Period) bool {
	for _, c := range s.Claims(p) {
		if c.Of == facts.Plan {
			return true
		}
	}
	return false
}

func hasRealised(s *facts.Series, p period.Period) bool {
	for _, o := range s.Observations(p) {
		if o.Measure != facts.Plan {
			return true
		}
	}
	return false
}
