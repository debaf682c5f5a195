package views

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
)

// A Choice is one suggestion of a prompt.
type Choice struct {
	Value string // what is taken
	Label string // how it is shown, fit for the terminal; Value when empty
	Note  string // said behind it
	Also  string // other words by which it is found, not shown

	// Likely is how likely it is meant, such as how often it occurs: of those that hold what
	// is typed in the same way the likeliest is first.
	Likely float64
}

func (c Choice) label() string {
	if c.Label != "" {
		return c.Label
	}
	return text.Clean(c.Value)
}

// A Prompt is a line to type in, with suggestions that narrow as one types.
// The zero Prompt is closed.
type Prompt struct {
	Title string
	Hint  string // shown while nothing is typed
	Best  bool   // typing chooses the best suggestion; up goes back to what is typed

	// Typed says of a text that it is taken as it is typed, not as the best
	// suggestion; nil is no text.
	Typed func(string) bool

	input   textinput.Model
	former  bool // what stands is from before: a letter that is typed takes its place
	choices []Choice
	shown   []int // indexes of the choices that match what is typed
	at      int   // the suggestion under the cursor; -1 is none
	free    bool
	open    bool
	opened  int // how often it was opened
	wrong   string
	take    func(string) (tea.Cmd, error)
}

// PickBest makes the open prompt one of names: enter takes the suggestion that
// matches best, without a letter the first.
func (p *Prompt) PickBest() {
	p.Best = true
	p.at = p.best()
}

// Open shows the prompt. take gets what was typed or chosen; its error keeps
// the prompt open and is shown. With free, what is typed may be none of the
// choices.
func (p *Prompt) Open(title, value string, free bool, choices []Choice, take func(string) (tea.Cmd, error)) {
	*p = Prompt{Title: title, choices: choices, free: free, take: take, open: true, opened: p.opened + 1, at: -1}
	p.input = NewInput()
	p.input.SetValue(value)
	p.input.CursorEnd()
	p.narrow()
	if !free {
		p.at = 0
	}
}

// OpenSearch shows the prompt with what was searched for before: enter searches for that
// again, and a letter that is typed takes its place.
func (p *Prompt) OpenSearch(title, before string, take func(string) (tea.Cmd, error)) {
	p.Open(title, before, true, nil, take)
	p.former = before != ""
}

// NewInput is a line editor as every text field of the program uses it: no
// blinking, no clipboard of its own.
func NewInput() textinput.Model {
	in := textinput.New()
	in.KeyMap.Paste = key.NewBinding(key.WithDisabled())
	in.KeyMap.AcceptSuggestion = key.NewBinding(key.WithDisabled())
	in.KeyMap.NextSuggestion = key.NewBinding(key.WithDisabled())
	in.KeyMap.PrevSuggestion = key.NewBinding(key.WithDisabled())
	in.Focus()
	return in
}

// Choices gives the prompt other suggestions, as when they have just loaded.
func (p *Prompt) Choices(c []Choice) {
	p.choices = c
	p.narrow()
	if p.free && p.at <= 0 {
		p.at = p.best()
	}
}

// IsOpen says whether the prompt takes the keys.
func (p *Prompt) IsOpen() bool { return p.open }

// Value is what is typed.
func (p *Prompt) Value() string { return p.input.Value() }

// takesTyped says that enter would take what is typed, though nothing offers it.
func (p *Prompt) takesTyped() bool {
	return p.free && (p.Typed == nil || p.Typed(strings.TrimSpace(p.input.Value())))
}

// Chosen is what enter takes now: the suggestion under the cursor, else what is
// typed.
func (p *Prompt) Chosen() string {
	if p.at >= 0 && p.at < len(p.shown) {
		return p.choices[p.shown[p.at]].Value
	}
	return p.input.Value()
}

// HasChoices says whether there is anything to choose from.
func (p *Prompt) HasChoices() bool { return len(p.choices) > 0 }

// Close puts the prompt away.
func (p *Prompt) Close() { p.open = false }

// Update takes a key while the prompt is open.
func (p *Prompt) Update(msg tea.KeyMsg) tea.Cmd {
	p.wrong = ""
	if !msg.Paste {
		switch msg.Type {
		case tea.KeyEsc, tea.KeyCtrlC:
			p.Close()
			return nil
		case tea.KeyEnter:
			return p.accept()
		case tea.KeyUp, tea.KeyCtrlP, tea.KeyShiftTab:
			p.step(-1)
			return nil
		case tea.KeyDown, tea.KeyCtrlN:
			p.step(1)
			return nil
		case tea.KeyTab:
			p.complete()
			return nil
		}
	}
	was := p.input.Value()
	if p.former && msg.Type == tea.KeyRunes {
		p.input.SetValue("")
	}
	p.former = false
	p.input, _ = p.input.Update(msg)
	if p.input.Value() != was {
		p.narrow()
		if p.free {
			p.at = p.best()
		}
	}
	return nil
}

// best is the suggestion that enter takes among names: the first one, unless
// what is typed is one of them itself.
func (p *Prompt) best() int {
	typed := strings.TrimSpace(p.input.Value())
	if !p.Best || len(p.shown) == 0 || typed == "" && p.Typed != nil || p.Typed != nil && p.Typed(typed) || slices.ContainsFunc(p.choices, func(c Choice) bool { return c.Value == typed }) {
		return -1
	}
	return 0
}

func (p *Prompt) step(by int) {
	least := 0
	if p.free {
		least = -1
	}
	p.at = max(least, min(p.at+by, len(p.shown)-1))
}

func (p *Prompt) complete() {
	if len(p.shown) == 0 {
		return
	}
	p.input.SetValue(p.choices[p.shown[max(p.at, 0)]].Value)
	p.input.CursorEnd()
	p.narrow()
}

func (p *Prompt) accept() tea.Cmd {
	value := p.Chosen()
	if !p.free && (p.at < 0 || p.at >= len(p.shown)) {
		p.wrong = "nothing matches: type less, or esc"
		return nil
	}
	opened := p.opened
	cmd, err := p.take(value)
	if err != nil {
		p.wrong = text.Clean(err.Error())
		return nil
	}
	if p.opened == opened { // it may have been opened for the next value
		p.Close()
	}
	return cmd
}

// narrow keeps the choices that match, best first.
func (p *Prompt) narrow() {
	p.shown = p.shown[:0]
	typed := strings.TrimSpace(p.input.Value())
	if typed == "" {
		for i := range p.choices {
			p.shown = append(p.shown, i)
		}
	} else {
		found := make([]string, len(p.choices))
		for i, c := range p.choices {
			found[i] = strings.TrimSpace(c.label() + " " + c.Also)
		}
		off := make([]int, len(p.choices))
		for _, m := range fuzzy.Find(typed, found) {
			c := p.choices[m.Index]
			off[m.Index] = min(apart(c.label(), typed), apart(c.Also, typed))
			p.shown = append(p.shown, m.Index)
		}
		slices.SortStableFunc(p.shown, func(a, b int) int {
			if off[a] == off[b] && off[a] < lettersOnly {
				return cmp.Compare(p.choices[b].Likely, p.choices[a].Likely)
			}
			return off[a] - off[b]
		})
	}
	p.at = min(p.at, len(p.shown)-1)
	if !p.free {
		p.at = max(p.at, min(0, len(p.shown)-1))
	}
}

// lettersOnly is how far a label is that only has the letters: which are the most telling
// of those, such as the first ones of its words, is for the search to say.
const lettersOnly = 5

// apart is how far a label is from what was typed: it is it, it begins with it, a word
// of it is it, or begins with it, it holds it, or only its letters.
func apart(label, typed string) int {
	label, typed = strings.ToLower(label), strings.ToLower(typed)
	switch {
	case label == typed:
		return 0
	case strings.HasPrefix(label, typed):
		return 1
	}
	best := lettersOnly
	for at := 0; at < len(label); {
		i := strings.Index(label[at:], typed)
		if i < 0 {
			break
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(label[:at])
		behind, _ := utf8.DecodeRuneInString(label[at+len(typed):])
		switch {
		case isWordRune(before):
			best = min(best, 4)
		case isWordRune(behind):
			best = min(best, 3)
		default:
			return 2
		}
		at += len(typed)
	}
	return best
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Over draws the prompt over the last lines of a body of w by h cells.
func (p *Prompt) Over(body string, w, h int, th theme.Theme) string {
	if !p.open {
		return body
	}
	lines := strings.Split(body, "\n")
	box := p.lines(w, h, th)
	if len(box) >= len(lines) {
		return charts.Fit(strings.Join(box[:min(len(box), h)], "\n"), w, h)
	}
	return strings.Join(append(lines[:len(lines)-len(box)], box...), "\n")
}

const mostShown = 8

func (p *Prompt) lines(w, h int, th theme.Theme) []string {
	title := " " + p.Title + " "
	rule := th.Rule.Paint(th.Glyphs.HRule) + th.Title.Paint(charts.Cut(title, max(w-2, 0)))
	rule += th.Rule.Paint(strings.Repeat(th.Glyphs.HRule, max(w-1-charts.Width(title), 0)))
	box := []string{rule, p.line(w, th)}
	if p.wrong != "" {
		for _, line := range charts.Wrap(p.wrong, max(w-2, 1)) {
			box = append(box, charts.Pad(" "+th.Bad.Paint(line), w))
		}
	}
	if p.wrong == "" && len(p.shown) == 0 && strings.TrimSpace(p.input.Value()) != "" && !p.takesTyped() {
		box = append(box, charts.Pad(" "+th.Dim.Paint(charts.Cut("nothing matches", w-2)), w))
	}
	room := min(max(h-len(box), 0), mostShown)
	from := max(0, min(p.at-room/2, len(p.shown)-room))
	for i := from; i < min(from+room, len(p.shown)); i++ {
		box = append(box, p.choice(p.choices[p.shown[i]], i == p.at, w, th))
	}
	return box
}

// line is the line that is typed in, with its cursor.
func (p *Prompt) line(w int, th theme.Theme) string {
	left := " > "
	if p.input.Value() == "" && p.Hint != "" {
		return charts.Pad(left+th.Cursor.Paint(" ")+th.Dim.Paint(charts.Cut(p.Hint, max(w-5, 0))), w)
	}
	if p.former {
		return charts.Pad(left+DrawFormer(p.input, max(w-4, 1), th), w)
	}
	return charts.Pad(left+DrawInput(p.input, max(w-4, 1), th), w)
}

func (p *Prompt) choice(c Choice, under bool, w int, th theme.Theme) string {
	note := ""
	if c.Note != "" {
		note = "  " + c.Note
	}
	label := charts.Cut(c.label(), max(w-3, 1))
	note = charts.Cut(note, max(w-3-charts.Width(label), 0))
	if under {
		return charts.Pad(" "+th.Accent.Paint(th.Glyphs.Pointer)+" "+th.Selected.Paint(label)+th.Dim.Paint(note), w)
	}
	return charts.Pad("   "+label+th.Dim.Paint(note), w)
}

// DrawFormer draws a line whose text the next letter replaces, as what is selected looks.
func DrawFormer(in textinput.Model, w int, th theme.Theme) string {
	return th.Selected.Paint(charts.Cut(text.Clean(in.Value()), max(w-1, 0))) + th.Cursor.Paint(" ")
}

// DrawInput draws a line editor in w cells so that its cursor is visible.
func DrawInput(in textinput.Model, w int, th theme.Theme) string {
	value := []rune(in.Value())
	if in.EchoMode == textinput.EchoPassword {
		value = []rune(strings.Repeat("*", len(value)))
	}
	at := min(in.Position(), len(value))
	before, under, behind := text.Clean(string(value[:at])), " ", ""
	if at < len(value) {
		under, behind = text.Clean(string(value[at:at+1])), text.Clean(string(value[at+1:]))
	}
	for charts.Width(before)+charts.Width(under) > w && before != "" {
		before = before[firstRune(before):]
	}
	return before + th.Cursor.Paint(under) + charts.Cut(behind, max(w-charts.Width(before)-charts.Width(under), 0))
}

func firstRune(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}
