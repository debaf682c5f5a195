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

// checks are those of --fail-if.
func (p *program) checks() ([]views.Check, error) {
	var out []views.Check
	for _, typed := range p.global.failIf {
		c, err := views.ParseCheck(typed)
		if err != nil {
			return nil, fmt.Errorf("--fail-if: %w", err)
		}
		out = append(out, c)
	}
	return out, nil
}

// judge compares figures with every check and says for which ones they hold.
// That there is nothing to compare is an error: a check that is silent for ever
// would be taken for good news.
func (p *program) judge(checks []views.Check, figures []views.Figure) error {
	var failed error
	for _, c := range checks {
		found, err := c.Against(figures)
		switch {
		case err != nil:
			return usageError{fmt.Errorf("--fail-if: %w", err)}
		case found.Seen == 0:
			return fmt.Errorf("--fail-if %q: there is nothing to compare, since no period of this answer is over or none came before it: ask for more or earlier dates", text.Clean(c.String()))
		}
		for _, said := range found.Says {
			fmt.Fprintln(p.err, "amptui: "+text.Clean(said))
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
	pause := p.global.watch
	for failures := 0; ; {
		spent := env.API.Spent().FiveMinutes
		err := once(api.Fresh(ctx))
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			failures = 0
		case !passes(err) || failures >= mostFailures:
			return err
		default:
			failures++
			fmt.Fprintln(p.err, "amptui: "+views.Explain(err))
		}
		if cost := env.API.Spent().FiveMinutes - spent; !env.Local && cost > 0 {
			if least := time.Duration(cost) * 5 * time.Minute / api.MostInWindow; pause < least {
				pause = least
				fmt.Fprintf(p.err, "amptui: asking every %s: each time costs %d of the 1,000 in 5 minutes\n", pause.Round(time.Second), cost)
			}
		}
		wait := pause << min(failures, 1) // twice as long while it fails
		wait += rand.N(wait/20 + 1)       // several programs must not ask at once
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-timer.C:
		}
		fmt.Fprintln(p.err, "amptui: "+time.Now().In(env.Zone).Format("2006-01-02 15:04:05"))
	}
}

// mostFailures is how often in a row asking may fail.
const mostFailures = 5

// passes says whether an error may be gone the next time.
func passes(err error) bool {
	for _, kind := range []error{api.ErrRateLimit, api.ErrServer, api.ErrTimeout, api.ErrUnreachable, context.DeadlineExceeded} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
