package ui

import (
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// The demo's funnel leaks on one platform. Who knows only the footer finds it.
func TestTheLeakOfTheDemoIsFoundInElevenKeys(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Sees("3 Funnel")
		d.Press("3")
		d.Sees("a adds a step", "a add step")
		d.Press("a")
		d.Sees("first step", "a part of its name", "enter take")
		d.Press("p", "s")
		d.Sees("▸ Payment Submitted")
		d.Press("enter")
		d.Sees("step 2", "Purchase") // what happens a little less often is offered first
		d.Press("p", "u")
		d.Sees("▸ Purchase")
		d.Press("enter")
		d.Sees("step 3 (enter alone or esc ends)", "enter ask")
		d.Press("enter")
		d.Sees(`funnel "Payment Submitted" Purchase`, "Biggest drop", "b by")
		d.Press("b", "enter")
		d.Sees("--by platform", "Widest gap: Payment Submitted to Purchase, Android 53.4% against Web 96.2%")
	})
}

func TestAFunnelIsBuiltReorderedAndUndone(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(130, 30)
		d.Press(":")
		d.Type(`funnel "Store Opened" "Checkout Started" Purchase`)
		d.Press("enter")
		d.Sees("1 Store Opened", "3 Purchase", "of previous", "Slowest step")
		d.Press("j", "J")
		d.Sees(`funnel "Store Opened" Purchase "Checkout Started"`)
		d.Press("K")
		d.Sees(`funnel "Store Opened" "Checkout Started" Purchase`)
		d.Press("d")
		d.Sees(`funnel "Store Opened" Purchase`)
		d.Press("d")
		d.Sees("this has one: press a to add another", "still of")
		d.Press("u", "u")
		d.Sees(`funnel "Store Opened" "Checkout Started" Purchase`)
		d.Press("c")
		d.Type("1h")
		d.Press("enter")
		d.Sees("--within 1h", "within 1h")
		d.Press("c")
		d.Type("soon")
		d.Press("enter")
		d.Sees("is not a conversion window")
		d.Press("esc", "m")
		d.Sees("whole days") // steps in any order need them
		d.Press("c")
		d.Type("2d")
		d.Press("enter", "m")
		d.Sees("--order any")
		d.Press("m", "n")
		d.Sees("--order sequential", "--users new")
		d.Press("m", "n", "f")
		d.Type("source is push")
		d.Press("esc", "enter")
		d.Sees("segment")
		d.Press("esc")
		d.Sees("funnel")
	})
}

func TestTheFacesOfAFunnelAreOfOneAnswer(t *testing.T) {
	asked := 0
	good := demoServer()
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "funnels") {
			asked++
		}
		good.ServeHTTP(w, r)
	})
	story(t, h, func(d *driver) {
		d.Resize(130, 30)
		d.Press(":")
		d.Type(`funnel "Checkout Started" "Payment Submitted" Purchase --by platform`)
		d.Press("enter")
		d.Press("t")
		d.Sees("--face days", "how many got to Purchase", "may still rise")
		d.Press("j", "h", "h")
		d.Sees("how many got to Payment Submitted", "Mon 23 Nov")
		d.Press("t")
		d.Sees("--face times", "From Checkout Started to Payment Submitted", "10s to 1m")
		d.Press("l", "j")
		d.Sees("From Payment Submitted to Purchase")
		d.Press("t")
		d.Sees("--face table", "of previous")
		d.Press("t")
		d.SeesNot("--face")
		if asked != 1 {
			t.Errorf("asked %d times; want once", asked)
		}
	})
}

func TestMarkedEventsBecomeAFunnelAndRetention(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("/")
		d.Type("pu")
		d.Press("enter", "j", "space", "space")
		d.Sees("F funnel")
		d.Press("F")
		d.Sees(`funnel "Payment Submitted" Purchase`, "Biggest drop")
		d.Press("esc")
		d.Sees("events pu")
		d.Press("R")
		d.Sees("retention _new", "all cohorts")
	})
}

func TestTheTriangleIsReadCellByCell(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("4")
		d.Sees("all cohorts: ", "were active on day 1", "* not over, not in averages", "100%*")
		d.Press("j", "l")
		d.Sees("cohort of Tue 24 Nov: day 2 is still to come")
		d.Press("j", "h")
		d.Sees("cohort of Mon 23 Nov", "on day 1, not over yet")
		for range 20 {
			d.Tap("j")
			d.Tap("l")
		}
		d.Press("j", "l")
		d.Sees("cohort of Mon 2 Nov", "on day 22", "all cohorts", "cohort ")
		d.Press("%")
		d.Sees("--counts")
		d.Press("%", "t")
		d.Sees("--face curve", "users")
		d.Press("t")
		d.Sees("--face trend", "day 7")
		d.Press("t", "i", "m")
		d.Sees("--mode rolling", "--interval week", "week of")
		d.Press("m", "b")
		d.Type("platf")
		d.Press("enter")
		d.Sees("--by platform", "costs 1,160 of") // what costs much waits
		d.Press("r")
		d.Sees("(1 of 3)")
		d.Press("J")
		d.Sees("(2 of 3)")
		for range 15 {
			d.Tap("j")
		}
		d.Wait(1)
		d.Sees("(3 of 3)") // down from the last cohort is the next group
		d.Press("b", "enter", "i", "i", "M")
		d.Type("0-3,2-5")
		d.Press("enter")
		d.Sees("overlap")
		d.Press("esc", "M")
		d.Type("0,1-7,8-14")
		d.Press("enter")
		d.Sees("--brackets 0,1-7,8-14", "8-14")
		d.Press("S")
		d.Type("sign up") // Sign Up Started is more common, but not what is typed
		d.Press("enter", "E")
		d.Type("purchase")
		d.Press("enter")
		d.Sees(`retention "Sign Up" Purchase`, "did Purchase")
	})
}

func TestLifetimeValueSaysWhatIsPending(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("6")
		d.Sees("ARPU of new users by week", "curves may fall at their end", "* not all are so old", "by day 1")
		d.Press("m")
		d.Sees("--metric arppu", "ARPPU")
		d.Press("t")
		d.Sees("--face heat", "all new users", "16 Nov 2026")
		d.Press("j", "l", "l", "l")
		d.Sees("new in the week of 23 Nov 2026", "day 4 is pending")
		d.Press("t", "b")
		d.Type("platf")
		d.Press("enter")
		d.Sees("--face table", "paying", "iOS  (1 of 3)")
		d.Press("J")
		d.Sees("Android  (2 of 3)")
	})
}

func TestAServerWithoutLifetimeValueAnswersATimeSeries(t *testing.T) {
	good := demoServer()
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "ltv") {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		good.ServeHTTP(w, r)
	})
	story(t, h, func(d *driver) {
		d.Press("6")
		d.Sees("ARPU per week of all users, not by age", "from /revenue/day", "t table")
		d.Press("t")
		d.Sees("--face table", "date")
		d.Press("t", "m", "m", "i", "h", "l", "j", "k")
		d.Sees("total revenue")
	})
}

// Recorded and documented answers show as what they are, empty ones as empty.
func TestRecordedFunnelsCohortsAndRevenueShow(t *testing.T) {
	read := func(name string) string {
		b, err := os.ReadFile("../api/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, c := range []struct {
		file, path, line string
		sees             []string
	}{
		{"funnels-2step-3days-recorded.json", "/api/2/funnels", "funnel A B --from 2025-11-19 --to 2025-11-21", []string{"155", "33", "21.3%", "8d 15h"}},
		{"funnels-2step-3days-recorded.json", "/api/2/funnels", "funnel A B --from 2025-11-19 --to 2025-11-21 --face days", []string{"19 Nov", "21 Nov", "21.3%"}},
		{"funnels-2step-3days-recorded.json", "/api/2/funnels", "funnel A B --from 2025-11-19 --to 2025-11-21 --face times", []string{"From A to B: 33 users", "7d to 8d", "11", "33.3%"}},
		{"funnels-3step-7days-recorded.json", "/api/2/funnels", "funnel A B C --from 2025-11-15 --to 2025-11-21", []string{"376", "89", "16", "23.7%", "2d", "9d", "Biggest drop: B to C, 73 of 89 lost (82.0%)"}},
		{"funnels-3step-documented.json", "/api/2/funnels", "funnel A B C --from 2017-08-13 --to 2017-08-20", []string{"1 A", "3 C", "100.0%", "157,485"}},
		{"funnels-empty-recorded.json", "/api/2/funnels", "funnel A B", []string{"no data: nobody did the first step"}},
		{"retention-documented.json", "/api/2/retention", "retention --from 2014-08-14 --to 2014-08-15", []string{"Fri 15 Aug", "14,720", "27,584", "70%", "12%*", "all cohorts: 1,561 of 12,864 users (12.1%) were active on day 1, not over yet"}},
		{"retention-monthly-excerpt-recorded.json", "/api/2/retention", "retention --interval month --from 2021-08 --to 2021-09", []string{"Sep 2021", "Aug 2021", "45%", "no row of all cohorts was sent", "0%", "*"}},
		{"retention-monthly-excerpt-recorded.json", "/api/2/retention", "retention --interval month --from 2021-08 --to 2021-09 --face curve", []string{"Sep 2021", "Aug 2021", "9.1%", "0%"}},
		{"revenue-ltv-documented.json", "/api/2/revenue/ltv", "revenue --interval day --from 2021-10-01 --to 2021-10-04", []string{"it is about 2014-10-01, which was not asked"}}, // as the documentation has it
	} {
		t.Run(c.file+" "+c.line, func(t *testing.T) {
			h := bodies(http.StatusOK, map[string]string{"/api/2/events/list": read("events-list-recorded.json"), c.path: read(c.file)})
			story(t, h, func(d *driver) {
				d.Resize(110, 30)
				d.Press(":")
				d.Type(c.line)
				d.Press("enter")
				d.Sees(c.sees...)
				d.SeesNot("NaN", " -1")
			})
		})
	}
}

// Nothing is asked of the server for a question that cannot be asked.
func TestAWrongQuestionIsNotSent(t *testing.T) {
	sent := ""
	good := demoServer()
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "events/list") {
			sent += r.URL.Path + "\n"
		}
		good.ServeHTTP(w, r)
	})
	story(t, h, func(d *driver) {
		for line, says := range map[string]string{
			"funnel Purchase":                    "One step more and the funnel can be asked",
			"funnel A B --within 0m":             "lets nobody through",
			"retention Purchase":                 "a start event and a return event",
			"retention A B --brackets 0-5,3-9":   "overlap",
			"funnel A B --last 400d":             "400 days",
			"retention --last 400d":              "400 days",
			"revenue --interval day --last 400d": "400 days",
		} {
			d.Press(":")
			d.Type(line)
			d.Press("enter")
			if frame := d.Frame(); !strings.Contains(frame, says) {
				t.Errorf("%s: %q is not said:\n%s", line, says, frame)
			}
			d.Press("esc")
		}
		if sent != "" {
			t.Errorf("asked all the same:\n%s", sent)
		}
	})
}

// A slip of the pen is no step; who means it says so once more.
func TestAStepThatTheProjectDoesNotListIsAskedForOnceMore(t *testing.T) {
	var asked atomic.Int64
	story(t, counting(demoServer(), &asked), func(d *driver) {
		d.open("funnel", "Sign Up")
		d.Press("a")
		d.Wait(time.Second)
		before := asked.Load()
		d.Type("Purchsae")
		d.Press("enter")
		d.Sees("the project lists no event called Purchsae: did you mean Purchase?", "takes it as it is")
		if asked.Load() != before {
			t.Errorf("%d were asked", asked.Load()-before)
		}
		d.Press("enter")
		d.Sees(`funnel "Sign Up" Purchsae`)
	})
}
