package qa

// Conversation is what a chat's next question may inherit from; the zero value is a new conversation. It is a plain value: it can be stored
// and read again.
type Conversation struct {
	Last     []Query  `json:",omitzero"` // the queries of the last question that was understood, in order
	Before   []Query  `json:",omitzero"` // the last one of the question before, for "both"
	Projects []string `json:",omitzero"` // the projects that its answer named
}

// last is the query that a follow-up inherits from, or nil.
func (c Conversation) last() *Query {
	if len(c.Last) == 0 {
		return nil
	}
	return &c.Last[len(c.Last)-1]
}

// after is the conversation after an answer: what was not understood, small talk and a question back leave it as it was.
func (c Conversation) after(queries []Query, a Answer) Conversation {
	if a.Status == Clarify && len(c.Last) == 0 && len(queries) == 1 && queries[0].Dangling { // "thế còn năm 2021?", before anything else
		held := queries[0]
		held.Dangling = false
		return Conversation{Last: []Query{held}}
	}
	if a.Status != Answered && a.Status != NoData {
		return c
	}
	next := Conversation{Last: queries}
	if before := c.last(); before != nil {
		next.Before = []Query{*before}
	}
	for _, r := range a.Results {
		if r.Project != "" && !r.Company {
			next.Projects = append(next.Projects, r.Project)
		}
	}
	if len(next.Projects) == 0 && len(queries) > 0 {
		next.Projects = queries[len(queries)-1].Projects
	}
	return next
}
