package views

import (
	"errors"
	"fmt"
	"testing"

	"amptui/keys"
)

func TestWhatMendsAnErrorIsAKeyOnlyWhereThereAreKeys(t *testing.T) {
	wrong := errors.New("this is empty")
	err := fmt.Errorf("step 2: %w", Mendable{
		Err: wrong, Key: func(k keys.Map) keys.Key { return k.AddStep }, To: "to fill it", Shell: "write MORE",
	})
	if got := err.Error(); got != "step 2: this is empty: write MORE" {
		t.Errorf("in the shell: %s", got)
	}
	own, _ := keys.Default().Rebind(map[string][]string{"add-step": {"ctrl+t"}}, func(string) int { return 0 })
	none, _ := keys.Default().Rebind(map[string][]string{"add-step": {}}, func(string) int { return 0 })
	for _, c := range []struct {
		keys keys.Map
		want string
	}{
		{own, "step 2: this is empty: press ctrl+t to fill it"},
		{none, "step 2: this is empty: choose “add a step” in the palette to fill it"},
	} {
		if got := OnScreen(err, c.keys); got.Error() != c.want || !errors.Is(got, wrong) {
			t.Errorf("on the screen: %v; want %s", got, c.want)
		}
	}
	if got := OnScreen(wrong, own); got != wrong {
		t.Errorf("another error becomes %v", got)
	}
}
