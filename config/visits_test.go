package config

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestVisitsOfTenThousandEventsAreKept(t *testing.T) {
	env := world(t)
	list := Visit{Taken: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), Totals: map[string]float64{}, Names: []string{"never counted"}}
	for i := range 10_000 {
		list.Totals[fmt.Sprintf("Some Event Of A Name %d", i)] = float64(i * 997)
	}
	want := Visits{Last: list, Before: list}
	for _, name := range []string{"shop", "other/../shop", "ü:*?"} {
		profile := Profile{Name: name}
		if err := SaveVisits(profile, want, env); err != nil {
			t.Fatal(err)
		}
		if got, ok, err := LoadVisits(profile, env); err != nil || !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: kept %d and %d events, %v, %v", name, len(got.Last.Totals), len(got.Before.Totals), ok, err)
		}
		path := visits(profile, env).path()
		if info, err := os.Lstat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 || !strings.HasPrefix(path, StateDir(env)) {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	if files, err := os.ReadDir(StateDir(env)); err != nil || len(files) != 3 {
		t.Errorf("%v, %v", files, err)
	}
}

func TestVisitsAreNotWrittenThroughALink(t *testing.T) {
	env := world(t)
	shop := Profile{Name: "shop"}
	path, target := visits(shop, env).path(), t.TempDir()+"/target"
	put(t, path, "{}")
	put(t, target, "{}")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, path); err != nil {
		t.Skip(err)
	}
	if err := SaveVisits(shop, Visits{}, env); err == nil {
		t.Error("written")
	}
	if _, _, err := LoadVisits(shop, env); err == nil {
		t.Error("read")
	}
	if data, _ := os.ReadFile(target); string(data) != "{}" {
		t.Errorf("the target is now %s", data)
	}
}
