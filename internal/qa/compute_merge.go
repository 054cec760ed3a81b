package qa

import "slices"

// Merge makes the answers to several questions of one message one: the first one's operation; answered if any of them is; what was
// asked of all of them in their order, then the company of all; each warning, source and lack once. Parts keeps them as they were.
func Merge(parts []Answer) Answer {
	if len(parts) == 0 {
		return Answer{Status: NotUnderstood}
	}
	if len(parts) == 1 {
		return parts[0]
	}
	a := parts[0]
	a.Results, a.Warnings, a.Options, a.Sources, a.Slots, a.Notes, a.Lacks, a.Available, a.YesNo = nil, nil, nil, nil, nil, nil, nil, nil, nil
	a.Parts = parts
	answered := slices.ContainsFunc(parts, func(p Answer) bool { return p.Status == Answered })
	if answered {
		a.Status = Answered
	}
	checks := check{}
	for _, company := range []bool{false, true} {
		for _, p := range parts {
			for _, r := range p.Results {
				if r.Company == company && (!answered || p.Status == Answered) {
					a.addResult(r)
				}
			}
		}
	}
	for _, p := range parts {
		if !answered || p.Status == Answered {
			a.mergeWarnings(&checks, p)
		}
		a.Lacks = append(a.Lacks, p.Lacks...)
		a.Notes = append(a.Notes, p.Notes...)
		for _, s := range p.Slots {
			if !slices.Contains(a.Slots, s) {
				a.Slots = append(a.Slots, s)
			}
		}
		if a.Status == Clarify && a.Options == nil {
			a.Options = p.Options
		}
		if a.Available == nil && (!answered || p.Status == NoData) {
			a.Available = p.Available
		}
	}
	a.Warnings = checks.warnings
	a.Notes, a.Lacks = compactNotes(a.Notes), compactLacks(a.Lacks)
	return a
}

// addResult adds a result, unless the very same one stands already.
func (a *Answer) addResult(r Result) {
	if r.Company && slices.ContainsFunc(a.Results, func(had Result) bool { return sameResult(had, r) }) {
		return
	}
	a.Results = append(a.Results, r)
}

// mergeWarnings adds a part's warnings and sources, each once.
func (a *Answer) mergeWarnings(k *check, p Answer) {
	for _, w := range p.Warnings {
		if !slices.ContainsFunc(k.warnings, func(had Warning) bool { return sameWarning(had, w) }) {
			k.warnings = append(k.warnings, w)
		}
	}
	for _, s := range p.Sources {
		if !slices.ContainsFunc(a.Sources, func(had SourceRef) bool { return had.ID == s.ID }) {
			a.Sources = append(a.Sources, s)
		}
	}
}
