package facts

import "factbot/internal/tidy"

// origin is what a snapshot was loaded from, as far as the next load of its folder can use it.
type origin struct {
	opts      Options
	catalogue *catalogue
	sources   map[string]*Source // by id
	tables    map[string]*table  // by file
	figures   *layers
}

// table is a table as it was read. Its figures stand in the layers; what else it says is taken in again by each load, for what it means depends on the
// files before it.
type table struct {
	id       identity
	size     int64
	digest   digest
	sources  []usedSource
	claims   heap
	projects []tidy.Project
}

// follow makes use of the facts before. Where the catalogue is another one, nothing of them can be kept.
func (l *loader) follow(before *Snapshot, files []file) {
	l.opts.Before, l.opts.Catalogue = nil, nil
	if before == nil || before.origin == nil {
		return
	}
	o, at := before.origin, digest{}
	for _, f := range files {
		if isCatalogue(f) {
			at = f.digest
		}
	}
	if at == o.catalogue.digest && l.opts.Units == o.opts.Units && l.opts.MaxTable == o.opts.MaxTable && l.opts.MaxYAML == o.opts.MaxYAML {
		l.before, l.catalogue = o, o.catalogue
	}
}

// table is a table of the facts before, or nil.
func (o *origin) table(name string) *table {
	if o == nil {
		return nil
	}
	return o.tables[name]
}

// again takes in a table that is what it was. It reports false where its rows must be read after all: another document is meant by a source that it names.
func (l *loader) again(t *tableFile) bool {
	r := l.tableReading(t.name)
	for _, u := range t.was.sources {
		if u.name == "" && r.beside == nil || r.source(0, u.name, u.date) != u.is {
			return false
		}
	}
	for i := range t.was.claims.rows {
		r.figure(t.was.claims.row(&t.was.claims.rows[i]))
	}
	for _, p := range t.was.projects {
		r.project(p)
	}
	now := *t.was
	now.id = t.id
	t.now, l.kept[t.name] = &now, true
	return true
}

// figuresNow are the figures that were read, above those that stand already.
func (l *loader) figuresNow(files []file) layers {
	if len(l.kept) == 0 {
		fresh := l.model.ledger
		fresh.settle()
		return single(&fresh)
	}
	var documents, tables []string
	for _, f := range files {
		if f.isTable() {
			tables = append(tables, f.name)
		} else {
			documents = append(documents, f.name)
		}
	}
	return l.before.figures.with(&l.model.ledger, l.kept, append(documents, tables...))
}

// origin is what the next load can use.
func (l *loader) origin(s *Snapshot, tables []*tableFile) *origin {
	o := &origin{opts: l.opts, catalogue: l.catalogue, sources: map[string]*Source{}, tables: map[string]*table{}, figures: &s.figures}
	for _, s := range l.model.Sources {
		o.sources[s.ID] = s
	}
	for _, t := range tables {
		o.tables[t.name] = t.now
	}
	return o
}
