package state

// migrations bring a store from nothing to what this build expects, one after the other, each once. What was released is never changed: a
// change is one more migration.
//
// Times are milliseconds since 1970, bodies are sealed (vault.go), owners and keys of records are keyed hashes.
var migrations = [][]string{
	{
		`CREATE TABLE updates (
			update_id BIGINT NOT NULL,
			mark      {blob} NOT NULL,
			lane      {blob} NOT NULL,
			at        BIGINT NOT NULL,
			state     INTEGER NOT NULL,
			holder    TEXT NOT NULL,
			held      BIGINT NOT NULL,
			body      {blob},
			PRIMARY KEY (update_id, mark))`,
		`CREATE INDEX updates_open ON updates (state, update_id)`,
		`CREATE INDEX updates_at ON updates (at)`,
		`CREATE TABLE records (
			kind    TEXT NOT NULL,
			hash    {blob} NOT NULL,
			at      BIGINT NOT NULL,
			expires BIGINT NOT NULL,
			body    {blob} NOT NULL,
			PRIMARY KEY (kind, hash))`,
		`CREATE INDEX records_expire ON records (expires)`,
		`CREATE TABLE follows (
			subject TEXT NOT NULL,
			owner   {blob} NOT NULL,
			at      BIGINT NOT NULL,
			body    {blob} NOT NULL,
			PRIMARY KEY (subject, owner))`,
		`CREATE INDEX follows_owner ON follows (owner)`,
		`CREATE TABLE revisions (
			id     {id},
			at     BIGINT NOT NULL,
			parent BIGINT NOT NULL UNIQUE,
			digest TEXT NOT NULL,
			body   {blob} NOT NULL)`,
		`CREATE TABLE revision_files (
			revision BIGINT NOT NULL,
			path     TEXT NOT NULL,
			data     {blob} NOT NULL,
			PRIMARY KEY (revision, path))`,
		`CREATE TABLE notices (
			id       {id},
			document TEXT NOT NULL,
			owner    {blob} NOT NULL,
			due      BIGINT NOT NULL,
			tries    INTEGER NOT NULL,
			state    INTEGER NOT NULL,
			holder   TEXT NOT NULL,
			body     {blob} NOT NULL,
			UNIQUE (document, owner))`,
		`CREATE INDEX notices_due ON notices (state, due)`,
		`CREATE TABLE questions (
			id     {id},
			at     BIGINT NOT NULL,
			lang   TEXT NOT NULL,
			status TEXT NOT NULL,
			body   {blob} NOT NULL)`,
		`CREATE INDEX questions_at ON questions (at)`,
		`CREATE TABLE audit (
			id   {id},
			at   BIGINT NOT NULL,
			what TEXT NOT NULL,
			body {blob} NOT NULL)`,
	},
	{ // most updates are done when they are written: only the open ones are looked for by their state
		`DROP INDEX updates_open`,
		`CREATE INDEX updates_open ON updates (update_id) WHERE state = 0`,
	},
}

// tables are all tables with their columns, in the order in which they may be copied.
var tables = []struct {
	name    string
	columns []string
	counted bool // its id is counted up by the engine
}{
	{"updates", []string{"update_id", "mark", "lane", "at", "state", "holder", "held", "body"}, false},
	{"records", []string{"kind", "hash", "at", "expires", "body"}, false},
	{"follows", []string{"subject", "owner", "at", "body"}, false},
	{"revisions", []string{"id", "at", "parent", "digest", "body"}, true},
	{"revision_files", []string{"revision", "path", "data"}, false},
	{"notices", []string{"id", "document", "owner", "due", "tries", "state", "holder", "body"}, true},
	{"questions", []string{"id", "at", "lang", "status", "body"}, true},
	{"audit", []string{"id", "at", "what", "body"}, true},
}
