package ui

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
)

// errTripped says that a check holds; what it has found was said already.
var errTripped = errors.New("a check holds")

// errUncertain says that a check had nothing to compare; why was said already.
var errUncertain = errors.New("a check had nothing to compare")

// checks are those of --fail-if, as far as a view's answers have such figures.
func (p *program) checks(spec views.Spec, args []string) ([]views.Check, error) {
	var out []views.Check
	for _, typed := range p.global.failIf {
		c, err := views.ParseCheck(typed)
		if err == nil {
			err = c.Fits(spec.Figures(args))
		}
		if err != nil {
			return nil, fmt.Errorf("--fail-if: %w", err)
		}
		out = append(out, c)
	}
	return out, nil
}

// mostSaid is for how many figures it is said that a check holds for them.
const mostSaid = 20

// judge compares figures with every check and says for which ones they hold. A
// check that holds is the news, whatever else could not be compared. That there
// is nothing to compare is an error: a check that is silent for ever would be
// taken for good news.
func (p *program) judge(checks []views.Check, answer views.Answer) error {
	var failed error
	for _, c := range checks {
		found, err := c.Against(answer.Figures)
		if empty := answer.Table.Empty; errors.Is(err, views.ErrNoFigure) && answer.Table.Len == 0 && empty != "" {
			err = errors.New(empty)
		}
		if err != nil {
			fmt.Fprintf(p.err, "amptui: %s: nothing to compare: %s\n", text.Clean(c.String()), text.Clean(err.Error()))
			if failed == nil {
				failed = errUncertain
			}
		}
		for i, said := range found.Says {
			if i == mostSaid {
				fmt.Fprintf(p.err, "amptui: … and of %d more\n", len(found.Says)-i)
				break
			}
			fmt.Fprintln(p.err, "amptui: "+text.CleanWhole(said))
		}
		if len(found.Says) > 0 {
			failed = errTripped
		}
	}
	return failed
}

// leastWatch is the shortest time between two questions of --watch.
const leastWatch = time.Minute

// again asks now and after every --watch, until it is stopped, a check holds, or
// an error comes that waiting does not mend. It asks no oftener than the API's
// budget allows.
func (p *program) again(ctx context.Context, env views.Env, once func(context.Context) error) error {
	if p.global.watch < leastWatch {
		return usageError{fmt.Errorf("--watch %s is too often: a minute or more, data come five minutes late", p.global.watch)}
	}
	w := watch{pause: p.global.watch, since: time.Now()}
	for first := true; ; first = false {
		fmt.Fprintln(p.aside(), "amptui: "+time.Now().In(env.Zone).Format("2006-01-02 15:04:05"))
		spent := env.API.Spent().FiveMinutes
		err := once(api.Fresh(ctx))
		if ctx.Err() != nil {
			return nil
		}
		if err = w.took(err, first); err != nil {
			return err
		}
		if w.failed != nil {
			fmt.Fprintf(p.err, "amptui: %s; asking again in %s\n", text.Clean(w.failed.Error()), w.wait())
		}
		if cost := env.API.Spent().FiveMinutes - spent; !env.Local && w.slower(cost) {
			fmt.Fprintf(p.aside(), "amptui: asking every %s: each time costs %d of the 1,000 in 5 minutes\n", w.pause.Round(time.Second), cost)
		}
		// Several programs must not ask at once.
		timer := time.NewTimer(w.wait() + rand.N(w.wait()/20+1))
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-timer.C:
		}
	}
}

// watch is how a question that is asked again and again goes.
type watch struct {
	pause    time.Duration // between two answers
	least    time.Duration // between two questions, for what they cost
	since    time.Time     // when the last answer came, or the watch began
	failed   error         // why there was none the last time
	failures int           // in a row
}

// mostFailures is how often asking may fail in a row, and longestAway for how long
// a watch sits it out: who watches blindly for long must know.
const (
	mostFailures = 5
	longestAway  = 2 * time.Hour
)

// took takes how asking went, and returns an error that ends the watch. At first
// a check that has nothing to compare ends it, since the question is wrong; later
// it was said, and the next day may be over.
func (w *watch) took(err error, first bool) error {
	w.failed = nil
	switch {
	case err == nil, errors.Is(err, errNothing), errors.Is(err, errUncertain) && !first:
		w.failures, w.since = 0, time.Now()
		return nil
	case !passes(err), w.failures >= mostFailures && time.Since(w.since) >= longestAway:
		return err
	}
	w.failures++
	w.failed = err
	return nil
}

// wait is how long to wait now. After a failure it is a minute, then ever longer,
// but no longer than between two answers; at the rate limit as long as that counts,
// and never shorter than the server says or the budget allows.
func (w *watch) wait() time.Duration {
	if w.failures == 0 {
		return w.pause
	}
	wait := min(leastWatch<<min(w.failures-1, 12), w.pause)
	if errors.Is(w.failed, api.ErrRateLimit) {
		wait = max(wait, limitWindow)
	}
	if e := (*api.Error)(nil); errors.As(w.failed, &e) {
		wait = max(wait, e.RetryAfter)
	}
	return max(wait, w.least)
}

// limitWindow is the time over which the API counts what is spent.
const limitWindow = 5 * time.Minute

// slower makes the pause as long as a question of this cost needs, if it is not.
func (w *watch) slower(cost int) bool {
	w.least = max(w.least, time.Duration(cost)*limitWindow/api.MostInWindow)
	if w.least <= w.pause {
		return false
	}
	w.pause = w.least
	return true
}

// passes says whether an error may be gone the next time.
func passes(err error) bool {
	for _, kind := range []error{api.ErrRateLimit, api.ErrServer, api.ErrTimeout, api.ErrUnreachable, context.DeadlineExceeded} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
