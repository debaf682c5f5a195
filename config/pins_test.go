package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestPinsOfTheProgramWinOverTheConfigurations(t *testing.T) {
	env := world(t)
	shop := Profile{Name: "shop", Pins: []string{"gp:plan"}}
	got, err := LoadPins(shop, env)
	if err != nil || !reflect.DeepEqual(got, shop.Pins) {
		t.Errorf("without a file: %v, %v", got, err)
	}
	if err := SavePins(shop, []string{"gp:email", "country"}, env); err != nil {
		t.Fatal(err)
	}
	if err := SavePins(Profile{Name: "other"}, nil, env); err != nil {
		t.Fatal(err)
	}
	if got, err := LoadPins(shop, env); err != nil || !reflect.DeepEqual(got, []string{"gp:email", "country"}) {
		t.Errorf("kept: %v, %v", got, err)
	}
	if got, err := LoadPins(Profile{Name: "other", Pins: []string{"gp:plan"}}, env); err != nil || len(got) != 0 {
		t.Errorf("all pins dropped: %v, %v", got, err)
	}
	if err := SavePins(shop, []string{""}, env); err == nil {
		t.Error("a property without a name was kept")
	}
}

func TestAPinFileThatCannotBeReadIsSaidAndNotOverwritten(t *testing.T) {
	env := world(t)
	shop := Profile{Name: "shop", Pins: []string{"gp:plan"}}
	put(t, pins(env).path(), "[1")
	if got, err := LoadPins(shop, env); err == nil || !reflect.DeepEqual(got, shop.Pins) {
		t.Errorf("%v, %v", got, err)
	}
	if err := SavePins(shop, nil, env); err == nil || !strings.Contains(err.Error(), "pins.json") {
		t.Errorf("saving: %v", err)
	}
	if data, _ := os.ReadFile(pins(env).path()); string(data) != "[1" {
		t.Errorf("the file is now %s", data)
	}
	nowhere := func(string) string { return "" }
	if got, err := LoadPins(shop, nowhere); err != nil || !reflect.DeepEqual(got, shop.Pins) {
		t.Errorf("without a home: %v, %v", got, err)
	}
	if SavePins(shop, nil, nowhere) == nil {
		t.Error("without a home something was saved")
	}
}

func TestSavingAProfileKeepsWhatTheFormDoesNotAsk(t *testing.T) {
	env := world(t)
	put(t, Path(env), "[profiles.shop]\nmask = true\nmask_shows = [\"gp:plan\"]\npins = [\"gp:email\"]\nweb = \"https://app.amplitude.com/analytics/o/project/1\"\n")
	if err := SaveProfile(Profile{Name: "shop", Region: "eu"}, env); err != nil {
		t.Fatal(err)
	}
	c, warnings, err := Load(Path(env))
	want := Profile{
		Name: "shop", Region: "eu", Mask: true, MaskShows: []string{"gp:plan"}, Pins: []string{"gp:email"},
		Web: "https://app.amplitude.com/analytics/o/project/1",
	}
	if err != nil || len(warnings) > 0 || !reflect.DeepEqual(c.Profiles["shop"], want) {
		t.Errorf("%+v, %v, %v", c.Profiles["shop"], warnings, err)
	}
}

func TestTheWebAddressIsAPlainOne(t *testing.T) {
	for _, good := range []string{"", "https://app.amplitude.com/analytics/org/project/1", "https://app.eu.amplitude.com", "https://app.example.com:8443/x/"} {
		if err := (Profile{Name: "a", Web: good}).check(); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{
		"app.amplitude.com", "http://app.amplitude.com", "https://ada:hunter2@app.amplitude.com", "https://app.amplitude.com/?a=hunter2",
		"https://app.amplitude.com/?", "https://app.amplitude.com/#hunter2", "https://app.amplitude.com/#", "javascript:alert(1)", "https:///x", "https:x",
		"https://app.amplitude.com/a b", "https://app.amplitude.com/\x1b]8;;", "https://app.amplitude.com/\"",
	} {
		err := (Profile{Name: "a", Web: bad}).check()
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestPinsAreTheirOwnersAndFollowNoLink(t *testing.T) {
	env := world(t)
	if err := SavePins(Profile{Name: "shop"}, []string{"gp:plan"}, env); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(pins(env).path()); err != nil || info.Mode().Perm()&0o077 != 0 && filepath.Separator == '/' {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	put(t, elsewhere, `{"shop": ["gp:stolen"]}`)
	if err := os.Remove(pins(env).path()); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, pins(env).path()); err != nil {
		t.Skip(err)
	}
	if got, err := LoadPins(Profile{Name: "shop"}, env); err == nil || len(got) > 0 {
		t.Errorf("read through a link: %v, %v", got, err)
	}
	if SavePins(Profile{Name: "shop"}, []string{"gp:plan"}, env) == nil {
		t.Error("wrote through a link")
	}
}
