package users

import (
	"bytes"
	"strings"
)

// mostCompared bounds the events that are looked at to show a word under the mask.
const mostCompared = 2000

// searched is what the word to show depends on.
type searched struct {
	find         string
	hits, events int
	mask         int
}

// findWord is the text that is searched for as it may be shown. It is the word of whoever
// searches, and it may be the user's address: under the mask it is shown where all that it
// finds is shown too, and a pseudonym where it is found in what is masked, or nowhere.
func (v *view) findWord() string {
	if !v.env.Mask.On() || v.state.Find == "" {
		return v.state.Find
	}
	masked := v.state.masked(v.env.Mask).Find
	if v.person == nil || v.hits.text != foundAs(v.state.Find) {
		return masked
	}
	now := searched{v.state.Find, len(v.hits.at), v.person.history.count(), v.env.Mask.Turn()}
	return v.word.Get(now, func() string {
		if v.showsAllFound() {
			return v.state.Find
		}
		return masked
	})
}

// showsAllFound says whether the mask leaves all that the search has found as it is, and
// hides nothing of the user that holds the text.
func (v *view) showsAllFound() bool {
	if len(v.hits.at) == 0 || len(v.hits.at) > mostCompared {
		return false
	}
	mask := v.env.Mask
	holds := func(s string) bool { return strings.Contains(foundAs(s), v.hits.text) }
	hides := func(plain, masked string) bool { return holds(plain) && !holds(masked) }
	plain, masked := traits(v.person.user, nil, nil, v.now()), traits(v.person.user, nil, mask, v.now())
	for i := range plain {
		if hides(plain[i].shown, masked[i].shown) {
			return false
		}
	}
	for _, s := range v.person.history.spans {
		for i := range s.events {
			e := &s.events[i]
			if !v.hits.at[e.spot] {
				continue
			}
			sent, shown := wordsOf(v.person.history.json(e)), wordsOf(v.eventDoc(e))
			if len(sent) != len(shown) {
				return false
			}
			for k := range sent {
				if hides(sent[k], shown[k]) {
					return false
				}
			}
			for _, c := range e.changes {
				if hides(c.from.Safe(), mask.Property(c.name, c.from).Safe()) || hides(c.to.Safe(), mask.Property(c.name, c.to).Safe()) {
					return false
				}
			}
		}
	}
	return true
}

// wordsOf are all names and values of an event.
func wordsOf(doc []byte) []string {
	var b bytes.Buffer
	writeWords(&b, doc)
	return strings.Split(b.String(), string(apart))
}
