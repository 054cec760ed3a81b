package spell

import "strings"

// maxTyped is the number of keys up to which a syllable is looked at: "nghieengs" has nine.
const maxTyped = 12

// typed is a syllable as the keys tell it.
type typed struct {
	letters  []byte // without marks and tone
	tone     rune
	toned    bool
	stroke   bool // đ
	hat      byte // a, e or o with a circumflex (Telex names the letter); 0: none
	horns    int  // VNI 7
	ws       int  // Telex w: a horn or a breve
	breves   int  // VNI 8
	hats     int  // VNI 6, Telex doubled vowels
	detached bool // the second vowel of a circumflex came after a consonant: "xuatas"
}

// Decode returns the Vietnamese syllable (composed, lower case) whose keys stand in word as they were pressed: Telex
// ("xuaats" → "xuất", "ddatj" → "đạt") or VNI ("xua61t", "d9a5t"). It is false where no mark was typed, where onset and rhyme make no Vietnamese
// syllable, and for what is English rather than Vietnamese: "too", "seen", "these". Other English words do come out as syllables
// ("tons" → "tón"), and a number glued to a word looks like VNI ("quy1" → "quý"): look for known words and for periods first, and
// for what comes out in the vocabulary.
func Decode(word string) (string, bool) {
	if len(word) < 2 || len(word) > maxTyped {
		return "", false
	}
	var room [maxTyped]byte
	t := typed{letters: room[:0]}
	var ok bool
	if strings.ContainsAny(word, "0123456789") {
		ok = t.vni(word)
	} else {
		ok = t.telex(word)
	}
	if !ok || !t.marked() {
		return "", false
	}
	onset, rhyme, ok := syllable(string(t.letters), t.marks()...)
	if !ok || !t.agrees(onset, rhyme) {
		return "", false
	}
	if t.stroke {
		onset = "đ"
	}
	return onset + withTone(rhyme, t.tone), true
}

func (t *typed) marked() bool { return t.toned || t.stroke || t.horns+t.ws+t.breves+t.hats > 0 }

// marks is what the rhyme may carry.
func (t *typed) marks() []mark {
	switch {
	case t.hats > 0:
		return []mark{circumflex}
	case t.breves > 0:
		return []mark{breve}
	case t.ws > 0:
		return []mark{horn, breve}
	case t.horns > 0:
		return []mark{horn}
	}
	return []mark{0}
}

// agrees reports whether the syllable is what the keys say, all of them, and no English word.
func (t *typed) agrees(onset, rhyme string) bool {
	if t.stroke && onset != "d" {
		return false
	}
	if stopped(rhyme) && t.tone != sac && t.tone != nang {
		return false
	}
	if max(t.horns, t.ws) == 2 && !strings.Contains(rhyme, "ươ") {
		return false
	}
	if t.hat != 0 && !strings.Contains(rhyme, map[byte]string{'a': "â", 'e': "ê", 'o': "ô"}[t.hat]) {
		return false
	}
	if t.hat != 0 && !t.toned && !t.stroke {
		switch rhyme {
		case "ê", "ên", "êm", "ô", "ôn", "ôm":
			return false // see, seen, seem, too, soon, room
		}
		return !t.detached
	}
	return true
}

// telex reads the keys of the Telex method. A tone typed twice takes it back, and so does any other key: such a word is not meant
// to be Vietnamese, or is mended already.
func (t *typed) telex(word string) bool {
	for i := 0; i < len(word); i++ {
		c, ok := lowered(word[i])
		if !ok {
			return false
		}
		previous := byte(0)
		if i > 0 {
			previous, _ = lowered(word[i-1])
		}
		switch {
		case c == 'd' && i == 1 && previous == 'd':
			t.stroke = true
		case strings.IndexByte("sfrxj", c) >= 0 && t.vowel("aeiouy"):
			if !t.setTone(c, "sfrxj") {
				return false
			}
		case c == 'w':
			if t.ws++; t.ws > 2 || t.hats > 0 || !t.vowel("aou") {
				return false
			}
		case c == 'a' || c == 'e' || c == 'o':
			if !t.vowelKey(c, previous) {
				return false
			}
		default:
			t.letters = append(t.letters, c)
		}
	}
	return true
}

// vowelKey takes a, e or o: a circumflex where the same letter stands just before or before the final consonant.
func (t *typed) vowelKey(c, previous byte) bool {
	n := len(t.letters)
	detached := n > 0 && previous != c && strings.IndexByte("cghkmnpt", t.letters[n-1]) >= 0 && strings.IndexByte(string(t.letters), c) >= 0
	if previous != c && !detached {
		t.letters = append(t.letters, c)
		return true
	}
	if t.hats++; t.hats > 1 || t.ws > 0 {
		return false
	}
	t.hat, t.detached = c, detached
	return true
}

// vni reads the keys of the VNI method: 1–5 are tones, 6 a circumflex, 7 a horn, 8 a breve, 9 the stroke of đ.
func (t *typed) vni(word string) bool {
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case '1' <= c && c <= '5':
			if !t.vowel("aeiouy") || !t.setTone(c, "12345") {
				return false
			}
		case c == '6' && t.vowel("aeo"):
			t.hats++
		case c == '7' && t.vowel("ou"):
			t.horns++
		case c == '8' && t.vowel("a"):
			t.breves++
		case c == '9' && len(t.letters) > 0 && t.letters[0] == 'd' && !t.stroke:
			t.stroke = true
		default:
			letter, ok := lowered(c)
			if !ok {
				return false
			}
			t.letters = append(t.letters, letter)
		}
	}
	return t.hats+t.breves <= 1 && t.horns <= 2*(1-t.hats-t.breves)
}

// setTone sets the tone of a key, keys being those of sắc, huyền, hỏi, ngã and nặng; false where there is one already.
func (t *typed) setTone(c byte, keys string) bool {
	if t.toned {
		return false
	}
	t.toned = true
	t.tone = [...]rune{sac, huyen, hoi, nga, nang}[strings.IndexByte(keys, c)]
	return true
}

// vowel reports whether one of the vowels was typed already.
func (t *typed) vowel(any string) bool { return strings.ContainsAny(string(t.letters), any) }

// lowered is a plain letter in lower case; anything else is no key of a syllable.
func lowered(c byte) (byte, bool) {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c, 'a' <= c && c <= 'z'
}
