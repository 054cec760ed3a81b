// Package state keeps what must outlast the process: the updates that were taken and what they were answered with, what chats have chosen and
// talked about, the revisions of the facts with their files, proposals, follows, notices, questions and the audit.
//
// A Store is a file of SQLite in the process or a PostgreSQL that several replicas share; the same statements run on both, what differs stands in
// dialect.go. Everything is done in transactions: when Do returns nil, what it did is on disk. On SQLite one writer commits many of them
// together.
//
// What is personal – who, where, what was said – is sealed with a key that is not in the store, and is found by a keyed hash of it; see vault.go.
// It expires, but for the audit and what people follow, which last until they are taken back.
package state
