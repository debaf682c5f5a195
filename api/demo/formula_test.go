package demo

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestAFormulaIsItsMetrics(t *testing.T) {
	s, _ := smallLog(t, 4)
	metric := func(m, event string) []float64 {
		var got segAnswer
		ask(t, s, segmentationPath, params("e", `{"event_type":"`+event+`","group_by":[{"type":"event","value":"n"}]}`, "m", m), &got)
		if m != "sums" && m != "value_avg" {
			ask(t, s, segmentationPath, params("e", `{"event_type":"`+event+`"}`, "m", m), &got)
		}
		return append(slices.Clone(got.Data.Series[0]), got.total(0))
	}
	ua, ub, ta, sb := metric("uniques", "A"), metric("uniques", "B"), metric("totals", "A"), metric("sums", "B")
	active, average := metric("pct_dau", "A"), metric("value_avg", "A")
	for source, want := range map[string]func(i int) float64{
		"UNIQUES(B)/UNIQUES(A)":              func(i int) float64 { return ratio(ub[i], ua[i]) },
		" totals( a ) - 2 * (uniques(B)+1) ": func(i int) float64 { return ta[i] - 2*(ub[i]+1) },
		"-AVG(A)*-1":                         func(i int) float64 { return ratio(ta[i], ua[i]) },
		"%:ACTIVE(A)":                        func(i int) float64 { return active[i] / 100 },
		"1-2-3":                              func(int) float64 { return -4 },
		"8/4/2":                              func(int) float64 { return 1 },
		"TOTALS(A)/0":                        func(int) float64 { return 0 },
		"PROPSUM(B)+0*PROPAVG(A)":            func(i int) float64 { return sb[i] },
		"PROPAVG(A)":                         func(i int) float64 { return average[i] },
	} {
		by := ""
		if strings.Contains(source, "PROP") {
			by = `,"group_by":[{"type":"event","value":"n"}]`
		}
		var got segAnswer
		ask(t, s, segmentationPath, params("e", `{"event_type":"A"`+by+`}`, "e2", `{"event_type":"B"`+by+`}`, "m", "formula", "formula", source), &got)
		values := append(slices.Clone(got.Data.Series[0]), got.total(0))
		for i, v := range values {
			if math.Abs(v-want(i)) > 1e-9 {
				t.Errorf("%s at %d: %v; want %v", source, i, v, want(i))
			}
		}
	}
	var two struct {
		Data struct {
			Meta []struct {
				Index   int    `json:"formulaIndex"`
				Formula string `json:"formula"`
			} `json:"seriesMeta"`
		} `json:"data"`
	}
	ask(t, s, segmentationPath, params("e", `{"event_type":"A"}`, "m", "formula", "formula", "TOTALS(A); UNIQUES(A)"), &two)
	if len(two.Data.Meta) != 2 || two.Data.Meta[1].Index != 1 || two.Data.Meta[1].Formula != "UNIQUES(A)" {
		t.Errorf("two formulas: %+v", two.Data.Meta)
	}
}

func TestAFormulaThatOverflowsIsNull(t *testing.T) {
	s, _ := smallLog(t, 1)
	big := strings.Repeat("9", 300)
	var got struct {
		Data struct {
			Series [][]*float64 `json:"series"`
		} `json:"data"`
	}
	ask(t, s, segmentationPath, params("e", `{"event_type":"A"}`, "m", "formula", "formula", big+"*"+big), &got)
	if got.Data.Series[0][0] != nil {
		t.Errorf("%v", *got.Data.Series[0][0])
	}
}

func FuzzFormula(f *testing.F) {
	for _, s := range []string{"UNIQUES(A)/UNIQUES(B)", "-(1+2.5)*TOTALS(A)", "((((", "AVG(A) - 3"} {
		f.Add(s)
	}
	f.Fuzz(func(_ *testing.T, s string) { _, _ = parseFormula(s, 2) })
}
