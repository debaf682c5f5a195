package views

import (
	"slices"

	"amptui/api"
	"amptui/views/query"
)

// MayKeep says whether the answer to a question may be kept on the disk. Counts may,
// and names of events; values of properties only where those tell nobody who a user
// is. What is asked about a user never may.
func MayKeep(q api.Question) bool {
	grouped, ok := q.(interface{ Groups() []api.Property })
	if !ok || api.IsLookup(q) {
		return false
	}
	return !slices.ContainsFunc(grouped.Groups(), func(p api.Property) bool {
		switch name := query.PrintProperty(p); name {
		case "country", "region": // masked, but too many share them
			return false
		default:
			return !isSafeField(name)
		}
	})
}
