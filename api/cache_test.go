package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"amptui/api/text"
)

// counted is a client whose server takes a second for each answer, and how many
// it was asked.
func counted(t *testing.T, body string) (*Client, *atomic.Int32) {
	var asked atomic.Int32
	c := of(t, Options{BaseURL: StandardHost, Now: time.Now, Transport: answers(func(r *http.Request) (*http.Response, error) {
		asked.Add(1)
		select {
		case <-time.After(time.Second):
			return canned(200, body), nil
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	})})
	return c, &asked
}

func TestAnAnswerIsKeptAsLongAsItIsGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, asked := counted(t, good)
		ask := func(ctx context.Context, want int32) {
			t.Helper()
			if _, err := c.Events(ctx); err != nil || asked.Load() != want {
				t.Errorf("%v, %d asked; want %d", err, asked.Load(), want)
			}
		}
		if price := c.Price(EventListQuery{}); price != 1 {
			t.Errorf("at first it costs %d", price)
		}
		ask(t.Context(), 1)
		ask(t.Context(), 1)
		until, ok := c.Again(EventListQuery{})
		if !ok || !until.Equal(time.Now().Add(goodDays)) || c.Price(EventListQuery{}) != 0 || c.Spent().FiveMinutes != 1 {
			t.Errorf("held until %v, %v; spent %+v", until, ok, c.Spent())
		}
		ask(Fresh(t.Context()), 2)
		time.Sleep(goodDays - time.Second)
		ask(t.Context(), 2)
		time.Sleep(time.Second)
		ask(t.Context(), 3)
	})
}

func TestWhatIsOverIsKeptLongest(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)
	for query, want := range map[string]time.Duration{
		"": goodDays, "end=20261124&i=1": goodDays, "end=20261123&i=1": goodPast, "end=20261124&i=-3600000": goodToday,
		"end=20261130&i=7": goodDays, "end=20261123&i=-300000": goodPast, "i=5": goodNow,
	} {
		v, err := url.ParseQuery(query)
		if got := goodFor(v, now); err != nil || got != want {
			t.Errorf("%s is good for %v; want %v", query, got, want)
		}
	}
}

// The last of a day's data come after midnight.
func TestADayIsOverWhenItsDataAreThere(t *testing.T) {
	v := url.Values{"end": {"20261123"}, "i": {"1"}}
	midnight := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	if got := goodFor(v, midnight.Add(9*time.Minute)); got != goodDays {
		t.Errorf("right after midnight it is good for %v", got)
	}
	if got := goodFor(v, midnight.Add(11*time.Minute)); got != goodPast {
		t.Errorf("later it is good for %v", got)
	}
}

// A computer that slept must not take yesterday's answers for new ones: what
// keeps them may not go by a clock that slept too.
func TestWhatIsKeptGoesByTheWallClock(t *testing.T) {
	c := of(t, Options{BaseURL: StandardHost})
	for name, now := range map[string]func() time.Time{"cache": c.cache.now, "meter": c.meter.now} {
		if at := now(); at != at.Round(0) {
			t.Errorf("the %s goes by %v", name, at)
		}
	}
}

// questions asks every endpoint that is kept.
func questions(c *Client) map[string]func(context.Context) error {
	day := Dates{time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC)}
	a := Event{Name: text.New("A")}
	return map[string]func(context.Context) error{
		"events": func(ctx context.Context) error { _, err := c.Events(ctx); return err },
		"segmentation": func(ctx context.Context) error {
			_, err := c.Segmentation(ctx, SegmentationQuery{Event: a, Dates: day, Interval: Day})
			return err
		},
		"funnel": func(ctx context.Context) error {
			_, err := c.Funnel(ctx, FunnelQuery{Steps: []Event{a, a}, Dates: day})
			return err
		},
		"retention": func(ctx context.Context) error {
			_, err := c.Retention(ctx, RetentionQuery{Start: a, Return: a, Dates: day, Interval: Day})
			return err
		},
		"revenue": func(ctx context.Context) error {
			_, err := c.Revenue(ctx, RevenueQuery{Dates: day, Interval: Day})
			return err
		},
	}
}

// A good status does not make an answer: the next question must not get the
// broken one.
func TestWhatCannotBeReadIsNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, asked := counted(t, `{"data":[{"series`)
		for name, ask := range questions(c) {
			asked.Store(0)
			for range 2 {
				if err := ask(t.Context()); !errors.Is(err, ErrDecode) {
					t.Errorf("%s: %v", name, err)
				}
			}
			if asked.Load() != 2 || c.cache.size != 0 {
				t.Errorf("%s: %d asked, %d bytes are kept", name, asked.Load(), c.cache.size)
			}
		}
	})
}

func TestWhatIsIncompleteIsNotKeptForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, asked := counted(t, `{"data":[{"value":"A"}],"missedCacheAndNotComputed":true}`)
		for range 3 {
			if _, err := c.Events(t.Context()); err != nil {
				t.Fatal(err)
			}
			time.Sleep(goodBroken / 2)
		}
		if asked.Load() != 2 {
			t.Errorf("%d were asked in %v", asked.Load(), goodBroken)
		}
	})
}

// The older endpoint's answers are kept under its own address.
func TestOlderRevenueIsKeptToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := of(t, Options{BaseURL: StandardHost, Now: time.Now, Transport: answers(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == revenueEndpoint {
				return canned(404, ""), nil
			}
			return canned(200, `{"data":{"series":[[1,2]],"seriesLabels":[""],"xValues":["2000-01-01","2000-01-02"]}}`), nil
		})})
		day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
		q := RevenueQuery{Dates: Dates{day, AddDays(day, 1)}, Interval: Day}
		if _, err := c.Revenue(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		if _, kept := c.Again(q); !kept || c.Price(q) != 0 || !strings.Contains(c.URL(q), oldRevenueEndpoint) {
			t.Errorf("kept %v, costs %d, at %s", kept, c.Price(q), c.URL(q))
		}
	})
}

func TestTheCacheIsBoundedAndForgetsWhatIsUsedLeast(t *testing.T) {
	c := cache{now: time.Now}
	body := make([]byte, maxCache/8)
	for i := range 20 {
		c.keep(kept{id: fmt.Sprint(i), body: body, until: time.Now().Add(time.Hour)})
		if _, ok := c.take("0"); !ok {
			t.Fatalf("what is used all the time is gone after %d", i)
		}
		if c.size > maxCache {
			t.Fatalf("%d bytes are kept", c.size)
		}
	}
	if _, ok := c.take("1"); ok {
		t.Error("what was not used for long is still there")
	}
	c.look("14") // to look is no use of it
	c.keep(kept{id: "20", body: body, until: time.Now().Add(time.Hour)})
	if _, ok := c.take("14"); ok {
		t.Error("what was looked at is still there")
	}
	if len(c.byID) != c.used.Len() || c.size > maxCache {
		t.Errorf("%d by name, %d in order, %d bytes", len(c.byID), c.used.Len(), c.size)
	}
	c.keep(kept{id: "huge", body: make([]byte, maxCache/2), until: time.Now().Add(time.Hour)})
	if _, ok := c.take("huge"); ok || c.size > maxCache {
		t.Error("one answer takes all the room")
	}
}

func TestUsersAreNotKept(t *testing.T) {
	asked := 0
	c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(*http.Request) (*http.Response, error) {
		asked++
		return canned(200, `{"matches":[]}`), nil
	})})
	for range 2 {
		if _, err := c.UserSearch(t.Context(), "ada"); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 2 || c.cache.size != 0 {
		t.Errorf("%d asked, %d bytes kept", asked, c.cache.size)
	}
}

func TestWhatDoesNotFitSaysWhen(t *testing.T) {
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	c := of(t, Options{BaseURL: StandardHost})
	c.meter.now = func() time.Time { return now }
	spend := func(cost int) { c.meter.spend(funnelEndpoint, cost) }
	if at := c.Fits(900); !at.IsZero() {
		t.Errorf("900 fit at %v", at)
	}
	spend(600)
	now = now.Add(time.Minute)
	spend(300)
	for cost, want := range map[int]time.Time{
		100: {}, 101: time.Date(2026, 1, 1, 12, 5, 0, 0, time.UTC), 700: time.Date(2026, 1, 1, 12, 5, 0, 0, time.UTC),
		701: time.Date(2026, 1, 1, 12, 6, 0, 0, time.UTC), 5000: time.Date(2026, 1, 1, 12, 6, 0, 0, time.UTC),
	} {
		if got := c.Fits(cost); !got.Equal(want) {
			t.Errorf("%d fit at %v; want %v", cost, got, want)
		}
	}
}

func TestTheAddressOfAQuestionHasNoKeys(t *testing.T) {
	c := of(t, Options{BaseURL: StandardHost})
	q := FunnelQuery{Dates: Dates{time.Unix(0, 0).UTC(), time.Unix(0, 0).UTC()}, Steps: []Event{{}, {}}}
	got := c.URL(q)
	if !strings.HasPrefix(got, "https://amplitude.com/api/2/funnels?") || strings.Contains(got, keyWord) || strings.Contains(got, hideWord) {
		t.Errorf("the address is %s", got)
	}
}

// Going back to an answer of 4.8 MB: what it takes to find it, and to read it
// again.
func BenchmarkKeptAnswer(b *testing.B) {
	body := large()
	c := of(b, Options{BaseURL: StandardHost, Transport: answers(func(*http.Request) (*http.Response, error) {
		return canned(200, body), nil
	})})
	q := SegmentationQuery{
		Event: Event{Name: text.New("A")}, By: []Property{{Key: text.New("city")}}, Interval: Day, Limit: 1000,
		Dates: Dates{time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)},
	}
	if _, err := c.Segmentation(b.Context(), q); err != nil {
		b.Fatal(err)
	}
	b.Run("find", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.get(b.Context(), q); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(body)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := c.Segmentation(b.Context(), q); err != nil {
				b.Fatal(err)
			}
		}
	})
	if n := c.Spent().FiveMinutes; n != q.Cost() {
		b.Errorf("%d are spent", n)
	}
}

// large is a segmentation of 1,000 series over 365 days, 4.8 MB, half of it long
// fractions.
func large() string {
	var days, labels, series []string
	for i := range 365 {
		days = append(days, time.Date(2025, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(`"2006-01-02"`))
	}
	for i := range 1000 {
		var values []string
		for d := range 365 {
			if d%2 == 0 {
				values = append(values, strconv.Itoa(1_000_000+i*d))
			} else {
				values = append(values, strconv.FormatFloat(1000/float64(i+d), 'g', 17, 64))
			}
		}
		series = append(series, "["+strings.Join(values, ",")+"]")
		labels = append(labels, fmt.Sprintf(`[0,"city %d"]`, i))
	}
	return fmt.Sprintf(`{"data":{"xValues":[%s],"seriesLabels":[%s],"series":[%s]}}`,
		strings.Join(days, ","), strings.Join(labels, ","), strings.Join(series, ","))
}
