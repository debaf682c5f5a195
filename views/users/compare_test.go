package users

import (
	"encoding/json"
	"testing"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
)

// A property of the project's that is called like one of the API's is told apart, also
// where only one of both is masked.
func TestPropertiesOfOneNameAreToldApart(t *testing.T) {
	user := func(plan string, purchases float64, counted string) []trait {
		u := api.User{UserID: text.New("ada"), Purchases: purchases, Properties: json.RawMessage(`{"purchases":` + counted + `,"plan":"` + plan + `"}`)}
		return traits(u, nil, views.NewMask([]byte("key"), false, nil), noon())
	}
	want := []pair{{"purchases", "36", "2"}, {"plan", "pro", "free"}, {"gp:purchases", "35", "1"}}
	got := differing(user("pro", 36, "35"), user("free", 2, "1"))
	for i := range want {
		if len(got) != len(want) || got[i] != want[i] {
			t.Fatalf("they differ in %v, want %v", got, want)
		}
	}
}
