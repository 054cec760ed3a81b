// Package shipped embeds the facts folder that the bot is built with.
package shipped

import "embed"

// FS holds the files of this folder.
//
//go:embed catalogue.yaml all:documents
var FS embed.FS
