package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/charts/theme"
	"amptui/keys"
	"amptui/views"
	viewform "amptui/views/form"
	"amptui/views/query"
)

// Whatever can be asked, the form that is opened and taken as it is asks the same:
// names that no terminal shows, names that look like flags, empty words.
func FuzzTheFormKeepsTheQuestion(f *testing.F) {
	for _, line := range append(formLines(),
		"segment", `segment -- -x --from`, `segment $'Evil\x1b' --rolling-average 7 --face table --hide "" --hide " "`,
		`segment "A \[x]" "B[event:x is y][by event:z]" --metric formula --formula 'PROPSUM(B)' --limit 5 --fit`,
		`segment "$'a'" --hide $'\xff' --hide "\$'x'" --where $'gp:x is "\\ufffd"'`,
		`segment X --where 'performed "Y[event:a is b]" >= 3 in 30d' --segment 'cohort is not "not 5"'`,
		`funnel`, `funnel A`, `funnel A A " A "`, `retention --mode bracket --brackets 0-30 --counts`, `retention _active " "`,
		`users`, `users -- -5`, `users $'a\tb' --find ' ' --only ' x ' --beside y --at "2 mar 14:00"`,
		`events 'purch !cancel $x`, `events "'exact" !no --reverse`, `revenue --from '1 mar' --to 2026-03`,
	) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		words, err := query.Split(line)
		if err != nil || len(words) == 0 {
			return
		}
		for _, spec := range catalog() {
			if spec.Name != words[0] {
				continue
			}
			v, err := spec.New(views.Env{}, words[1:])
			if err != nil {
				return
			}
			form, err := viewform.New(spec, v.Link().Args)
			if err != nil {
				t.Fatalf("%q has no form: %v", line, err)
			}
			form.Open()
			if form.Press(tea.KeyMsg{Type: tea.KeyEnter}) != viewform.Taken {
				t.Fatalf("%q: the form does not take it", line)
			}
			again, err := spec.New(views.Env{}, form.Args())
			if err != nil || again.Link().Line() != v.Link().Line() {
				t.Fatalf("the form of\n%s asks %q: %v", v.Link().Line(), form.Args(), err)
			}
			form.Draw(60, 15, theme.Plain(), keys.Default())
		}
	})
}
