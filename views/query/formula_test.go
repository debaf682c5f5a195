package query

import (
	"strings"
	"testing"
	"unicode"
)

func TestFormulasAreCheckedBeforeTheyCost(t *testing.T) {
	for _, good := range []string{
		"UNIQUES(A)", "uniques(b)/Uniques(a)", "%:UNIQUES(B)/UNIQUES(A)", "$: PROPSUM(A) ", "-(TOTALS(A)+1.5)*.5/(ACTIVE(B) - 2)",
		"PERCENTILE(A, 0.9)", "CUMSUM(TOTALS, A)", "ROLLAVG(UNIQUES, B, 7)", "LOG(UNIQUES(A))", "POWER(TOTALS(A), 2); SQRT(AVG(B))",
	} {
		if err := CheckFormula(good, []bool{true, false}); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for bad, says := range map[string]string{
		"UNIQUES(B": "a parenthesis is not closed", "(UNIQUES(A)": "a parenthesis is not closed", "UNIQUES(C)": "there is no event C: they are A to B",
		"UNIQES(A)": "UNIQES is not a function: did you mean UNIQUES?", "Grapefruit(A)": "Grapefruit is not a function: UNIQUES",
		"A/B": "A is an event and needs a function: UNIQUES(A)", "UNIQUES": "UNIQUES needs an event: UNIQUES(A)",
		"UNIQUES(A) UNIQUES(B)": "U cannot stand behind UNIQUES(A)", "UNIQUES(A) /": "missing behind UNIQUES(A) /",
		"/UNIQUES(A)": "/ cannot stand at the beginning", "UNIQUES()": ") cannot stand behind UNIQUES(", "": "missing at the beginning",
		"TOTALS(A);": "missing at the beginning", "1.2.3": "1.2.3 is not a number", "UNIQUES(A)\x1b]52": "cannot stand behind UNIQUES(A)",
		"PROPSUM(B)": "event B needs a property", strings.Repeat("(", 60) + "1": "parentheses in each other",
		strings.Repeat("TOTALS(A);", 10) + "1": "10 formulas at most, not 11",
	} {
		err := CheckFormula(bad, []bool{true, false})
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v; want %q", bad, err, says)
		} else if strings.ContainsFunc(err.Error(), unicode.IsControl) {
			t.Errorf("%q is named with control characters: %q", bad, err)
		}
	}
	if err := CheckFormula("UNIQUES(B)", []bool{false}); err == nil || !strings.Contains(err.Error(), "A is the only one") {
		t.Errorf("a second event that is none: %v", err)
	}
}

func FuzzCheckFormula(f *testing.F) {
	for _, s := range []string{"UNIQUES(A)/UNIQUES(B)", "%:LOG(TOTALS(A),2)", "((1", "CUMSUM(TOTALS,A);AVG(B)", "-", "\xff("} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		err := CheckFormula(s, []bool{true, false})
		if err != nil && strings.ContainsFunc(err.Error(), unicode.IsControl) {
			t.Errorf("%q is named with control characters: %q", s, err)
		}
		// What may be asked may be asked in parentheses too.
		if err == nil && !strings.ContainsAny(s, ";:") && strings.Count(s, "(") < mostNested/2 {
			if err := CheckFormula("("+s+")", []bool{true, false}); err != nil {
				t.Errorf("%q may be asked, but not in parentheses: %v", s, err)
			}
		}
	})
}
