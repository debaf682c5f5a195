// A server whose answers are as large as any project's: 10,000 event types, 1,000
// groups of 365 days, cohorts of 365 days by 365, a user with 100,000 events. It is what
// .ci/large lets amptui read.
package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// days are the last n days that are over, the oldest first.
func days(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = time.Now().UTC().AddDate(0, 0, i-n+1).Format(time.DateOnly)
	}
	return out
}

// between are the days that a question names, or the last year.
func between(start, end string) []string {
	from, err := time.Parse("20060102", start)
	to, err2 := time.Parse("20060102", end)
	if err != nil || err2 != nil {
		return days(365)
	}
	var out []string
	for ; !from.After(to); from = from.AddDate(0, 0, 1) {
		out = append(out, from.Format(time.DateOnly))
	}
	return out
}

func quoted(words []string) string { return `"` + strings.Join(words, `","`) + `"` }

func events() []byte {
	var b bytes.Buffer
	things := strings.Fields("Basket Checkout Search Coupon Product Payment Address Review Wishlist Delivery Return Banner Category Newsletter Account Gift")
	deeds := strings.Fields("Opened Closed Started Finished Failed Viewed Changed Deleted Shared Printed Sorted Filtered Saved Restored Scrolled Rated")
	b.WriteString(`{"data":[`)
	for i := range 10000 {
		comma(&b, i)
		fmt.Fprintf(&b, `{"value":"%s %s %d","totals":%d,"totals_delta":%d,"hidden":false,"deleted":false,"non_active":%v}`,
			things[i%16], deeds[i/16%16], i/256, 9_000_000/(i+100)-i%7, i*7919%1999-999, i%11 == 5)
	}
	b.WriteString(`]}`)
	return b.Bytes()
}

// segmentation is groups by days, with the digits of averages.
func segmentation(groups int, x []string) []byte {
	var b bytes.Buffer
	b.WriteString(`{"data":{"series":[`)
	for g := range groups {
		comma(&b, g)
		b.WriteByte('[')
		for i := range x {
			comma(&b, i)
			if g%2 == 0 {
				fmt.Fprint(&b, 1000-g+i%7*10)
			} else {
				fmt.Fprintf(&b, "%.13f", float64(1000-g)+float64(i%7)/7)
			}
		}
		b.WriteByte(']')
	}
	b.WriteString(`],"seriesLabels":[`)
	for g := range groups {
		comma(&b, g)
		fmt.Fprintf(&b, `[0,"group %d"]`, g)
	}
	b.WriteString(`],"xValues":[` + quoted(x) + `]}}`)
	return b.Bytes()
}

// retention is cohorts of days by days.
func retention() []byte {
	var b bytes.Buffer
	x := days(365)
	b.WriteString(`{"data":{"series":[{"dates":[` + quoted(x) + `],"values":{`)
	for i, day := range x {
		comma(&b, i)
		fmt.Fprintf(&b, `"%s":[{"count":%d,"outof":%d,"incomplete":false}`, day, 900, 900)
		for n := range len(x) - i {
			fmt.Fprintf(&b, `,{"count":%d,"outof":900,"incomplete":%v}`, 900/(n+1), n == len(x)-i-1)
		}
		b.WriteByte(']')
	}
	b.WriteString(`},"combined":[{"count":300000,"outof":300000,"incomplete":false}`)
	for n := range x {
		fmt.Fprintf(&b, `,{"count":%d,"outof":300000,"incomplete":false}`, 300000/(n+1))
	}
	b.WriteString(`]}]}}`)
	return b.Bytes()
}

// page is a thousand events of one user with nested properties, the newest first.
func page(offset int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"userData":{"user_id":"ada@example.com","canonical_amplitude_id":1,"num_events":100000,"num_sessions":5000,"platform":"iOS"},"events":[`)
	now := time.Now().UTC()
	for i := offset; i < min(offset+1000, 100000); i++ {
		comma(&b, i-offset)
		at := now.Add(-time.Duration(i) * time.Minute)
		fmt.Fprintf(&b, `{"event_type":"Event %d","event_time":"%s","session_id":%d,"$insert_id":"i%d","event_properties":{"page":"/a/%d","n":%d,"basket":{"items":[{"sku":"a-%d","price":9.99},{"sku":"b","price":1}],"total":10.99},"tags":["x","y","z"]},"user_properties":{"plan":"free","level":%d}}`,
			i%40, at.Format("2006-01-02 15:04:05.000000"), at.Add(-time.Duration(i%20)*time.Minute).UnixMilli(), i, i%900, i, i, i/1000)
	}
	b.WriteString(`]}`)
	return b.Bytes()
}

func comma(b *bytes.Buffer, i int) {
	if i > 0 {
		b.WriteByte(',')
	}
}

// main serves until it is killed. The first argument is a file for the address, the
// second how many groups a segmentation has.
func main() {
	groups, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	grouped := segmentation(groups, days(365))
	answers := map[string][]byte{"/api/2/events/list": events(), "/api/2/retention": retention()}
	if err := os.WriteFile(os.Args[1], []byte("http://"+listener.Addr().String()), 0o600); err != nil {
		panic(err)
	}
	err = http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		body := answers[r.URL.Path]
		switch r.URL.Path {
		case "/api/2/events/segmentation":
			if body = grouped; query.Get("g") == "" {
				body = segmentation(1, between(query.Get("start"), query.Get("end")))
			}
		case "/api/2/usersearch":
			body = []byte(`{"type":"match_user_or_device_id","matches":[{"user_id":"ada@example.com","amplitude_id":1}]}`)
		case "/api/2/useractivity":
			offset, _ := strconv.Atoi(query.Get("offset"))
			body = page(offset)
		}
		if body == nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	}))
	panic(err)
}
