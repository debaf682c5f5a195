package views

import (
	"context"
	"errors"

	"amptui/api"
	"amptui/api/text"
)

// Explain says an error in one sentence with a next step, which is a key.
func Explain(err error) string { return explain(err, "press r", "press r to ask again") }

// ExplainInShell is Explain where there are no keys.
func ExplainInShell(err error) string { return explain(err, "run it again", "run it again") }

func explain(err error, again, askAgain string) string {
	said := text.Clean(err.Error())
	var failure *api.Error
	if errors.As(err, &failure) && failure.Reason != "" {
		said = text.Clean(failure.Reason)
	}
	switch {
	case errors.Is(err, api.ErrCredentials):
		return "the server refused the key or the secret (" + said + "): check both and the region, US and EU keys differ, then amptui login"
	case errors.Is(err, api.ErrRateLimit):
		return "the rate limit is reached (" + said + "): wait, then " + again + ", or ask for fewer days"
	case errors.Is(err, api.ErrQuery):
		return "the server cannot answer this question: " + said
	case errors.Is(err, api.ErrNotFound):
		return "the server does not know what was asked for (" + said + ")"
	case errors.Is(err, api.ErrWebPage):
		return "a web page came instead of data (sign-in or proxy?): check the region and the network"
	case errors.Is(err, api.ErrRedirect):
		return "the server sends to another place (" + said + "), where the keys are not sent: check the region or the address"
	case errors.Is(err, api.ErrTooLarge):
		return said + ": ask for fewer days or groups"
	case errors.Is(err, api.ErrTimeout), errors.Is(err, context.DeadlineExceeded):
		return "the server did not answer in time: " + askAgain + ", or ask for fewer days"
	case errors.Is(err, api.ErrUnreachable):
		return "the server cannot be reached (" + said + "): check the network, then " + again
	case errors.Is(err, api.ErrServer):
		return "the server failed (" + said + "): " + askAgain
	case errors.Is(err, api.ErrDecode):
		return "the answer is not understood (" + said + "): " + askAgain
	}
	return said
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
