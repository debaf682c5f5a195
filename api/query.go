package api

import (
	"time"

	"amptui/api/text"
)

// PropertyScope says whose property it is.
type PropertyScope int

// The two scopes of the API (subprop_type and group_by type).
const (
	UserProperty PropertyScope = iota
	EventProperty
)

// Property names an event or user property. Key is what the API is asked with:
// a custom user property carries its prefix "gp:", a built-in one is bare
// (country, platform, …), an event property is bare.
type Property struct {
	Scope PropertyScope
	Key   text.Raw
}

// Op is a filter operator, in the API's own spelling.
type Op string

// The operators of the API.
const (
	Is             Op = "is"
	IsNot          Op = "is not"
	Contains       Op = "contains"
	NotContains    Op = "does not contain"
	Less           Op = "less"
	LessOrEqual    Op = "less or equal"
	Greater        Op = "greater"
	GreaterOrEqual Op = "greater or equal"
	SetIs          Op = "set is"
	SetIsNot       Op = "set is not"
)

// Filter keeps what has a property of one of the values. Values are always
// text, numbers and booleans too; "(none)" stands for a property that is unset.
type Filter struct {
	Property Property
	Op       Op
	Values   []text.Raw
}

// Event is an event type with its filters and up to two group-bys. Name is the
// raw name, "_active", "_all", "_new" (start of retention only), "ce:NAME" or
// one of the revenue events.
type Event struct {
	Name    text.Raw
	Filters []Filter
	By      []Property
}

// PerformedTime says in which span a Performed condition counts.
type PerformedTime string

// The spans of the API (time_type).
const (
	EachInterval PerformedTime = "forEachInterval" // the Days days before each interval
	ThisInterval PerformedTime = "currentInterval"
	AllTime      PerformedTime = "allTime"
	Rolling      PerformedTime = "rolling" // the last Days days
)

// Performed holds for users who did an event so many times. Op is one of
// "=", "!=", "<", "<=", ">", ">="; "= 0" means "did not".
type Performed struct {
	Event Event
	Op    string
	Count int
	Time  PerformedTime
	Days  int // with EachInterval and Rolling
}

// Condition is one condition of a segment: exactly one of the three is set.
// A cohort condition has Op Is or IsNot and the cohort's id.
type Condition struct {
	Filter    *Filter
	Performed *Performed
	Cohort    *Cohort
}

// Cohort keeps the members (or, with Not, everybody else) of a saved cohort.
type Cohort struct {
	ID  text.Raw
	Not bool
}

// Segment is a set of users: all its conditions hold.
type Segment []Condition

// Metric is what segmentation counts (parameter m).
type Metric string

// The metrics of the API.
const (
	Uniques       Metric = "uniques"
	Totals        Metric = "totals"
	ActivePercent Metric = "pct_dau"
	Average       Metric = "average"
	Histogram     Metric = "histogram" // needs a group-by inside the event
	Sums          Metric = "sums"      // needs a group-by inside the event
	ValueAverage  Metric = "value_avg" // needs a group-by inside the event
	Formula       Metric = "formula"
)

// Interval is the length of a bucket, in the API's own numbers (parameter i).
type Interval int

// The intervals of the API.
const (
	FiveMinutes Interval = -300000
	Hour        Interval = -3600000
	Day         Interval = 1
	Week        Interval = 7
	Month       Interval = 30
)

// MaxDays is the longest range that the API answers at this interval, in days:
// two for five minutes, seven for hours, 365 for days, 52 weeks, 36 months
// (documentation of the dashboard REST API, limits).
func (i Interval) MaxDays() int {
	switch i {
	case FiveMinutes:
		return 2
	case Hour:
		return 7
	case Week:
		return 52 * 7
	case Month:
		return 3*365 + 1
	}
	return 365
}

// Midnight is when a day begins in a zone: where the clocks go forward at
// midnight an hour later, where midnight comes twice the first. Months and days
// out of range are days of other months, as time.Date has it.
func Midnight(year int, month time.Month, day int, zone *time.Location) time.Time {
	year, month, day = time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Date()
	t := time.Date(year, month, day, 0, 0, 0, 0, zone)
	if t.Day() != day {
		// It was put before the gap, into the day before.
		_, end := t.ZoneBounds()
		return end
	}
	if first := t.Add(-time.Hour); first.Day() == day {
		return first
	}
	return t
}

// AddDays is the beginning of the day so many days behind that of t.
func AddDays(t time.Time, days int) time.Time {
	return Midnight(t.Year(), t.Month(), t.Day()+days, t.Location())
}

// Bucket is the beginning of the bucket that a day falls into, in the zone of t:
// the Monday of its week, the first of its month, else its midnight.
func (i Interval) Bucket(t time.Time) time.Time {
	switch i {
	case Week:
		return AddDays(t, -(int(t.Weekday())+6)%7)
	case Month:
		return AddDays(t, 1-t.Day())
	}
	return AddDays(t, 0)
}

// Next is the beginning of the bucket behind the one that begins at t, in the
// zone of t.
func (i Interval) Next(t time.Time) time.Time {
	switch i {
	case FiveMinutes:
		return t.Add(5 * time.Minute)
	case Hour:
		return t.Add(time.Hour)
	case Week:
		return AddDays(t, 7)
	case Month:
		return Midnight(t.Year(), t.Month()+1, t.Day(), t.Location())
	}
	return AddDays(t, 1)
}

// Users says which users count: any, active, or (funnels) new ones.
type Users string

// The kinds of users (parameter n).
const (
	AnyUsers    Users = "any"
	ActiveUsers Users = "active"
	NewUsers    Users = "new"
)

// Dates is a range of whole days of the project's zone, both inclusive. Only
// year, month and day of the two times count.
type Dates struct{ Start, End time.Time }

// SegmentationQuery asks GET /api/2/events/segmentation.
type SegmentationQuery struct {
	Dates          Dates
	Event          Event
	Second         *Event // at most two events
	Metric         Metric // "" is uniques
	Formula        string // with Metric Formula; A is Event, B is Second
	Users          Users  // "" lets the API choose
	Interval       Interval
	Segments       []Segment  // several are compared
	By             []Property // user properties, at most two, with at most one segment
	Limit          int        // group values; 0 is the API's 100, at most 1000
	RollingWindow  int        // intervals; 0 is none
	RollingAverage int        // intervals; 0 is none
}

// FunnelMode is the order in which steps must happen.
type FunnelMode string

// The modes of the API.
const (
	Ordered    FunnelMode = "ordered"
	Unordered  FunnelMode = "unordered"
	Sequential FunnelMode = "sequential"
)

// FunnelQuery asks GET /api/2/funnels.
type FunnelQuery struct {
	Dates    Dates
	Steps    []Event
	Mode     FunnelMode // "" is ordered
	Users    Users      // ActiveUsers or NewUsers; "" is active
	Interval Interval
	Window   time.Duration // whole seconds; 0 is the API's 30 days
	Segments []Segment
	By       []Property // at most one user property
	Limit    int
}

// RetentionMode is what "came back" means.
type RetentionMode string

// The modes. NDay is sent as no parameter at all: the live API refuses the
// documented "n-day".
const (
	NDay       RetentionMode = ""
	Unbounded  RetentionMode = "rolling"
	BracketDay RetentionMode = "bracket"
)

// Bracket is a span of days, the end exclusive.
type Bracket struct{ From, To int }

// RetentionQuery asks GET /api/2/retention.
type RetentionQuery struct {
	Dates    Dates
	Start    Event // "_new", "_active" or an event
	Return   Event // "_all", "_active" or an event
	Mode     RetentionMode
	Brackets []Bracket // with BracketDay
	Interval Interval
	Segments []Segment
	By       []Property // at most one
}

// RevenueMetric is what LTV shows (parameter m of /revenue/ltv).
type RevenueMetric int

// The metrics of LTV, in the API's own numbers.
const (
	ARPU RevenueMetric = iota
	ARPPU
	TotalRevenue
	PayingUsers
)

// RevenueQuery asks GET /api/2/revenue/ltv (where a server answers 404,
// /api/2/revenue/day).
type RevenueQuery struct {
	Dates    Dates
	Metric   RevenueMetric
	Interval Interval
	Segments []Segment
	By       []Property // at most one
}

// Direction says from which end a user's events are listed.
type Direction string

// The directions of /useractivity.
const (
	Latest   Direction = "latest"
	Earliest Direction = "earliest"
)

// ActivityQuery asks GET /api/2/useractivity.
type ActivityQuery struct {
	User      int64 // the Amplitude ID
	Offset    int   // events to skip
	Limit     int   // at most 1000; 0 is 1000
	Direction Direction
}
