package spell

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Vietnamese syllable is an onset and a rhyme, and has one of six tones. The rhymes are written without their tone; ăk stands in
// names of the highlands.
const (
	onsetList = "ngh ng gh gi qu ch kh nh ph th tr b c d g h k l m n r s t v x"
	rhymeList = "a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây " +
		"e ec em en eng eo ep et ê êch êm ên ênh êp êt êu " +
		"i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu " +
		"o oc oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt " +
		"oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet " +
		"u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uân uâng uât uây uê uêch uênh uơ " +
		"uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu"
)

// mark is what a letter carries beside its tone.
type mark uint8

const (
	circumflex mark = 1 << iota // â ê ô
	horn                        // ơ ư
	breve                       // ă
)

// shape is a rhyme as its plain letters and its marks tell it.
type shape struct {
	plain string
	marks mark
}

var (
	onsets = strings.Fields(onsetList) // longer ones first
	rhymes = rhymeTable()
)

// plainLetters maps letters with marks to plain ones.
var plainLetters = strings.NewReplacer("â", "a", "ă", "a", "ê", "e", "ô", "o", "ơ", "o", "ư", "u")

func rhymeTable() map[shape]string {
	table := make(map[shape]string)
	for _, r := range strings.Fields(rhymeList) {
		table[shape{plainLetters.Replace(r), marksOf(r)}] = r
	}
	return table
}

func marksOf(rhyme string) (m mark) {
	if strings.ContainsAny(rhyme, "âêô") {
		m |= circumflex
	}
	if strings.ContainsAny(rhyme, "ơư") {
		m |= horn
	}
	if strings.Contains(rhyme, "ă") {
		m |= breve
	}
	return m
}

// syllable finds onset and rhyme of plain letters with marks; of several marks each is tried in turn. The onset has no stroke yet.
func syllable(letters string, marks ...mark) (onset, rhyme string, ok bool) {
	for _, o := range onsets {
		if rest, found := strings.CutPrefix(letters, o); found {
			onset, letters = o, rest
			break
		}
	}
	for _, m := range marks {
		if o, r := settle(onset, letters, m); r != "" && fits(o, r) {
			return o, r, true
		}
	}
	return "", "", false
}

// settle finds the rhyme after an onset. In qu the u belongs to the rhyme, too, and so may the i of gi.
func settle(onset, letters string, m mark) (string, string) {
	switch onset {
	case "qu":
		if letters == "" || strings.IndexByte("aeioy", letters[0]) < 0 {
			return "", ""
		}
		for _, glide := range []string{"o", "u"} { // quan rhymes like oan, quân like uân
			if r := rhymes[shape{glide + letters, m}]; strings.HasPrefix(r, glide) && len(r) > 1 {
				return onset, r[1:]
			}
		}
		return "", ""
	case "gi":
		if r := rhymes[shape{letters, m}]; r != "" {
			return onset, r
		}
		return "g", rhymes[shape{"i" + letters, m}]
	}
	return onset, rhymes[shape{letters, m}]
}

// fits reports whether the onset is written so before the rhyme.
func fits(onset, rhyme string) bool {
	head, _ := utf8.DecodeRuneInString(rhyme)
	first := letters[head].plain
	front := first == 'e' || first == 'i' || first == 'y'
	switch onset {
	case "qu":
		return true
	case "gi":
		return first != 'i' && first != 'y'
	case "k", "gh", "ngh":
		if !front {
			return false
		}
	case "c", "ng":
		if front {
			return false
		}
	case "g":
		if front && first != 'i' || strings.HasPrefix(rhyme, "y") {
			return false
		}
	case "b", "m", "ph", "v":
		if rounded(rhyme) {
			return false
		}
	}
	switch {
	case rhyme == "y":
		return onset == "" || strings.Contains("h k l m s t v", onset)
	case first == 'y':
		return onset == ""
	case strings.HasPrefix(rhyme, "iê"):
		return onset != ""
	}
	return true
}

// rounded reports whether a rhyme begins with a glide, which no lip sound goes before.
func rounded(rhyme string) bool {
	for _, glide := range []string{"oa", "oă", "oe", "uâ", "uê", "uơ", "uy"} {
		if strings.HasPrefix(rhyme, glide) {
			return true
		}
	}
	return false
}

// stopped reports whether a rhyme ends in c, ch, k, p or t: it then has the tone sắc or nặng.
func stopped(rhyme string) bool {
	switch rhyme[len(rhyme)-1] {
	case 'c', 'k', 'p', 't':
		return true
	}
	return strings.HasSuffix(rhyme, "ch")
}

// The tones as combining characters; level has none.
const (
	level = 0
	sac   = '\u0301'
	huyen = '\u0300'
	hoi   = '\u0309'
	nga   = '\u0303'
	nang  = '\u0323'
)

// withTone puts a tone where it is written: on the (last) letter with a mark, else before a final consonant, else on the first of
// two vowels (hòa) or the second of three (ngoài).
func withTone(rhyme string, tone rune) string {
	if tone == level {
		return rhyme
	}
	letters := []rune(rhyme)
	at, vowels := -1, 0
	for i, r := range letters {
		if strings.ContainsRune("âăêôơư", r) {
			at = i
		}
		if strings.ContainsRune("aeiouyâăêôơư", r) {
			vowels++
		}
	}
	switch {
	case at >= 0:
	case vowels < len(letters) || vowels == 1:
		at = vowels - 1
	default:
		at = vowels - 2
	}
	if at < 0 {
		return rhyme
	}
	return norm.NFC.String(string(letters[:at+1]) + string(tone) + string(letters[at+1:]))
}
