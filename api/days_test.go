package api

import (
	"testing"
	"time"
)

// In some zones the clocks change at midnight: a day then begins an hour late,
// or its midnight comes twice.
func zones(t *testing.T) []*time.Location {
	t.Helper()
	var zones []*time.Location
	for _, name := range []string{
		"UTC", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe",
		"America/Santiago", "America/Havana", "Africa/Cairo", "Asia/Beirut", "America/Asuncion",
	} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		zones = append(zones, zone)
	}
	return zones
}

func TestEveryDateIsOneDay(t *testing.T) {
	for _, zone := range zones(t) {
		for d := time.Date(2022, 12, 25, 0, 0, 0, 0, time.UTC); d.Year() < 2028; d = d.AddDate(0, 0, 1) {
			date := d.Format(time.DateOnly)
			begin := Midnight(d.Year(), d.Month(), d.Day(), zone)
			if got := begin.Format(time.DateOnly); got != date {
				t.Fatalf("%s: the day %s begins on %s", zone, date, got)
			}
			if got := begin.Add(-time.Nanosecond).Format(time.DateOnly); got != d.AddDate(0, 0, -1).Format(time.DateOnly) {
				t.Fatalf("%s: before the day %s comes %s", zone, date, got)
			}
			read, ok := day(date, time.Time{}, zone)
			if !ok || !read.Equal(begin) {
				t.Fatalf("%s: %s is read as %v", zone, date, read)
			}
			if read, ok = day(d.Format("Jan 2"), begin, zone); !ok || !read.Equal(begin) {
				t.Fatalf("%s: %s is read as %v", zone, d.Format("Jan 2"), read)
			}
			next := Midnight(d.Year(), d.Month(), d.Day()+1, zone)
			if got := Day.Next(begin); !got.Equal(next) {
				t.Fatalf("%s: behind %s comes %v", zone, date, got)
			}
			for _, at := range []time.Time{begin, begin.Add(time.Hour), next.Add(-time.Second)} {
				if got := Day.Bucket(at); !got.Equal(begin) {
					t.Fatalf("%s: %v is in the day of %v", zone, at, got)
				}
			}
		}
	}
}

func TestBucketsFollowOneAnother(t *testing.T) {
	for _, zone := range zones(t) {
		for _, i := range []Interval{Day, Week, Month} {
			b := i.Bucket(Midnight(2023, 1, 17, zone))
			for range 200 {
				next := i.Next(b)
				if got := i.Bucket(next.Add(-time.Second)); !got.Equal(b) {
					t.Fatalf("%s, %d: the end of %v is in %v", zone, i, b, got)
				}
				if got := i.Bucket(next); !got.Equal(next) {
					t.Fatalf("%s, %d: %v is no beginning: %v", zone, i, next, got)
				}
				if i == Week && next.Weekday() != time.Monday || i == Month && next.Day() != 1 {
					t.Fatalf("%s, %d: %v", zone, i, next)
				}
				b = next
			}
		}
	}
}
