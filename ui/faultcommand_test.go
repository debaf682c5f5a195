package ui

import (
	"encoding/json"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"amptui/api/demo/fault"
	"amptui/api/text"
	"amptui/views"
)

func TestEveryCommandFailsWell(t *testing.T) {
	demoLog() // outside of virtual time
	good, paths := map[string]any{}, map[string][]string{}
	for _, spec := range catalog() {
		out, code, errs := commandUnder(t, spec, "")
		if code != 0 {
			t.Fatalf("%s: %d %s", spec.Name, code, errs)
		}
		good[spec.Name] = parsed(t, out)
		var err error
		if paths[spec.Name], err = asks(spec.Name, demoServer()); err != nil {
			t.Fatal(err)
		}
	}
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, kind := range kinds() {
		for _, spec := range catalog() {
			t.Run(kind.Name+"/"+spec.Name, func(t *testing.T) {
				t.Parallel()
				slots <- struct{}{}
				defer func() { <-slots }()
				end := endsOf(kind, spec)
				if !slices.ContainsFunc(paths[spec.Name], kind.Concerns) || kind.Name == "fails-later" {
					end = fault.Whole
				}
				out, code, errs := commandUnder(t, spec, kind.Name)
				checkCommand(t, end, code, out, errs, good[spec.Name])
			})
		}
	}
}

// commandUnder prints a view's first example as JSON, in virtual time, on a server that
// fails.
func commandUnder(t *testing.T, spec views.Spec, kind string) (out string, code int, errs string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newShell(t)
		s.log = demoLog()
		args := slices.DeleteFunc(firstLink(t, spec).Args, func(a string) bool { return a == "-o" || slices.Contains(formats(), a) })
		args = append(demoArgs(append([]string{spec.Name}, args...)...), "-o", "json")
		if kind != "" {
			args = append(args, "--demo-fault", kind)
		}
		code = s.run(args...)
		time.Sleep(2 * time.Second) // nothing may go on for longer
		out, errs = s.out, s.errs
	})
	return out, code, errs
}

func checkCommand(t *testing.T, end fault.End, code int, out, errs string, good any) {
	t.Helper()
	want := map[fault.End][]int{fault.Whole: {0}, fault.Aged: {0}, fault.Gaps: {0, 1}, fault.Fails: {1}, fault.Refused: {3}, fault.Limited: {4}}[end]
	if !slices.Contains(want, code) {
		t.Errorf("the exit code is %d; want one of %v\n%s%.300s", code, want, errs, out)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(errs, "\n"), "\n") {
		if errs != "" && (!strings.HasPrefix(line, "amptui: ") || !text.IsFit(line)) {
			t.Errorf("the error output has %q", line)
		}
	}
	if code != 0 {
		lines := strings.Split(strings.TrimSuffix(errs, "\n"), "\n")
		if last := lines[len(lines)-1]; !saysWell(strings.ReplaceAll(last, "run it again", "press r")) {
			t.Errorf("it ends with %q", last)
		}
		if out != "" {
			t.Errorf("it has failed, and yet printed %.300s", out)
		}
		return
	}
	if end == fault.Whole || end == fault.Aged {
		dropped := []string{"notes"} // remarks are welcome
		if end == fault.Aged {
			dropped = append(dropped, "incomplete", "complete")
		}
		if got := parsed(t, out); !reflect.DeepEqual(without(got, dropped), without(good, dropped)) {
			t.Errorf("the answer is not the good one: %.2000s", out)
		}
		return
	}
	known, got := figuresOf(without(good, []string{"notes"})), figuresOf(without(parsed(t, out), []string{"notes"}))
	for at, n := range got {
		if strings.HasSuffix(at, "incomplete[] = true") {
			continue // to call less of it whole is no lie
		}
		if known[at] < n {
			t.Errorf("%s is there %d times, and %d times in the good answer: %.2000s", at, n, known[at], out)
		}
	}
}

// without is a value without the fields of some names.
func without(v any, names []string) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, in := range v {
			if !slices.Contains(names, k) {
				out[k] = without(in, names)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, in := range v {
			out[i] = without(in, names)
		}
		return out
	}
	return v
}

func parsed(t *testing.T, out string) any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(out))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v: %.300s", err, out)
	}
	return v
}

// figuresOf counts the figures of an answer, and what it says to be so or not: each
// with its place, whatever the order and the names are.
func figuresOf(v any) map[string]int {
	out := map[string]int{}
	var walk func(v any, at string)
	walk = func(v any, at string) {
		switch v := v.(type) {
		case map[string]any:
			for k, in := range v {
				if strings.HasSuffix(at, "properties") {
					k = "*"
				}
				walk(in, at+"."+k)
			}
		case []any:
			for _, in := range v {
				walk(in, at+"[]")
			}
		case json.Number, bool:
			out[fmt.Sprintf("%s = %v", at, v)]++
		}
	}
	walk(v, "answer")
	return out
}
