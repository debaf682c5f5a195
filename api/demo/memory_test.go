package demo

import (
	"runtime"
	"testing"
)

// Sets and users are as many as they are in a real log; what an event adds is columns.
func TestAnEventTakesLessThanAHundredBytes(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	l := Generate(1, storeNow())
	runtime.GC()
	runtime.ReadMemStats(&after)
	each, held := float64(l.Bytes())/float64(l.Len()), float64(after.HeapAlloc-before.HeapAlloc)/float64(l.Len())
	t.Logf("%d events, %.1f bytes each, %.1f held", l.Len(), each, held)
	if each > 100 {
		t.Errorf("an event takes %.1f bytes", each)
	}
	if held > each*1.25+8 || held < each*0.8 {
		t.Errorf("%.1f bytes an event are held, and %.1f are counted", held, each)
	}
	runtime.KeepAlive(l)
}
