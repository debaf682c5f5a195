package users

import (
	"strings"
	"testing"

	"amptui/views"
)

// The word one searches for is one's own: the mask leaves it where all that it finds is
// shown, and hides it where it is found in what is hidden, or nowhere.
func TestASearchedWordIsMaskedWithWhatItFinds(t *testing.T) {
	for find, shown := range map[string]bool{
		"payment":   true,  // the name of an event
		"METHOD":    true,  // the name of a property
		"kreuzberg": false, // the value of one
		"ada":       false, // also in who it is
		"search":    false, // the name of an event, and a value
		"bob@home":  false, // nowhere: whose it is nobody knows
		"pro":       false, // what a property of the user was
	} {
		v := soldTo(
			sent("Payment Submitted", 30, 3, `"event_type":"Payment Submitted","event_properties":{"method":"card","place":"Kreuzberg"},"user_properties":{"plan":"free"}`),
			sent("Canada Opened", 20, 3, `"event_type":"Canada Opened","user_properties":{"plan":"pro"}`),
			sent("Search", 10, 3, `"event_type":"Search","event_properties":{"from":"search box"}`),
		)
		v.env.Mask = views.NewMask([]byte("key"), true, nil)
		v.tell()
		v.state.Find = find
		if strings.Contains(v.Link().Line(), find) {
			t.Errorf("%q is shown before it was searched for", find)
		}
		v.hits, _ = search(t.Context(), v.person.history.spans, find)
		line, ticket := v.Link().Line(), strings.Join(v.ticket(), "\n")
		if strings.Contains(line, "--find "+find) != shown || strings.Contains(ticket, "Searched for: "+find) != shown {
			t.Errorf("%q is shown or not:\n%s\n%s", find, line, ticket)
		}
		if !shown && (!strings.Contains(line, "--find text-") || !strings.Contains(ticket, "Searched for: text-")) {
			t.Errorf("%q has no pseudonym:\n%s\n%s", find, line, ticket)
		}
	}
}
