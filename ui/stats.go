package ui

import (
	"fmt"
	"runtime"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/charts"
	"amptui/keys"
	"amptui/ui/paint"
)

// measured are the figures of the painter, when they were asked for.
type measured struct{ figures paint.Figures }

// measuring is the action that shows what this session has cost the line, the
// computer and the server.
func (a *App) measuring() []keys.Action {
	return []keys.Action{{
		Key: keys.Key{Name: "stats", Place: keys.Everywhere}, Label: "stats: bytes per key, frames, API latency", Quiet: true,
		Do: func() tea.Cmd { return paint.Measured(func(f paint.Figures) tea.Msg { return measured{f} }) },
	}}
}

// showStats lays the figures over the view.
func (a *App) showStats(f paint.Figures) tea.Cmd {
	each := 0.0
	if f.Keys > 0 {
		each = float64(f.KeyBytes) / float64(f.Keys)
	}
	lines := []string{
		row("keys", fmt.Sprintf("%s, %s bytes each", charts.Exact(float64(f.Keys)), charts.Exact(float64(int(each+0.5))))),
		row("frames", fmt.Sprintf("%s, %s in all", charts.Exact(float64(f.Frames)), size(f.Bytes))),
		row("a key", fmt.Sprintf("%s from the program to the terminal on average, %s at most", short(f.Worked), short(f.Slowest))),
	}
	if a.env.API != nil {
		l := a.env.API.Latency()
		lines = append(lines, row("API", fmt.Sprintf("%s calls, %s", charts.Exact(float64(l.Calls)), size(l.Bytes))))
		if l.Calls > 0 {
			lines = append(lines, row("a call", fmt.Sprintf("%s the last, half of them at most %s, the slowest %s", short(l.Last), short(l.Median), short(l.Slowest))))
		}
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	if a.log != nil && a.log.Len() > 0 {
		lines = append(lines, row("events", fmt.Sprintf("%s, %.0f bytes each", charts.Exact(float64(a.log.Len())), float64(a.log.Bytes())/float64(a.log.Len()))))
	}
	lines = append(lines, row("memory", size(int64(mem.HeapAlloc))+" in use"))
	a.shown = shown{what: "what this session has cost", lines: lines, foot: "Bytes are those for the terminal, before compression. Answers that were kept are no calls."}
	a.over, a.palette.helpTop = textOver, 0
	return nil
}

func row(name, says string) string { return charts.Pad(name, 8) + says }

// size is bytes in a unit that can be read.
func size(bytes int64) string {
	switch v := float64(bytes); {
	case v < 1<<10:
		return charts.Exact(v) + " bytes"
	case v < 1<<20:
		return fmt.Sprintf("%.1f KiB", v/(1<<10))
	default:
		return fmt.Sprintf("%.1f MiB", v/(1<<20))
	}
}

// short is a length of time as far as it can be felt.
func short(d time.Duration) string {
	if d < 10*time.Millisecond {
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	}
	return charts.Duration(float64(d.Milliseconds()))
}
