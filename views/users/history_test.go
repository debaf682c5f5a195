package users

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
)

// userServer answers /useractivity as the API does, of a user with so many
// events, a minute apart, the newest now. It counts its calls.
type userServer struct {
	events int
	mute   bool // it does not count the user's events
	stuck  bool // it does not turn pages
	anon   bool // its events have no ids
	calls  int
}

func (s *userServer) RoundTrip(r *http.Request) (*http.Response, error) {
	s.calls++
	q := r.URL.Query()
	number := func(name string, otherwise int) int {
		if n, err := strconv.Atoi(q.Get(name)); err == nil {
			return n
		}
		return otherwise
	}
	offset, limit := number("offset", 0), number("limit", 1000)
	if s.stuck {
		offset = 0
		q.Del("direction")
	}
	var docs []string
	for i := offset; i < min(offset+limit, s.events); i++ {
		at := s.events - 1 - i // its number, the first is 0
		if q.Get("direction") == "earliest" {
			at = i
		}
		docs = append(docs, fmt.Sprintf(`{"event_type":"E%d","event_time":%q,"uuid":"u%d","session_id":%d,"event_properties":{"n":%d}}`,
			at%3, timeOf(at).Format(time.DateTime), at, at/10+1, at))
	}
	if s.anon {
		for i := range docs {
			docs[i] = strings.Replace(docs[i], `"uuid"`, `"other"`, 1)
		}
	}
	count := fmt.Sprintf(`"num_events":%d,`, s.events)
	if s.mute {
		count = ""
	}
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"userData":{%s"user_id":"u","canonical_amplitude_id":5},"events":[%s]}`, count, strings.Join(docs, ","))
	return w.Result(), nil
}

// timeOf is when the event of a number happened.
func timeOf(at int) time.Time {
	return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(at) * time.Minute)
}

func askerOf(t testing.TB, s *userServer) asker {
	t.Helper()
	client, err := api.New(api.Options{
		BaseURL: "http://127.0.0.1:1", Key: text.NewSecret("key"), Secret: text.NewSecret("secret"), Zone: time.UTC, Now: noon, Transport: s,
	})
	if err != nil {
		t.Fatal(err)
	}
	return asker{client, 5}
}

// numbersOf are the numbers of the loaded events. The JSON of every hundredth
// is looked at.
func numbersOf(t *testing.T, h *history) []int {
	t.Helper()
	var out []int
	for _, s := range h.spans {
		for i := range s.events {
			n, err := strconv.Atoi(strings.TrimPrefix(s.events[i].id.Safe(), "u"))
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, n)
			if doc := string(h.json(&s.events[i])); n%100 == 0 && !strings.Contains(doc, fmt.Sprintf(`"n":%d}`, n)) {
				t.Fatalf("the JSON of event %d is %s", n, doc)
			}
		}
	}
	return out
}

// Whatever is loaded in whatever order, while new events arrive: every event is
// there once, the newest first, and what is said of the gaps is true.
func TestPagesInAnyOrderMakeOneHistory(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 12 {
		s := &userServer{events: 1 + r.IntN(3500)}
		ask, h := askerOf(t, s), newHistory()
		for range 12 {
			var a arrival
			var err error
			switch r.IntN(4) {
			case 0:
				a, err = earliest(context.Background(), ask)
			case 1:
				a, err = older(context.Background(), ask, r.IntN(s.events+500))
			case 2:
				offset, _ := h.next()
				a, err = older(context.Background(), ask, offset)
			case 3:
				s.events += r.IntN(30)
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range a.pages {
				h.add(l)
			}
			got := numbersOf(t, h)
			if !slices.IsSortedFunc(got, func(a, b int) int { return b - a }) || len(slices.Compact(slices.Clone(got))) != len(got) {
				t.Fatalf("%d events are out of order or twice", len(got))
			}
			if h.total() != s.events || h.count() != len(got) {
				t.Fatalf("%d of %d events; want %d of %d", h.count(), h.total(), len(got), s.events)
			}
			for _, sp := range h.spans {
				if newest := sp.newest(); !newest.Equal(timeOf(s.events - 1 - sp.offset)) {
					t.Fatalf("the span at %d begins at %v; want %v", sp.offset, newest, timeOf(s.events-1-sp.offset))
				}
				if last := sp.oldest(); !last.Equal(timeOf(s.events - sp.offset - len(sp.events))) {
					t.Fatalf("the span at %d of %d has a gap", sp.offset, len(sp.events))
				}
			}
			if h.whole() != (len(got) == s.events) || h.born() != (len(got) > 0 && got[len(got)-1] == 0) {
				t.Fatalf("whole %v, born %v with %d of %d", h.whole(), h.born(), len(got), s.events)
			}
		}
	}
}

// A server that sends the newest page whatever it is asked for has no event be there
// again as an older one, or as the first.
func TestAServerThatDoesNotTurnPagesIsSeenThrough(t *testing.T) {
	for _, anon := range []bool{false, true} {
		for _, first := range []int{200, pageSize} {
			if anon && first != pageSize {
				continue // what has no id and comes in another page is not to be told apart
			}
			s := &userServer{events: 5000, stuck: true, anon: anon}
			ask := askerOf(t, s)
			a, err := newest(context.Background(), ask, first)
			if err != nil {
				t.Fatal(err)
			}
			p := newPerson("", a, noon())
			for what, more := range map[string]func() (arrival, error){
				"older":    func() (arrival, error) { n, _ := p.history.next(); return older(context.Background(), ask, n) },
				"earliest": func() (arrival, error) { return earliest(context.Background(), ask) },
			} {
				a, err := more()
				if err != nil {
					t.Fatal(err)
				}
				p.take(a, noon())
				if n := p.history.count(); n != first || !p.history.stuck || !strings.Contains(p.loadedWords(), "again") {
					t.Errorf("%s, anonymous %v, of %d: %d events, %q", what, anon, first, n, p.loadedWords())
				}
			}
			s.stuck = false
			if a, err = older(context.Background(), ask, first); err != nil {
				t.Fatal(err)
			}
			if p.take(a, noon()); p.history.count() != first+pageSize || p.history.stuck {
				t.Errorf("when it turns them again there are %d events, %q", p.history.count(), p.loadedWords())
			}
		}
	}
}

// A moment is found by halving, not by paging through: in as many look-ups as
// halving 1,000 events takes, and one for the page.
func TestAMomentIsFoundByHalving(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 12 {
		s := &userServer{events: 1 + r.IntN(200_000)}
		ask, h := askerOf(t, s), newHistory()
		first, err := newest(context.Background(), ask, pageSize)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range first.pages {
			h.add(l)
		}
		s.calls = 0
		at := r.IntN(s.events+20) - 10
		moment := timeOf(at).Add(30 * time.Second)
		a, err := seek(context.Background(), ask, knownOf(h), h.total(), moment)
		if err != nil {
			t.Fatal(err)
		}
		most := 1
		for n := s.events; n > pageSize; n /= 2 {
			most++
		}
		if s.calls > most || s.calls != a.calls {
			t.Errorf("of %d events, %d look-ups (%d said); at most %d", s.events, s.calls, a.calls, most)
		}
		for _, l := range a.pages {
			h.add(l)
		}
		story := tell(h, told{wide: map[spot]bool{}})
		row := story.rows[story.before(moment)]
		want := timeOf(min(at, s.events-1))
		if at < 0 {
			if row.kind != birthRow && row.kind != missingRow {
				t.Errorf("before the first event the cursor is on a row of kind %d", row.kind)
			}
		} else if !row.newest().time.Equal(want) {
			t.Errorf("of %d events, %v leads to %v; want %v", s.events, moment, row.newest().time, want)
		}
	}
}

func TestAServerThatDoesNotCountIsPagedThrough(t *testing.T) {
	s := &userServer{events: 2500, mute: true}
	ask, h := askerOf(t, s), newHistory()
	for range 10 {
		offset, more := h.next()
		if !more {
			break
		}
		a, err := older(context.Background(), ask, offset)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range a.pages {
			h.add(l)
		}
	}
	if h.count() != 2500 || !h.whole() || !h.born() || s.calls != 4 {
		t.Errorf("%d events, whole %v, born %v in %d calls", h.count(), h.whole(), h.born(), s.calls)
	}
	if _, err := earliest(context.Background(), ask); err == nil {
		t.Error("the first page of an uncounted user was put somewhere")
	}
}

func TestFollowingAsksNoMoreThanItMust(t *testing.T) {
	s := &userServer{events: 3000}
	ask, h := askerOf(t, s), newHistory()
	first, _ := newest(context.Background(), ask, pageSize)
	h.add(first.pages[0])
	for _, c := range []struct{ come, calls int }{{0, 1}, {3, 1}, {49, 1}, {120, 2}, {0, 1}} {
		s.events += c.come
		s.calls = 0
		a, err := fresh(context.Background(), ask, h.spans[0].newest())
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range a.pages {
			h.add(l)
		}
		if s.calls != c.calls || len(h.spans) != 1 || !h.spans[0].newest().Equal(timeOf(s.events-1)) {
			t.Errorf("%d new events: %d calls, %d spans, newest %v", c.come, s.calls, len(h.spans), h.spans[0].newest())
		}
	}
}

// What is kept of an event is small, however many there are.
func TestManyEventsStayLight(t *testing.T) {
	const many = 20_000
	var before, behind runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	p := loadedUser(many)
	runtime.GC()
	runtime.ReadMemStats(&behind)
	if each := int64(behind.HeapAlloc-before.HeapAlloc) / many; each > 400 {
		t.Errorf("an event takes %d bytes; at most 400", each)
	}
	runtime.KeepAlive(p)
}
