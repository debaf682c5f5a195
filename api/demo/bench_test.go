package demo

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/http/httptest"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"
)

// million is a log of a million events in 90 days by 20,000 users, one of whom
// did every tenth.
var million = sync.OnceValue(func() *Log {
	r := rand.New(rand.NewPCG(1, 1))
	b := newBuilder()
	text := func(key, s string) property { return property{b.key(key), b.value(value{text: s})} }
	var kinds, own, state []int32
	for i := range 40 {
		kinds = append(kinds, b.name("event "+strconv.Itoa(i)))
	}
	for i := range 200 {
		own = append(own, b.set([]property{
			text("event:song", "song "+strconv.Itoa(i)),
			{b.key("event:$revenue"), b.value(value{text: strconv.Itoa(i), kind: numberValue, number: float64(i)})},
		}))
		state = append(state, b.set([]property{text("country", "country "+strconv.Itoa(i%30)), text("platform", "platform "+strconv.Itoa(i%3))}))
	}
	start := storeNow().AddDate(0, 0, -89).UnixMicro()
	for i := range 1000000 {
		u := r.IntN(20000)
		if i%10 == 0 {
			u = 0
		}
		b.append(record{
			at: start + int64(i)*89*24*3600, kind: kinds[r.IntN(40)], user: b.person(int64(u)), id: b.word([]byte("user-" + strconv.Itoa(u))),
			own: own[r.IntN(200)], state: state[u%200], session: -1,
		})
	}
	return b.done()
})

func BenchmarkMillion(b *testing.B) {
	s := &Server{Log: million(), Now: storeNow, Zone: time.UTC}
	end := storeNow()
	dates := "start=" + end.AddDate(0, 0, -89).Format("20060102") + "&end=" + end.Format("20060102")
	e := func(name, rest string) string { return "&e=" + url.QueryEscape(`{"event_type":"`+name+`"`+rest+`}`) }
	funnel := e("event 0", "") + e("event 1", "") + e("event 2", "")
	for _, c := range []struct{ name, path, query string }{
		{"events", "/api/2/events/list", ""},
		{"uniques", "/api/2/events/segmentation", e("_active", "")},
		{"grouped", "/api/2/events/segmentation", e("_all", `,"group_by":[{"type":"event","value":"song"}]`)},
		{"two groups", "/api/2/events/segmentation", e("_all", `,"group_by":[{"type":"event","value":"song"}]`) + "&g=country"},
		{"formula", "/api/2/events/segmentation", e("_all", "") + "&m=formula&formula=ACTIVE(A)*TOTALS(A)"},
		{"rolling", "/api/2/events/segmentation", e("_all", "") + "&rollingWindow=30"},
		{"performed", "/api/2/events/segmentation", e("_all", "") + "&s=" + url.QueryEscape(`[{"type":"event","event_type":"event 3","filters":[],"op":">=","value":1,"time_type":"forEachInterval","time_value":30}]`)},
		{"funnel ordered", "/api/2/funnels", funnel},
		{"funnel unordered", "/api/2/funnels", funnel + "&mode=unordered"},
		{"funnel sequential", "/api/2/funnels", funnel + "&mode=sequential"},
		{"funnel grouped", "/api/2/funnels", funnel + "&g=country"},
		{"retention", "/api/2/retention", "&se=" + url.QueryEscape(`{"event_type":"_active"}`) + "&re=" + url.QueryEscape(`{"event_type":"_active"}`)},
		{"retention rolling grouped", "/api/2/retention", "&rm=rolling&g=country&se=" + url.QueryEscape(`{"event_type":"_active"}`) + "&re=" + url.QueryEscape(`{"event_type":"_all"}`)},
		{"ltv", "/api/2/revenue/ltv", ""},
		{"revenue day", "/api/2/revenue/day", "&g=country&m=arpu"},
		{"users", "/api/2/users", "&m=active"},
		{"search", "/api/2/usersearch", "&user=user-19"},
		{"activity", "/api/2/useractivity", "&user=0"},
	} {
		b.Run(c.name, func(b *testing.B) {
			r := httptest.NewRequest("GET", c.path+"?"+dates+c.query, nil)
			r.SetBasicAuth("a", "b")
			for b.Loop() {
				w := httptest.NewRecorder()
				if s.ServeHTTP(w, r); w.Code != 200 {
					b.Fatal(w.Body)
				}
			}
		})
	}
}

func BenchmarkWriteStore(b *testing.B) {
	l := Generate(1, storeNow())
	for b.Loop() {
		if err := l.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadStore(b *testing.B) {
	var file bytes.Buffer
	if err := Generate(1, storeNow()).Write(&file); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := Read("store", bytes.NewReader(file.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}
