package demo

import (
	"slices"
	"testing"
	"time"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// TestDaysFollowEachOther goes through years of days of zones that change their
// clocks at midnight, forward and back, and by half an hour.
func TestDaysFollowEachOther(t *testing.T) {
	for _, name := range []string{
		"UTC", "Europe/Berlin", "America/New_York", "Africa/Cairo", "America/Santiago", "America/Havana",
		"Asia/Beirut", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "Asia/Tehran",
	} {
		z := zone(t, name)
		a := newAxis(dates{midnight(2016, 1, 1, z), midnight(2027, 1, 1, z)}, day)
		calendar := time.Date(2016, 1, 1, 12, 0, 0, 0, time.UTC)
		for i, label := range a.labels() {
			if want := calendar.AddDate(0, 0, i).Format(time.DateOnly); label != want {
				t.Fatalf("%s: day %d is %s; want %s", name, i, label, want)
			}
			// The day begins with its first moment: the one before is of the day before.
			begin := a.starts[i]
			if before := begin.Add(-time.Microsecond); before.Format(time.DateOnly) == label || begin.Format(time.DateOnly) != label {
				t.Fatalf("%s: %s begins at %v", name, label, begin)
			}
		}
		if len(a.starts) != 4018 {
			t.Errorf("%s: %d days", name, len(a.starts))
		}
	}
}

func TestWeeksBeginOnMondayAndMonthsOnTheFirst(t *testing.T) {
	z := zone(t, "Europe/Berlin")
	d := dates{midnight(2026, 3, 25, z), midnight(2026, 5, 3, z)}
	if got, want := newAxis(d, week).labels(), []string{"2026-03-23", "2026-03-30", "2026-04-06", "2026-04-13", "2026-04-20", "2026-04-27"}; !slices.Equal(got, want) {
		t.Errorf("weeks %v; want %v", got, want)
	}
	if got, want := newAxis(d, month).labels(), []string{"2026-03-01", "2026-04-01", "2026-05-01"}; !slices.Equal(got, want) {
		t.Errorf("months %v; want %v", got, want)
	}
}

func TestADayOfChangedClocksHasItsHours(t *testing.T) {
	z := zone(t, "Europe/Berlin")
	for _, c := range []struct {
		month time.Month
		day   int
		want  int
	}{{3, 29, 23}, {10, 25, 25}, {6, 1, 24}} {
		d := dates{midnight(2026, c.month, c.day, z), midnight(2026, c.month, c.day+1, z)}
		if got := len(newAxis(d, hour).starts); got != c.want {
			t.Errorf("%d %v has %d hours; want %d", c.day, c.month, got, c.want)
		}
		if got := len(newAxis(d, fiveMinutes).starts); got != 12*c.want {
			t.Errorf("%d %v has %d times five minutes; want %d", c.day, c.month, got, 12*c.want)
		}
	}
}

func TestTheClockKnowsTheOffsetOfEachTime(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Berlin", "Asia/Kathmandu", "America/Havana"} {
		c := clock{zone: zone(t, name)}
		for at := time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2027; at = at.Add(7 * time.Hour) {
			_, want := at.In(c.zone).Zone()
			if got := c.offset(at.UnixMicro()); got != int64(want)*1e6 {
				t.Fatalf("%s at %v: %d µs; want %d s", name, at, got, want)
			}
		}
	}
}
