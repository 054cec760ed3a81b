// Package locales embeds the words and messages of the languages: units.yaml, words.*.yaml (question words), glossary.yaml (English words
// of things), messages.*.yaml (replies).
package locales

import "embed"

// FS holds the YAML files of this folder.
//
//go:embed *.yaml
var FS embed.FS
