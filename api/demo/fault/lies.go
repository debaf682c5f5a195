package fault

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// lieKinds are answers that look well and cannot be true.
func lieKinds() []Kind {
	const when = "It says that the answer is not understood: it is not about the dates that were asked."
	return []Kind{
		{"counts-negative", "It draws what cannot be as missing: nobody is counted less than never.", Gaps, edited(func(v any) any {
			return walk(v, "", func(key string, v any) any {
				if n, ok := v.(json.Number); ok && n != "0" && !isID(key) && !goesBelowZero(key) {
					return json.Number("-" + strings.TrimPrefix(n.String(), "-"))
				}
				return v
			})
		})},
		{"counts-rising", "It says that the answer cannot be: more come on than there were.", Fails, edited(func(v any) any { return rising(v) })},
		{"dates-backwards", when, Fails, edited(func(v any) any {
			return dates(v, func(all []any) []any { slices.Reverse(all); return all })
		})},
		{"dates-twice", when, Fails, edited(func(v any) any {
			return dates(v, func(all []any) []any {
				if len(all) > 1 {
					all[1] = all[0]
				}
				return all
			})
		})},
		{"dates-of-another-year", when, Fails, edited(func(v any) any {
			return dates(v, func(all []any) []any {
				for i, date := range all {
					if s, ok := date.(string); ok {
						all[i] = strings.Replace(s, "2026", "2024", 1)
					}
				}
				return all
			})
		})},
	}
}

// goesBelowZero says whether a number can be below zero: changes and money can.
func goesBelowZero(key string) bool {
	return key == "totals_delta" || key == "total_amount" || regexp.MustCompile(`^r\d+d$`).MatchString(key)
}

// rising makes the later steps of a funnel larger than the first, and the later days of
// a cohort larger than the cohort.
func rising(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if of, ok := v["outof"].(json.Number); ok && v["count"] != nil {
			v["count"] = json.Number(of.String() + "9")
		}
		for k, in := range v {
			list, ok := in.([]any)
			if ok && k == "cumulativeRaw" && len(list) > 1 {
				list[1] = json.Number(string(list[0].(json.Number)) + "9")
				continue
			}
			if !isUsersOwn(k) {
				v[k] = rising(in)
			}
		}
	case []any:
		for i, in := range v {
			v[i] = rising(in)
		}
	}
	return v
}
