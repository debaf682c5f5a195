package views

import (
	"context"
	"errors"
	"fmt"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/keys"
	"amptui/views/query"
)

// Explain says an error in one sentence with a next step, which is a key of the user's.
func Explain(err error, k keys.Map) string { return explained(err, k.Refresh).sentence() }

func explained(err error, retry keys.Key) explanation {
	again := Press(retry)
	if retry.Shown() != "" {
		return explain(err, again, again+" to ask again")
	}
	return explain(err, again, again)
}

// ExplainInShell is Explain where there are no keys.
func ExplainInShell(err error) string { return explain(err, "run it again", "run it again").sentence() }

// An explanation is what is wrong, the reason as it was given, and the next step.
type explanation struct {
	wrong, reason, step string
	plain               bool // the reason says what to do: the step may go first
}

func (e explanation) sentence() string {
	if e.reason != "" {
		e.reason = " (" + e.reason + ")"
	}
	if e.step != "" {
		e.step = ": " + e.step
	}
	return e.wrong + e.reason + e.step
}

// within is the sentence in so many cells: where it is too long, the reason is cut
// first, since the next step stands behind it.
func (e explanation) within(w int) string {
	if e.plain && charts.Width(e.sentence()) > w {
		e.step = ""
	}
	if over := charts.Width(e.sentence()) - w; over > 0 && e.reason != "" {
		e.reason = charts.Cut(e.reason, max(charts.Width(e.reason)-over, 8))
	}
	return charts.Cut(e.sentence(), w)
}

func explain(err error, again, askAgain string) explanation {
	said := text.Clean(err.Error())
	var failure *api.Error
	if errors.As(err, &failure) && failure.Reason != "" {
		said = text.Clean(failure.Reason)
	}
	switch {
	case errors.Is(err, api.ErrCredentials):
		return refused(failure, said)
	case errors.Is(err, api.ErrRateLimit):
		return explanation{wrong: "the rate limit is reached", reason: said, step: longWait(failure) + "then " + again + ", or ask for fewer days"}
	case errors.Is(err, api.ErrCheck):
		return explanation{wrong: said}
	case errors.Is(err, api.ErrQuery):
		return explanation{wrong: answering(failure) + " cannot answer this question", reason: said, step: "change it", plain: true}
	case errors.Is(err, api.ErrNotFound):
		return explanation{wrong: "the server does not know what was asked for", reason: said, step: "check the region or the address"}
	case errors.Is(err, api.ErrWebPage):
		return explanation{wrong: "a web page came instead of data", reason: "sign-in or proxy?", step: "check the region and the network"}
	case errors.Is(err, api.ErrRedirect):
		return explanation{wrong: "the server sends to another place", reason: said, step: "no keys are sent there, check the region or the address"}
	case errors.Is(err, api.ErrTooLarge):
		return explanation{wrong: "the answer is too large", reason: said, step: "ask for fewer days or groups"}
	case errors.Is(err, api.ErrTimeout), errors.Is(err, context.DeadlineExceeded):
		return explanation{wrong: "the server did not answer in time", step: askAgain + ", or ask for fewer days"}
	case errors.Is(err, api.ErrCertificate):
		return explanation{wrong: "the server cannot show that it is the one that was meant", reason: said, step: "no keys were sent, check the address, the clock and the proxy, then " + again}
	case errors.Is(err, api.ErrUnreachable):
		return explanation{wrong: "the server cannot be reached", reason: said, step: "check the network, then " + again}
	case errors.Is(err, api.ErrServer):
		return explanation{wrong: "the server failed", reason: said, step: askAgain}
	case errors.Is(err, api.ErrDecode):
		return explanation{wrong: "the answer is not understood", reason: said, step: askAgain}
	}
	return explanation{wrong: said}
}

// answering is who has answered with an error.
func answering(e *api.Error) string {
	if e != nil && e.Log {
		return "the log"
	}
	return "the server"
}

// refused says whose keys were refused where, and that the other region is the most
// likely cause: a key of one does not work in the other.
func refused(e *api.Error, said string) explanation {
	x := explanation{wrong: "the server refused the key or the secret", reason: said, step: "check both and the region, US and EU keys differ, then amptui login"}
	if e == nil || e.Host == "" {
		return x
	}
	login := "amptui login"
	if e.Profile != "" {
		x.wrong += " of profile " + e.Profile
		login += " --profile " + query.Quote(e.Profile)
	}
	switch "https://" + e.Host {
	case api.StandardHost:
		x.wrong += " in the US region"
		x.step = "a project of the EU needs region eu; else check the keys, then " + login
	case api.EUHost:
		x.wrong += " in the EU region"
		x.step = "a project of the US needs region us; else check the keys, then " + login
	default:
		x.wrong += " at " + e.Host
		x.step = "check both and the address, then " + login
	}
	return x
}

// longWait says how long the server wants to be left alone.
func longWait(e *api.Error) string {
	switch {
	case e == nil || e.RetryAfter == 0:
		return "wait, "
	case e.RetryAfter < 2*time.Minute:
		return fmt.Sprintf("wait %d s, ", int(e.RetryAfter.Seconds()+0.5))
	case e.RetryAfter < 2*time.Hour:
		return fmt.Sprintf("wait %d min, ", int(e.RetryAfter.Minutes()+0.5))
	}
	return fmt.Sprintf("wait %d h, ", int(e.RetryAfter.Hours()+0.5))
}

// ErrMistake says that a question was typed wrong: nothing was asked.
var ErrMistake = errors.New("the question is not understood")

// Mistake marks an error as the user's; what it says stays the same.
func Mistake(err error) error {
	if err == nil {
		return nil
	}
	return mistake{err}
}

type mistake struct{ error }

func (m mistake) Unwrap() []error { return []error{m.error, ErrMistake} }
