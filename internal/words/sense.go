package words

import (
	"sort"
	"strings"
)

// Sense is what a word or phrase says in a question.
type Sense uint8

// The senses, as locales/words.*.yaml name them (lower case). What each covers is said by the phrases there.
const (
	NoSense Sense = iota
	Howmuch
	What
	Which
	Who
	Where
	When
	How
	Yesno
	Isittrue
	Plan
	Target
	Realised
	Estimate
	Preliminary
	Actual
	Reach
	Attain
	Missed
	Exceeded
	Short
	Grow
	Fall
	More
	Needed
	Toreach
	Each
	Share
	Rest
	Except
	Times
	Total
	Average
	Number
	Rank
	Ascending
	Most
	Least
	Higher
	Lower
	Above
	Below
	Atleast
	Atmost
	Between
	Upto
	Compare
	Versus
	List
	All
	Parts
	Convert
	Trend
	Source
	Explain
	Define
	Coverage
	If
	Contribute
	Steady
	Project
	Indicators
	Areas
	Whichmonth
	Whichquarter
	Whichyear
	Capacity
	Investor
	Product
	Sector
	Place
	State
	Starting
	Investment
	Cause
	Solution
	Orientation
	Speaker
	Remark
	Hello
	Thanks
	Capabilities
	Bye
	Okay
	Correct
	Andwhat
	It
	Samebase
	Prevbase
	Yearbase
	Home
	Areaword
	Companyword
	And
	Not
	Both
	Latest
	Or
	Backward
	Level
	Groupword
	Operating
	Valueword
	Only
	Half
	Measureword
	Linking
	Joining
	Central // who assigns plans: the central government
	Council // and the province's own council
	Goodsword
	First
	Contrast
	Bothareas
	Acreage
	Ordinal
	Particle
	Atend
	Highadj
	Lowadj
	Doubt
	Placeword
	Evaluative
	Rateword
	Lacking
	Sameperiod
	Ordinary
	Purpose  // what the answer is for: "để"
	Occasion // where the answer goes: a slide, a bulletin
	Saying   // what a claim is made by: "ghi", "says"
	Intro    // begins with who asks: "chúng tôi là"
	Wish     // what follows is asked: "cần", "xin"
	Request  // the same, said of nothing but words: "hỏi", "nhờ"
	Picture  // wants the answer drawn: "biểu đồ", "chart"
	Whyfirst // asks for the cause where a question begins with it: "sao"
	Filler
)

var senses = map[string]Sense{
	"howmuch":      Howmuch,
	"what":         What,
	"which":        Which,
	"who":          Who,
	"where":        Where,
	"when":         When,
	"how":          How,
	"yesno":        Yesno,
	"isittrue":     Isittrue,
	"plan":         Plan,
	"target":       Target,
	"realised":     Realised,
	"estimate":     Estimate,
	"preliminary":  Preliminary,
	"actual":       Actual,
	"reach":        Reach,
	"attain":       Attain,
	"missed":       Missed,
	"exceeded":     Exceeded,
	"short":        Short,
	"grow":         Grow,
	"fall":         Fall,
	"more":         More,
	"needed":       Needed,
	"toreach":      Toreach,
	"each":         Each,
	"share":        Share,
	"rest":         Rest,
	"except":       Except,
	"times":        Times,
	"total":        Total,
	"average":      Average,
	"number":       Number,
	"rank":         Rank,
	"ascending":    Ascending,
	"most":         Most,
	"least":        Least,
	"higher":       Higher,
	"lower":        Lower,
	"above":        Above,
	"below":        Below,
	"atleast":      Atleast,
	"atmost":       Atmost,
	"between":      Between,
	"upto":         Upto,
	"compare":      Compare,
	"versus":       Versus,
	"list":         List,
	"all":          All,
	"parts":        Parts,
	"convert":      Convert,
	"trend":        Trend,
	"source":       Source,
	"explain":      Explain,
	"define":       Define,
	"coverage":     Coverage,
	"if":           If,
	"contribute":   Contribute,
	"steady":       Steady,
	"project":      Project,
	"indicators":   Indicators,
	"areas":        Areas,
	"whichmonth":   Whichmonth,
	"whichquarter": Whichquarter,
	"whichyear":    Whichyear,
	"capacity":     Capacity,
	"investor":     Investor,
	"product":      Product,
	"sector":       Sector,
	"place":        Place,
	"state":        State,
	"starting":     Starting,
	"investment":   Investment,
	"cause":        Cause,
	"solution":     Solution,
	"orientation":  Orientation,
	"speaker":      Speaker,
	"remark":       Remark,
	"hello":        Hello,
	"thanks":       Thanks,
	"capabilities": Capabilities,
	"bye":          Bye,
	"okay":         Okay,
	"correct":      Correct,
	"andwhat":      Andwhat,
	"it":           It,
	"samebase":     Samebase,
	"prevbase":     Prevbase,
	"yearbase":     Yearbase,
	"home":         Home,
	"areaword":     Areaword,
	"companyword":  Companyword,
	"and":          And,
	"not":          Not,
	"valueword":    Valueword,
	"groupword":    Groupword,
	"backward":     Backward,
	"level":        Level,
	"or":           Or,
	"latest":       Latest,
	"operating":    Operating,
	"both":         Both,
	"only":         Only,
	"measureword":  Measureword,
	"joining":      Joining,
	"goodsword":    Goodsword,
	"linking":      Linking,
	"half":         Half,
	"first":        First,
	"contrast":     Contrast,
	"acreage":      Acreage,
	"ordinal":      Ordinal,
	"particle":     Particle,
	"atend":        Atend,
	"highadj":      Highadj,
	"lowadj":       Lowadj,
	"doubt":        Doubt,
	"central":      Central,
	"council":      Council,
	"evaluative":   Evaluative,
	"placeword":    Placeword,
	"rateword":     Rateword,
	"bothareas":    Bothareas,
	"lacking":      Lacking,
	"sameperiod":   Sameperiod,
	"ordinary":     Ordinary,
	"purpose":      Purpose,
	"occasion":     Occasion,
	"saying":       Saying,
	"intro":        Intro,
	"wish":         Wish,
	"request":      Request,
	"picture":      Picture,
	"whyfirst":     Whyfirst,
	"filler":       Filler,
}

// Known reports whether the engine knows a sense of this name.
func Known(name string) bool { return senses[name] != NoSense }

// Of is the sense with a name, or NoSense.
func Of(name string) Sense { return senses[name] }

// Set is a set of senses.
type Set [Filler>>6 + 1]uint64

// Add puts a sense into the set.
func (s *Set) Add(x Sense) { s[x>>6] |= 1 << (x & 63) }

// Has reports whether the set holds any of the senses.
func (s Set) Has(xs ...Sense) bool {
	for _, x := range xs {
		if s[x>>6]&(1<<(x&63)) != 0 {
			return true
		}
	}
	return false
}

// Union adds all of t.
func (s *Set) Union(t Set) {
	for i := range s {
		s[i] |= t[i]
	}
}

// Without is s less the senses named.
func (s Set) Without(xs ...Sense) Set {
	for _, x := range xs {
		s[x>>6] &^= 1 << (x & 63)
	}
	return s
}

// Empty reports whether the set holds nothing.
func (s Set) Empty() bool { return s == Set{} }

// String names the senses, for tests and logs.
func (s Set) String() string {
	var names []string
	for name, x := range senses {
		if s.Has(x) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return strings.Join(names, "+")
}

// OfNames reports whether a sense is about words within names rather than about a question.
func (x Sense) OfNames() bool {
	return x == Measureword || x == Groupword || x == Linking || x == Joining || x == Goodsword || x == Ordinary || x == Particle || x == Central || x == Council
}
