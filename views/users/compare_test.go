package users

import "testing"

// A property of the project's that is called like one of the API's is told apart.
func TestPropertiesOfOneNameAreToldApart(t *testing.T) {
	a := []trait{{name: "purchases", shown: "36"}, {name: "gp:purchases", shown: "35"}, {name: "gp:plan", shown: "pro"}}
	b := []trait{{name: "purchases", shown: "2"}, {name: "gp:purchases", shown: "1"}, {name: "gp:plan", shown: "free"}}
	want := []pair{{"purchases", "36", "2"}, {"gp:purchases", "35", "1"}, {"plan", "pro", "free"}}
	got := differing(a, b)
	for i := range want {
		if len(got) != len(want) || got[i] != want[i] {
			t.Fatalf("they differ in %v, want %v", got, want)
		}
	}
}
