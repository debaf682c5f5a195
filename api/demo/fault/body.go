package fault

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
)

// edited answers with what edit makes of the decoded body.
func edited(edit func(any) any) func(*call) {
	return func(c *call) {
		c.with(func(body []byte) []byte { return encode(edit(decode(body))) })
	}
}

// decode keeps numbers as they are written.
func decode(body []byte) any {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		return []byte("null")
	}
	return b
}

// walk gives every value that holds no other to change, with the key it stands
// under. What users have sent themselves stays as it is.
func walk(v any, key string, change func(key string, v any) any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, in := range v {
			if !isUsersOwn(k) {
				v[k] = walk(in, k, change)
			}
		}
		return v
	case []any:
		for i, in := range v {
			v[i] = walk(in, key, change)
		}
		return v
	}
	return change(key, v)
}

// isUsersOwn says whether the keys of an object are words of users.
func isUsersOwn(key string) bool {
	return slices.Contains([]string{"event_properties", "user_properties", "group_properties", "properties", "groups"}, key)
}

// numbers changes every number but ids.
func numbers(change func(json.Number) any) func(*call) {
	return edited(func(v any) any {
		return walk(v, "", func(key string, v any) any {
			if n, ok := v.(json.Number); ok && !isID(key) {
				return change(n)
			}
			return v
		})
	})
}

func isID(key string) bool {
	return strings.HasSuffix(key, "_id") || strings.HasSuffix(key, "_ids") || strings.HasSuffix(key, "Index")
}

func ids(change func(json.Number) any) func(*call) {
	return edited(func(v any) any {
		return walk(v, "", func(key string, v any) any {
			if n, ok := v.(json.Number); ok && strings.Contains(key, "amplitude_id") {
				return change(n)
			}
			return v
		})
	})
}

// bytesOf answers with what edit makes of the body as it is.
func bytesOf(edit func([]byte) []byte) func(*call) { return func(c *call) { c.with(edit) } }

func pageKinds() []Kind {
	const says = "It says that a web page came instead of data, and what that may mean."
	return []Kind{
		{"page", says, Fails, status(200, asHTML, page)},
		{"page-as-json", says, Fails, status(200, asJSON, "\n  <html><body>Sign in</body></html>")},
		{"page-untyped", says, Fails, status(200, "", "<!doctype HTML><p>maintenance")},
		{"text", "It says that the answer is not understood.", Fails, status(200, asText, "OK")},
		{"xml", "It says that the answer is not understood.", Fails, status(200, "application/xml", `<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>`)},
		{"empty", "It says that the answer is not understood: nothing is not “no data”.", Fails, status(200, asJSON, "")},
	}
}

func textKinds() []Kind {
	const refuses = "It says that the answer is not understood, and draws nothing of it."
	return []Kind{
		{"truncated", refuses, Fails, bytesOf(func(b []byte) []byte { return b[:len(b)/2] })},
		{"truncated-late", refuses, Fails, bytesOf(func(b []byte) []byte { return b[:len(b)-1] })},
		{"two-answers", refuses, Fails, bytesOf(func(b []byte) []byte { return append(slices.Clone(b), b...) })},
		{"byte-order-mark", refuses, Fails, bytesOf(func(b []byte) []byte { return append([]byte("\ufeff"), b...) })},
		{"utf-16", refuses, Fails, bytesOf(func(b []byte) []byte {
			var out []byte
			for _, u := range utf16.Encode([]rune(string(b))) {
				out = append(out, byte(u), byte(u>>8))
			}
			return out
		})},
		{"invalid-utf-8", "It shows a mark in the place of what is no letter.", Gaps, reworded(func(s string) string { return s + "\xff\xc3(\xed\xa0\x80\xf4\x90\x80\x80" })},
		{"comments", refuses, Fails, bytesOf(func(b []byte) []byte { return append([]byte("/* cached */ "), b...) })},
		{"guard", refuses, Fails, bytesOf(func(b []byte) []byte { return append([]byte(")]}',\n"), b...) })},
	}
}

// reworded changes every word of the answer that is no date; the result need not be
// UTF-8.
func reworded(change func(string) string) func(*call) {
	return func(c *call) {
		c.with(func(body []byte) []byte {
			v := words(decode(body), "", func(s string) string { return change(s) })
			return writeJSON(nil, v, asItIs)
		})
	}
}

func shapeKinds() []Kind {
	const refuses = "It says that the answer is not understood: what lacks its data is not “no data”."
	data := func(v any) func(*call) {
		return edited(func(all any) any {
			m, ok := all.(map[string]any)
			if !ok {
				return all
			}
			for _, key := range []string{"data", "matches", "userData", "events"} {
				if _, ok := m[key]; ok {
					m[key] = v
				}
			}
			return m
		})
	}
	return []Kind{
		{"null", refuses, Fails, status(200, asJSON, "null")},
		{"list", refuses, Fails, status(200, asJSON, "[]")},
		{"word", refuses, Fails, status(200, asJSON, `"data"`)},
		{"nothing", refuses, Fails, status(200, asJSON, "{}")},
		{"error-as-answer", "It says the reason that stands where the data should be.", Fails, status(200, asJSON, errorBody(400, "Invalid user property moon"))},
		{"data-null", refuses, Fails, data(nil)},
		{"data-word", refuses, Fails, data("data")},
		{"data-number", refuses, Fails, data(json.Number("7"))},
		{"data-false", refuses, Fails, data(false)},
		{"data-odd", refuses, Fails, data([]any{[]any{nil}, json.Number("1"), "x"})},
		{"answer-to-another", refuses, Fails, func(c *call) { another(c) }},
	}
}

// another is the answer to a question of another kind.
func another(c *call) {
	series := []string{"segmentation", "/2/users", "/sessions/", "/composition", "/realtime", "/chart/"}
	if slices.ContainsFunc(series, func(path string) bool { return strings.Contains(c.request.URL.Path, path) }) {
		c.say(200, asJSON, `{"data":[{"value":"Song Played","totals":7}]}`)
		return
	}
	c.say(200, asJSON, `{"data":{"series":[[7,7]],"seriesLabels":[0],"seriesCollapsed":[[{"value":14}]],"xValues":["2026-11-23","2026-11-24"]}}`)
}

const missing = "It draws what is missing as missing: never as zero, and never as a number."

func numberKinds() []Kind {
	instead := func(literal string) func(*call) {
		return func(c *call) {
			c.with(func(body []byte) []byte {
				v := walk(decode(body), "", func(key string, v any) any {
					if _, ok := v.(json.Number); ok && !isID(key) {
						return bare(literal)
					}
					return v
				})
				return writeJSON(nil, v, asItIs)
			})
		}
	}
	return []Kind{
		{"numbers-null", missing, Gaps, numbers(func(json.Number) any { return nil })},
		{"numbers-text", "It takes a number in quotation marks for the number.", Whole, numbers(func(n json.Number) any { return n.String() })},
		{"numbers-boxed", "It takes an object with a value for the value.", Whole, edited(func(v any) any {
			return walk(v, "", func(key string, v any) any {
				if n, ok := v.(json.Number); ok && !isID(key) && key != "value" {
					return map[string]any{"setId": "", "value": n}
				}
				return v
			})
		})},
		{"numbers-nan", missing, Gaps, numbers(func(json.Number) any { return "NaN" })},
		{"numbers-nan-bare", "It says that the answer is not understood: NaN is no JSON.", Fails, instead("NaN")},
		{"numbers-infinite", missing, Gaps, numbers(func(json.Number) any { return "Infinity" })},
		{"numbers-1e400", missing, Gaps, instead("1e400")},
		{"numbers-huge", missing, Gaps, instead("1.7976931348623157e308")},
		{"numbers-words", missing, Gaps, numbers(func(json.Number) any { return "many" })},
		{"numbers-true", missing, Gaps, numbers(func(json.Number) any { return true })},
		{"numbers-lists", "It says that the answer is not understood, or draws what is missing as missing.", Gaps, numbers(func(n json.Number) any { return []any{n, n} })},
		{"numbers-dots", "It says that the answer is not understood: 1.2.3 is no JSON.", Fails, instead("1.2.3")},
		{"ids-large", "It says that a user without a usable id cannot be opened, and asks for nobody else.", Gaps, ids(func(json.Number) any { return json.Number("92233720368547758079") })},
		{"ids-text", "It takes an id in quotation marks for the id.", Whole, ids(func(n json.Number) any { return n.String() })},
		{"ids-null", "It says that a user without an id cannot be opened, and asks for nobody else.", Gaps, ids(func(json.Number) any { return nil })},
		{"ids-floating", "It says that a user without a usable id cannot be opened, and asks for nobody else.", Gaps, ids(func(json.Number) any { return json.Number("9.0000000001e11") })},
		{"flags-text", "It takes true in quotation marks for true: what is incomplete stays so.", Whole, edited(func(v any) any {
			return walk(v, "", func(_ string, v any) any {
				if b, ok := v.(bool); ok {
					return fmt.Sprint(b)
				}
				return v
			})
		})},
		{"flags-numbers", "It takes 1 for true: what is incomplete stays so.", Whole, edited(func(v any) any {
			return walk(v, "", func(_ string, v any) any {
				switch v {
				case true:
					return 1
				case false:
					return 0
				}
				return v
			})
		})},
	}
}

func keyKinds() []Kind {
	return []Kind{
		{"keys-missing", "It draws what is missing as missing, or says that the answer is not understood.", Gaps, edited(lacking)},
		{"keys-more", "It leaves alone what it does not know.", Whole, edited(func(v any) any { return more(v) })},
		{"keys-twice", "It says that the answer is not understood: which of two values is meant cannot be known.", Fails, bytesOf(func(b []byte) []byte { return writeJSON(nil, decode(b), twice) })},
		{"keys-twice-lying-first", "It says that the answer is not understood: which of two values is meant cannot be known.", Fails, bytesOf(func(b []byte) []byte { return writeJSON(nil, decode(b), lieFirst) })},
		{"keys-in-capitals", "It takes no key for another that differs in capitals.", Gaps, bytesOf(func(b []byte) []byte { return writeJSON(nil, decode(b), capitals) })},
	}
}

// lacking drops every fourth key of every object: some of what is needed, and some
// of what is not.
func lacking(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, in := range v {
			v[k] = lacking(in)
		}
		if len(v) < 40 { // dates are not fields
			for i, k := range slices.Sorted(maps.Keys(v)) {
				if i%4 == 3 && k != "data" {
					delete(v, k)
				}
			}
		}
	case []any:
		for i, in := range v {
			v[i] = lacking(in)
		}
	}
	return v
}

// more adds keys that nobody knows to all objects but those of dates and users.
func more(v any) any {
	switch v := v.(type) {
	case map[string]any:
		own := false
		for k, in := range v {
			if isUsersOwn(k) || k == "values" || k == "complete" {
				continue
			}
			v[k] = more(in)
			own = own || strings.Contains(k, "20")
		}
		if !own {
			v["new_in_2027"], v[""], v["__proto__"] = []any{nil, json.Number("7")}, "", map[string]any{"a": nil}
		}
	case []any:
		for i, in := range v {
			v[i] = more(in)
		}
	}
	return v
}

func seriesKinds() []Kind {
	const differ = "It says that the answer is not understood: which date a value belongs to cannot be known."
	return []Kind{
		{"series-long", differ, Fails, edited(func(v any) any { return rows(v, 1) })},
		{"series-short", "It leaves the end open, and says so.", Gaps, edited(func(v any) any { return rows(v, -1) })},
		{"series-lost", "It says that the answer is not understood: half of it is not drawn as the whole.", Fails, edited(lost)},
		{"dates-missing", differ, Fails, edited(func(v any) any { return dates(v, func([]any) []any { return []any{} }) })},
		{"dates-odd", "It draws the values under the words that came, and calls them no dates.", Gaps, edited(func(v any) any {
			return dates(v, func(all []any) []any {
				for i := range all {
					all[i] = fmt.Sprintf("day %d", i)
				}
				return all
			})
		})},
		{"sampled", "It says that the answer is sampled, cut off and late, beside the figures.", Whole, edited(func(v any) any {
			if m, ok := v.(map[string]any); ok && m["minSampleRate"] != nil {
				m["minSampleRate"], m["prunedResult"], m["hitChunkGroupByLimit"], m["realtimeDataMissing"] = json.Number("0.1"), true, true, true
			}
			return v
		})},
		{"old", "It says the time that the answer is of, and takes nothing for over that was not over then.", Aged, edited(func(v any) any {
			if m, ok := v.(map[string]any); ok && m["timeComputed"] != nil {
				m["timeComputed"], m["wasCached"] = json.Number("1790000000000"), true
			}
			return v
		})},
	}
}

// rows makes the rows of numbers in the answer longer or shorter by some. Answers
// without rows lose or get an element of their lists of cells.
func rows(v any, by int) any {
	switch v := v.(type) {
	case map[string]any:
		for k, in := range v {
			if !isUsersOwn(k) {
				v[k] = rows(in, by)
			}
		}
	case []any:
		if len(v) > 1 && slices.ContainsFunc(v, isNumber) {
			if by > 0 {
				return append(v, json.Number("7"))
			}
			return v[:len(v)-1]
		}
		for i, in := range v {
			v[i] = rows(in, by)
		}
	}
	return v
}

func isNumber(v any) bool { _, ok := v.(json.Number); return ok }

// lost drops the last series, or the last count of a funnel, and leaves its label.
func lost(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, in := range v {
			list, ok := in.([]any)
			if ok && (k == "series" || k == "cumulativeRaw") && len(list) > 0 {
				v[k] = list[:len(list)-1]
				continue
			}
			v[k] = lost(in)
		}
	case []any:
		for i, in := range v {
			v[i] = lost(in)
		}
	}
	return v
}

// dates changes the lists of dates.
func dates(v any, change func([]any) []any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, in := range v {
			if list, ok := in.([]any); ok && (k == "xValues" || k == "dates" || k == "datetimes") {
				v[k] = change(list)
				continue
			}
			v[k] = dates(in, change)
		}
	case []any:
		for i, in := range v {
			v[i] = dates(in, change)
		}
	}
	return v
}
