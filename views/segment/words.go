package segment

import (
	"strconv"

	"amptui/api"
	"amptui/charts"
)

// metricWord is the metric as the heads of tables name it.
func metricWord(s State) string {
	switch s.Metric {
	case api.ActivePercent:
		return "% active"
	case api.Average:
		return "average per user"
	case api.ValueAverage:
		return "average of the value"
	case api.Formula:
		return s.Formula
	}
	return string(s.Metric)
}

// exact writes a value of the metric with the digits that say something. A part of the
// active users is a percentage as it was sent.
func (s State) exact(v float64) string {
	if s.Metric != api.ActivePercent || missing(v) {
		return charts.Exact(v)
	}
	return strconv.FormatFloat(v, 'f', 2, 64) + "%"
}

// brief is exact where there is little room.
func (s State) brief(v float64) string {
	if s.Metric == api.ActivePercent {
		return s.exact(v)
	}
	return charts.SI(v)
}
