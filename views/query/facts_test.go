package query

import (
	"encoding/json"
	"testing"
)

func TestFiltersReadAnEventAsTheAPIDoes(t *testing.T) {
	doc := json.RawMessage(`{"platform":"iOS","os_name":"ios","os_version":"18.1","version_name":"3.5","device_family":"","paying":null,"dma":501,
		"event_properties":{"n":2.50,"id":9007199254740993,"s":"2","empty":"","yes":true,"nothing":null,"list":[1, "b"],"Title":"Nördlich"},
		"user_properties":{"plan":"pro","visits":3}}`)
	for filter, want := range map[string]bool{
		`n is 2.5`: true, `n is 2.500`: true, `n > 2`: true, `n >= 2.5`: true, `n < 2.5`: false, `n <= 2.5, 1`: true, `n is not 2.5`: false,
		`id is 9007199254740993`: true, `id contains 0993`: true,
		`s is 2`: true, `s is 2.0`: false, `s < 10`: true, `empty is ""`: true, `empty is (none)`: false, `yes is true`: true, `yes > 0`: false,
		`nothing is (none)`: true, `nothing contains n`: false, `nothing does not contain n`: true, `nothing < 1`: false, `absent is not 1`: true, `absent is not (none)`: false,
		`list is "[1,\"b\"]"`: true, `list contains B`: true, `Title contains NÖRD`: true, `title is Nördlich`: false, `Title is not a, Nördlich`: false, `n set is 2.5`: true, `n set is not 1, 2.5`: false,
		`gp:plan is free, pro`: true, `gp:visits > 2`: true, `gp:none is (none)`: true,
		`platform is iOS`: true, `os is "ios 18.1"`: true, `version is 3.5`: true, `version is 3.50`: false, `version >= 3`: true,
		`device is (none)`: true, `paying is (none)`: true, `DMA is 501`: true, `country is (none)`: true,
	} {
		f, err := ParseFilter(filter, true)
		if err != nil {
			t.Fatalf("%s: %v", filter, err)
		}
		if got := FactsOf(doc).Pass(f); got != want {
			t.Errorf("%s is %v; want %v", filter, got, want)
		}
	}
	f, _ := ParseFilter(`n is (none)`, true)
	for _, broken := range []string{``, `null`, `[1]`, `{"event_properties":7}`, `{"event_properties":{`} {
		if !FactsOf(json.RawMessage(broken)).Pass(f) {
			t.Errorf("%q has the property", broken)
		}
	}
}
