package fault

import (
	"net/http"
	"strings"
	"time"
)

// clockKinds are answers that are as old as they do not say, or that say another time
// than it is.
func clockKinds() []Kind {
	date := func(off time.Duration) func(*call) {
		return func(c *call) {
			c.Header().Set("Date", time.Now().Add(off).UTC().Format(http.TimeFormat))
			c.pass()
		}
	}
	return []Kind{
		{"clock-behind", "It says that the clocks differ: what is over and what is today go by them.", Whole, date(-48 * time.Hour)},
		{"clock-ahead", "It says that the clocks differ: what is over and what is today go by them.", Whole, date(48 * time.Hour)},
		{"from-a-cache", "It says the time that the answer is of: it has stood in a cache on the way.", Aged, func(c *call) {
			c.Header().Set("Age", "7200")
			c.Header().Set("Date", time.Now().Add(-2*time.Hour).UTC().Format(http.TimeFormat))
			c.with(func(body []byte) []byte {
				v, _ := decode(body).(map[string]any)
				delete(v, "timeComputed")
				if meta, ok := v["metadata"].(map[string]any); ok && strings.HasSuffix(c.request.URL.Path, "useractivity") {
					delete(meta, "timeComputed")
				}
				return encode(v)
			})
		}},
	}
}

// pageAgain sends the first page of a user's events whichever is asked for.
func pageAgain(c *call) {
	values := c.request.URL.Query()
	values.Del("offset")
	values.Del("direction")
	c.request.URL.RawQuery = values.Encode()
	c.pass()
}

func turnKinds() []Kind {
	fails := status(503, asText, "Service Unavailable")
	return []Kind{
		{"page-again", "It says that the server does not turn pages, and takes no event for an older one.", Whole, pageAgain},
		{"fails-twice", "It asks again, and draws the answer as if nothing had been.", Whole, func(c *call) {
			if c.turn < 2 {
				fails(c)
				return
			}
			c.pass()
		}},
		{"flapping", "It asks again, and draws the answer as if nothing had been.", Whole, func(c *call) {
			if c.turn%2 == 0 {
				fails(c)
				return
			}
			c.pass()
		}},
		{"resets-once", "It asks again, and draws the answer as if nothing had been.", Whole, func(c *call) {
			if c.turn == 0 {
				write("")(c)
				return
			}
			c.pass()
		}},
		{"limited-once", "It waits for the time that was named, and draws the answer.", Whole, func(c *call) {
			if c.turn == 0 {
				c.Header().Set("Retry-After", "3")
				c.say(429, asText, "Too Many Requests")
				return
			}
			c.pass()
		}},
		{"fails-later", "It keeps what it has, says of which time it is, and why there is nothing newer.", Fails, func(c *call) {
			if c.turn > 0 {
				fails(c)
				return
			}
			c.pass()
		}},
		{"out-of-order", "It draws the answer to what was asked last, whenever the others come.", Whole, func(c *call) {
			// The first answer comes last, the next one before it, and so on.
			if c.wait(max(8-2*time.Duration(c.turn), 0) * time.Second) {
				c.pass()
			}
		}},
	}
}
