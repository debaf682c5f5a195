package fault

import "time"

func turnKinds() []Kind {
	fails := status(503, asText, "Service Unavailable")
	return []Kind{
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
