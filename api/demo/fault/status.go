package fault

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

const (
	asJSON = "application/json; charset=UTF-8"
	asText = "text/plain; charset=utf-8"
	asHTML = "text/html; charset=utf-8"

	page = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Sign in to the proxy</h1></body></html>\n"
)

// errorBody is the API's error object.
func errorBody(status int, details string) string {
	return fmt.Sprintf(`{"error":{"http_code":%d,"type":"invalid","message":"Invalid chart definition","metadata":{"details":%s}}}`,
		status, strconv.QuoteToASCII(details))
}

func status(code int, contentType, body string) func(*call) {
	return func(c *call) { c.say(code, contentType, body) }
}

const (
	saysStatus = "It says the status and the server's own reason in one sentence, keeps what it has, and asks again in one key."
	saysOnce   = "It says why, and does not ask again by itself: the same question would be refused again."
	triesAgain = "It asks again a few times, waiting longer each time, says so, and then gives up with a sentence."
)

func statusKinds() []Kind {
	return []Kind{
		{"bad-request", saysOnce, Fails, status(400, asJSON, errorBody(400, "Invalid user property moon"))},
		{"bad-request-text", saysOnce, Fails, status(400, asText, "Invalid user property moon\nat line 1\n")},
		{"bad-request-page", saysOnce, Fails, status(400, asHTML, page)},
		{"unauthorized", "It says that the keys are refused and what to check, and asks nothing more with them.", Refused, status(401, asJSON, errorBody(401, "Unauthorized"))},
		{"forbidden", "It says that the keys are refused and what to check, and asks nothing more with them.", Refused, status(403, asText, "Forbidden")},
		{"forbidden-page", "It says that the keys are refused, or that a proxy stands between.", Refused, status(403, asHTML, page)},
		{"not-found", "It says that the server does not know this, and does not ask again.", Fails, status(404, asJSON, errorBody(404, "Not found"))},
		{"not-found-page", "It says that the server does not know this, and does not ask again.", Fails, status(404, asHTML, page)},
		{"status-408", triesAgain, Fails, status(408, asText, "Request Timeout")},
		{"status-413", saysOnce, Fails, status(413, asText, "Payload Too Large")},
		{"status-418", saysStatus, Fails, status(418, asText, "I'm a teapot")},
		{"error", triesAgain, Fails, status(500, asJSON, errorBody(500, "Internal error"))},
		{"error-text", triesAgain, Fails, status(500, asText, "panic: runtime error\ngoroutine 1 [running]:\n")},
		{"error-page", triesAgain, Fails, status(500, asHTML, page)},
		{"error-empty", triesAgain, Fails, status(500, asText, "")},
		{"error-broken", triesAgain, Fails, status(500, asJSON, `{"error":{"http_code":500,"mess`)},
		{"error-odd", triesAgain, Fails, status(500, asJSON, `{"error":[{"message":7},null],"errors":"many"}`)},
		{"status-501", "It says that the server cannot do this, and does not ask again.", Fails, status(501, asText, "Not Implemented")},
		{"bad-gateway", triesAgain, Fails, status(502, asHTML, page)},
		{"unavailable", triesAgain, Fails, status(503, asText, "Service Unavailable")},
		{"gateway-timeout", triesAgain, Fails, status(504, asText, "Gateway Timeout")},
		{"no-content", "It says that the server failed: nothing is no answer, and not an empty one.", Fails, status(204, asJSON, "")},
		{"accepted", "It says that the server failed: what is only accepted is no answer.", Fails, status(202, asJSON, `{"data":{}}`)},
		{"transformed", "It says that the server failed: what something on the way has changed is no answer.", Fails, func(c *call) {
			c.say(http.StatusNonAuthoritativeInfo, asJSON, c.good().body.String())
		}},
		{"not-modified", "It says that the server failed: it has not asked whether there is anything new.", Fails, status(304, "", "")},
		{"partial", "It says that the server failed, and draws no half of an answer.", Fails, func(c *call) { partial(c) }},
	}
}

// partial is half of the good answer, as status 206.
func partial(c *call) {
	body := c.good().body.Bytes()
	c.Header().Set("Content-Range", fmt.Sprintf("bytes 0-%d/%d", len(body)/2-1, len(body)))
	c.say(http.StatusPartialContent, asJSON, string(body[:len(body)/2]))
}

const waits = "It says that the limit is reached, keeps what it has, asks nothing before the time that was named, and once more then."

func limitKinds() []Kind {
	limit := func(retryAfter func(*call) string) func(*call) {
		return func(c *call) {
			if v := retryAfter(c); v != "" {
				c.Header().Set("Retry-After", v)
			}
			c.say(429, asJSON, `{"error":{"http_code":429,"type":"rate_limit","message":"Too Many Requests","metadata":{"details":"Exceeded rate limit with query of cost 1800"}}}`)
		}
	}
	word := func(s string) func(*call) { return limit(func(*call) string { return s }) }
	return []Kind{
		{"limited", "It says that the limit is reached, keeps what it has, and asks once more after a while.", Limited, word("")},
		{"limited-seconds", waits, Limited, word("7")},
		{"limited-date", waits, Limited, limit(func(*call) string { return time.Now().Add(9 * time.Second).UTC().Format(http.TimeFormat) })},
		{"limited-hour", "It says when it may ask again, and does not wait for it in silence.", Limited, word("3600")},
		{"limited-soon", "It takes a time that cannot be read for none.", Limited, word("soon")},
		{"limited-past", "It waits a second at least, also where the time has passed.", Limited, word("Thu, 01 Jan 1970 00:00:00 GMT")},
		{"limited-huge", "It says when it may ask again, and does not wait for ever.", Limited, word("99999999999999999999")},
		{"limited-page", "It says that the limit is reached.", Limited, status(429, asHTML, page)},
		{"unavailable-seconds", "It asks nothing before the time that was named.", Fails, func(c *call) {
			c.Header().Set("Retry-After", "2")
			c.say(503, asText, "Service Unavailable")
		}},
	}
}

func placeKinds() []Kind {
	const stays = "It names the place, and sends the keys there for nothing in the world."
	to := func(where func(*call) string) func(*call) {
		return func(c *call) {
			c.Header().Set("Location", where(c))
			c.WriteHeader(http.StatusFound)
		}
	}
	return []Kind{
		{"redirect-port", stays, Fails, to(func(c *call) string {
			host, _, err := net.SplitHostPort(c.request.Host)
			if err != nil {
				host = c.request.Host
			}
			return "http://" + net.JoinHostPort(host, "1") + c.request.URL.RequestURI()
		})},
		{"redirect-http", stays, Fails, to(func(c *call) string { return "http://amplitude.com" + c.request.URL.RequestURI() })},
		{"redirect-host", stays, Fails, to(func(*call) string { return "https://amplitude.example/login?next=/" })},
		{"redirect-loop", "It does not follow, and so does not go round.", Fails, to(func(c *call) string { return c.request.URL.RequestURI() })},
		{"redirect-nowhere", "It says the status.", Fails, func(c *call) { c.WriteHeader(http.StatusTemporaryRedirect) }},
		{"redirect-script", "It names the place, as far as it is one.", Fails, to(func(*call) string { return "javascript:alert(1)" })},
	}
}
