package demo

import (
	"math"
	"time"
)

// clock tells the offsets of a zone from UTC. It remembers the last one: events
// come in the order of time, and offsets seldom change.
type clock struct {
	zone     *time.Location
	from, to int64 // unix microseconds for which known holds
	known    int64
}

// offset is what the zone adds to UTC at a time, in microseconds.
func (c *clock) offset(at int64) int64 {
	if at >= c.from && at < c.to {
		return c.known
	}
	t := time.UnixMicro(at).In(c.zone)
	_, seconds := t.Zone()
	start, end := t.ZoneBounds()
	c.from, c.to, c.known = math.MinInt64, math.MaxInt64, int64(seconds)*1e6
	if !start.IsZero() {
		c.from = start.UnixMicro()
	}
	if !end.IsZero() {
		c.to = end.UnixMicro()
	}
	return c.known
}

// modulo is the remainder that is never negative.
func modulo(a, b int64) int64 { return (a%b + b) % b }

// midnight is when a day begins in a zone. Where the clocks go forward at
// midnight, that is the hour after it; where midnight comes twice, the first.
func midnight(year int, month time.Month, dayOfMonth int, zone *time.Location) time.Time {
	t := time.Date(year, month, dayOfMonth, 0, 0, 0, 0, zone)
	if t.Hour() >= 12 {
		// It was put before the gap, into the day before.
		_, end := t.ZoneBounds()
		return end
	}
	if first := t.Add(-time.Hour); first.Day() == t.Day() {
		return first
	}
	return t
}
