package query

import (
	"fmt"
	"strings"
	"time"

	"amptui/api/text"
)

// Window is a conversion window: 30m, 12h, 7d.
type Window time.Duration

type windowUnit struct {
	name   string
	length time.Duration
}

func windowUnits() []windowUnit {
	return []windowUnit{{"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}, {"s", time.Second}}
}

// longest is a year: the API names no limit, and a longer window never ends
// inside of any range it answers.
const longest = Window(366 * 24 * time.Hour)

// Set reads a window as it is typed. Weeks are days, "1d 12h" are 36 hours.
func (w *Window) Set(s string) error {
	wrong := fmt.Errorf("%s is not a conversion window: write 30m, 12h or 7d", text.Clean(s))
	units := append(windowUnits(), windowUnit{"w", 7 * 24 * time.Hour}, windowUnit{"min", time.Minute})
	total := Window(0)
	for _, part := range strings.Fields(strings.ToLower(s)) {
		digits := strings.TrimRight(part, "abcdefghijklmnopqrstuvwxyz")
		n, err := wholeNumber(digits)
		if err != nil || n > 1e8 {
			return wrong
		}
		length := time.Duration(0)
		for _, u := range units {
			if part[len(digits):] == u.name {
				length = u.length
			}
		}
		if length == 0 {
			return wrong
		}
		if Window(n) > longest/Window(length) || total+Window(n)*Window(length) > longest {
			return fmt.Errorf("a conversion window of %s is longer than a year: write 90d", text.Clean(s))
		}
		total += Window(n) * Window(length)
	}
	if strings.TrimSpace(s) == "" {
		return wrong
	}
	*w = total
	return nil
}

// String is the window in its largest whole unit, as it is typed.
func (w Window) String() string {
	for _, u := range windowUnits() {
		if w > 0 && w%Window(u.length) == 0 {
			return fmt.Sprintf("%d%s", w/Window(u.length), u.name)
		}
	}
	return "0s"
}

// Type names a value in the help.
func (w Window) Type() string { return "WINDOW" }
