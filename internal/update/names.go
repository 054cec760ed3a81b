package update

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/token"
)

// finder finds entries of one class by id, name or alias, as the facts do: ids before names before aliases, folded, and marks that
// are typed must not contradict.
type finder struct {
	ids    map[string]bool // folded
	byFold map[string][]entryName
}

type entryName struct {
	id    string
	rank  int // 0 id, 1 name, 2 alias
	words []string
}

func newFinder() *finder { return &finder{map[string]bool{}, map[string][]entryName{}} }

func (f *finder) addAll(id string, name facts.Text, aliases []string) {
	f.ids[token.Fold(id)] = true
	f.add(id, 0, id)
	for _, lang := range slices.Sorted(maps.Keys(name)) {
		f.add(id, 1, name[lang])
	}
	for _, a := range aliases {
		f.add(id, 2, a)
	}
}

func (f *finder) add(id string, rank int, name string) {
	key := token.Fold(name)
	f.byFold[key] = append(f.byFold[key], entryName{id, rank, lowerWords(name)})
}

func lowerWords(s string) []string {
	tokens := token.Split(s)
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.Lower
	}
	return words
}

// find is the ids that a name may mean: one where it is clear, none where it is new.
func (f *finder) find(name string) []string {
	words := lowerWords(name)
	best := [2]int{3, 0}
	var ids []string
	for _, e := range f.byFold[token.Fold(name)] {
		conflicts, differs := 0, 0
		for i, w := range words {
			if w != e.words[i] {
				conflicts += token.Conflicts(w, e.words[i])
				differs = 1
			}
		}
		at := [2]int{e.rank, differs}
		if e.id == name {
			at = [2]int{}
		}
		if conflicts != 0 || slices.Compare(at[:], best[:]) > 0 {
			continue
		}
		if at != best {
			best, ids = at, nil
		}
		if !slices.Contains(ids, e.id) {
			ids = append(ids, e.id)
		}
	}
	return ids
}

// freeID makes an id of a name that no other entry's is read the same as, and takes it.
func (f *finder) freeID(class, name string) string {
	base := slug(name)
	if base == "" {
		base = class
	}
	id := base
	for n := 2; f.ids[token.Fold(id)]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	f.ids[token.Fold(id)] = true
	return id
}

// slug is a name as an id: folded words joined by dashes, at most 80 letters.
func slug(name string) string {
	var b strings.Builder
	for _, r := range token.Fold(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
			b.WriteByte('-')
		}
	}
	s := b.String()
	if len(s) > 80 {
		s = s[:80]
		if at := strings.LastIndexByte(s, '-'); at > 20 {
			s = s[:at]
		}
	}
	return strings.Trim(s, "-")
}
