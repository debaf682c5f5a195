package charts

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestTheTicksOfCountsAreWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2_000 {
		most := math.Pow(10, 6*random.Float64())
		values := make([]float64, 1+random.IntN(30))
		for i := range values {
			values[i] = math.Floor(most * random.Float64())
		}
		line := Line{Series: []Series{{Values: values}}, To: len(values), Fit: random.IntN(2) == 0}
		rows := 1 + random.IntN(50)
		s, ok := newScale(line, 0, len(values), rows)
		if !ok || len(s.ticks) < 2 {
			t.Fatalf("%v in %d rows has ticks %v", values, rows, s.ticks)
		}
		for i, tick := range s.ticks {
			if tick != math.Trunc(tick) || i > 0 && tick <= s.ticks[i-1] {
				t.Fatalf("%v in %d rows has ticks %v", values, rows, s.ticks)
			}
		}
		for _, v := range values {
			if v < s.low || v > s.high {
				t.Fatalf("%v is outside of %v to %v", v, s.low, s.high)
			}
		}
	}
	halves := Line{Series: []Series{{Values: []float64{0, 0.5, 1}}}, To: 3}
	if s, _ := newScale(halves, 0, 3, 20); s.ticks[1] >= 1 {
		t.Errorf("an average of up to 1 has ticks %v", s.ticks)
	}
}
