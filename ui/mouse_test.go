package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/charts"
	"amptui/charts/theme"
	"amptui/views"
)

// Click presses and lets go of the left button on the first place of a text.
func (d *driver) Click(text string) {
	d.t.Helper()
	for y, line := range strings.Split(d.Frame(), "\n") {
		if at := strings.Index(line, text); at >= 0 {
			d.ClickAt(charts.Width(line[:at]), y)
			return
		}
	}
	d.t.Fatalf("%q is not on the screen:\n%s", text, d.Frame())
}

func (d *driver) ClickAt(x, y int) {
	d.take(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
	d.take(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionRelease})
	d.Wait(time.Second)
}

func TestAClickOnATabOpensItsView(t *testing.T) {
	for _, width := range []int{140, 100, 80, 60} {
		story(t, demoServer(), func(d *driver) {
			d.Resize(width, 24)
			for i, tab := range d.app.tabList(true, moreNone) {
				label := tab.label
				key, _, _ := strings.Cut(label, " ")
				shown := label
				if !strings.Contains(d.Frame(), label) {
					shown = " " + key + " " // a number only
				}
				d.Click(strings.TrimPrefix(shown, " "))
				if want := d.app.specs[i].Name; d.app.front != want && shown == label {
					t.Fatalf("%d wide: a click on %q leads to %s:\n%s", width, shown, d.app.front, d.Frame())
				}
			}
			front := d.app.front
			d.ClickAt(width-1, 0)
			if d.app.front != front {
				t.Errorf("a click beside the tabs leads to %s", d.app.front)
			}
		})
	}
}

// Each tab is where it is drawn, and nowhere else.
func TestTabsAreWhereTheyAreDrawn(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		for width := 40; width < 150; width++ {
			d.Resize(width, 20)
			head := strings.Split(d.Frame(), "\n")[0]
			var found string
			last := ""
			for x := range width {
				name, ok := d.app.tabAt(x)
				if ok && name != "" && name != last {
					found += name + " "
				}
				if last = ""; ok {
					last = name
				}
			}
			if want := strings.Join(func() (names []string) {
				for _, s := range d.app.mainViews() {
					names = append(names, s.Name)
				}
				return names
			}(), " ") + " "; found != want {
				t.Fatalf("%d wide: %s\n%s", width, found, head)
			}
			at := strings.Index(head, "1 Events")
			if name, _ := d.app.tabAt(charts.Width(head[:at])); name != "events" {
				t.Fatalf("%d wide: %q at the events:\n%s", width, name, head)
			}
		}
	})
}

func TestAClickOnARowMovesThereAndAnotherOpensIt(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 30)
		for _, name := range []string{"Lyrics Viewed", "App Opened", "Album Viewed"} {
			d.Click("  " + name + "  ")
			d.Sees("▸  " + name)
		}
		before := d.Frame()
		d.ClickAt(100, 8)
		if d.Frame() != before {
			t.Errorf("a click on the preview moves the list:\n%s", d.Frame())
		}
		d.Click("  Album Viewed   ")
		d.Sees(`segment "Album Viewed"`)
	})
}

func TestAClickInAChartMovesTheCursorThere(t *testing.T) {
	for _, tier := range []theme.Tier{theme.Braille, theme.ASCII} {
		for _, args := range [][]string{{"Purchase", "--by", "platform"}, {"Purchase", "--face", "bar"}, {"Purchase", "--last", "365d"}} {
			story(t, demoServer(), func(d *driver) {
				d.app.env.Theme = theme.New(theme.Options{Depth: theme.Bare, Tier: tier})
				d.Resize(120, 30)
				d.run(d.app.goTo(views.Link{View: "segment", Args: args}, true))
				d.Wait(2 * time.Second)
				for _, x := range []int{40, 20, 70, 41} {
					d.ClickAt(x, 10)
					axis, from, to := d.app.axis(x, 10)
					if axis < 0 {
						t.Fatalf("no axis under %d:\n%s", x, d.Frame())
					}
					if tick := d.app.tickOn(axis, from, to); tick < 0 || distance(tick, x) > 2 {
						t.Errorf("%v: clicked %d, the cursor is at %d:\n%s", args, x, tick, d.Frame())
					}
				}
			})
		}
	}
}

// A bar of a funnel is several lines high.
func TestAClickOnALaterStepOfAFunnelFindsIt(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 36)
		d.run(d.app.goTo(views.Link{View: "funnel", Args: []string{"Search", "Checkout Started", "Purchase"}}, true))
		d.Wait(2 * time.Second)
		for _, step := range []string{"3 Purchase", "1 Search", "2 Checkout Started"} {
			d.Click(step)
			d.Sees("▸ " + step)
		}
	})
}

// Nothing that lies over the view is clicked through, and the wheel moves in it.
func TestTheMouseStaysInWhatLiesOverTheView(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press(":")
		before := d.Frame()
		d.ClickAt(5, 8)
		d.ClickAt(40, 0)
		if d.Frame() != before {
			t.Errorf("the palette is clicked through:\n%s", d.Frame())
		}
		d.take(tea.MouseMsg{Button: tea.MouseButtonWheelDown, Action: tea.MouseActionPress})
		if d.Frame() == before {
			t.Errorf("the wheel does not move in the palette:\n%s", d.Frame())
		}
		d.Press("esc", "?")
		before = d.Frame()
		d.ClickAt(5, 8)
		d.ClickAt(40, 0)
		if d.Frame() != before {
			t.Errorf("the help is clicked through:\n%s", d.Frame())
		}
	})
}

// A click on a choice moves there, another takes it: in the palette, in the list of
// views and below a line that a view has typed in.
func TestAClickOnAChoiceMovesThereAndAnotherTakesIt(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press(":")
		d.Type("reten")
		d.Click("Retention  4")
		if d.app.over == paletteOver {
			d.Click("Retention  4")
		}
		if d.app.front != "retention" {
			t.Fatalf("the palette leads to %s:\n%s", d.app.front, d.Frame())
		}
		d.open("segment", "Song Played")
		d.Press("b")
		d.Click("device_type")
		d.Sees("▸ device_type")
		d.Click("version")
		d.Sees("▸ version")
		d.Click("> ") // the line that is typed is no choice
		d.Sees("▸ version")
		d.Click("▸ version")
		d.Sees("--by version")
		d.Press("1", "/")
		d.Type("song")
		d.Click("2 Segment")
		if d.app.front != "segment" {
			t.Errorf("a click on a tab leads to %s while a filter is typed", d.app.front)
		}
	})
}

func TestAClickOnABoardMovesThereAndAnotherOpensIt(t *testing.T) {
	for _, size := range []struct{ w, h int }{{120, 36}, {80, 24}, {60, 15}} {
		boardStory(t, size.w, size.h, func(d *driver) {
			b := d.app.view().(*board)
			for i := range b.items {
				shown := -1
				for y, line := range strings.Split(d.Frame(), "\n") {
					for x := range []rune(line) {
						if y >= bodyTop && b.tileAt(x, y-bodyTop-views.HeadHeight) == i && shown < 0 {
							shown = x
							d.ClickAt(x+3, y)
						}
					}
				}
				if shown >= 0 && b.at != i && d.app.front == boardName {
					t.Errorf("%v: a click on chart %d moves to %d", size, i, b.at)
				}
			}
			// What the click chose is where the cursor is drawn.
			for y, line := range strings.Split(d.Frame(), "\n") {
				if at := strings.Index(line, "▸ "); at >= 0 && d.app.front == boardName {
					if got := b.tileAt(charts.Width(line[:at]), y-bodyTop-views.HeadHeight); got != b.at {
						t.Errorf("%v: the cursor is drawn in chart %d, not %d", size, got, b.at)
					}
					d.ClickAt(charts.Width(line[:at])+4, y+2)
					break
				}
			}
			if d.app.front == boardName {
				t.Errorf("%v: another click opens nothing:\n%s", size, d.Frame())
			}
		})
	}
}

func TestTheMouseIsGivenAndTakenInThePalette(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		for _, sees := range []string{"hold shift to select text", "the mouse is off"} {
			d.Press(":")
			d.Type("mouse")
			d.Press("enter")
			d.Sees(sees)
		}
		if d.app.mouse {
			t.Error("the mouse is on")
		}
		d.app.mouse = true // as --mouse does
		d.run(d.app.sayWarnings())
		d.Wait(time.Second)
		d.Sees("hold shift to select text")
	})
}

func TestAClickListsTheFurtherViews(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(140, 24)
		d.Click("7 More")
		d.Sees("more views")
	})
}

// Each cell of a triangle is where it is drawn; a click moves there.
func TestAClickInATriangleMovesToItsCell(t *testing.T) {
	for _, size := range []struct{ w, h int }{{120, 36}, {80, 24}, {60, 15}} {
		for _, args := range [][]string{{"retention"}, {"revenue", "--by", "platform", "--face", "heat"}, {"revenue", "--face", "heat"}} {
			story(t, demoServer(), func(d *driver) {
				d.Resize(size.w, size.h)
				d.open(args[0], args[1:]...)
				for _, at := range []struct{ x, y int }{{size.w / 2, 7}, {size.w - 9, 8}, {size.w / 2, 9}, {30, size.h - 5}} {
					d.ClickAt(at.x, at.y)
					lines := strings.Split(d.Frame(), "\n")
					if !strings.HasPrefix(lines[at.y], "▸") && strings.TrimSpace(lines[at.y]) != "" {
						t.Errorf("%v %q: a click on line %d has the cursor elsewhere:\n%s", size, args, at.y, d.Frame())
						continue
					}
					before := d.Frame()
					d.ClickAt(at.x, at.y)
					if d.Frame() != before && !strings.HasPrefix(lines[at.y], "▸") {
						t.Errorf("%v %q: the same click again moves:\n%s", size, args, d.Frame())
					}
				}
				d.ClickAt(3, 7)
				left := d.Frame()
				d.ClickAt(size.w-4, 7)
				if d.Frame() == left {
					t.Errorf("%v %q: the last column cannot be clicked:\n%s", size, args, left)
				}
			})
		}
	}
}
