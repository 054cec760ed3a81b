// Package reference has names that are known without any figures: areas of the country and of trade, and common indicators with how
// their figures behave. With it an area or an indicator that the facts lack is recognised as such, and an indicator that a
// table brings gets its kind by its name.
package reference

import "embed"

// files holds areas.yaml and indicators.yaml.
//
//go:embed areas.yaml indicators.yaml
var files embed.FS
