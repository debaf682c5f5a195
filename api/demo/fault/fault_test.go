package fault

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryKindHasANameOfItsOwnAndASentence(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Kinds() {
		if seen[k.Name] || k.Name == "" || strings.Trim(k.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Errorf("%q is no name, or not the only one", k.Name)
		}
		seen[k.Name] = true
		if !strings.HasPrefix(k.Client, "It ") || !strings.HasSuffix(k.Client, ".") {
			t.Errorf("%s: %q says not what a good client does", k.Name, k.Client)
		}
		if found, ok := Find(k.Name); !ok || found.Name != k.Name {
			t.Errorf("%s is not found", k.Name)
		}
	}
	if len(seen) < 60 {
		t.Errorf("%d kinds", len(seen))
	}
	t.Logf("%d kinds, %d words", len(seen), len(Words()))
}

func TestNoTwoHostileWordsAreTheSame(t *testing.T) {
	all := Words()
	if len(all) < 500 {
		t.Errorf("%d words", len(all))
	}
	slices.Sort(all)
	for i := range all[1:] {
		if all[i] == all[i+1] {
			t.Errorf("%q is there twice", all[i])
		}
	}
}
