package demo

import (
	"encoding/json"
	"maps"
)

// answer is data with what the envelope says of them.
type answer struct {
	data       any
	extra      map[string]any // keys beside data
	groupLimit bool
	short      bool // an envelope of few keys, as around the event list
}

// bare is an answer without an envelope.
type bare struct{ body any }

// envelope is the answer with what live answers have around it. Everything is
// fresh, whole and not sampled; only that groups were cut off can be.
func (s *Server) envelope(body any) any {
	if b, ok := body.(bare); ok {
		return b.body
	}
	a, ok := body.(answer)
	if !ok {
		a = answer{data: body}
	}
	now := s.Now().UnixMilli()
	out := map[string]any{
		"data": a.data, "timeComputed": now, "wasCached": false, "cacheFreshness": "FRESH",
		"novaRuntime": 1, "novaRequestDuration": 1, "novaCost": 1, "throttleTime": 0, "transformationIds": []any{},
	}
	maps.Copy(out, a.extra)
	if a.short {
		return out
	}
	maps.Copy(out, map[string]any{
		"allQueriesCached": false, "wasDatasetCacheHit": false, "minSampleRate": 1, "backend": "novaV2",
		"realtimeDataMissing": false, "timedOutRealtimeData": false, "missedCacheAndNotComputed": false,
		"realtimeProcessLag":                 map[string]any{"min": 0, "max": 0, "p50": 0, "p75": 0, "p95": 0, "count": 0},
		"partialMergedAndNewUserInformation": false, "prunedResult": false, "hitChunkGroupByLimit": a.groupLimit,
		"subcluster": 0, "millisSinceComputed": 0, "queryIds": []string{"demo"}, "numQueries": 1, "numDistinctQueries": 1,
		// The largest int64, as the live API writes it: more than a float has.
		"earliestServerReceivedTime":  json.Number("9223372036854775807"),
		"novaRequestStartAndEndTimes": [][]int64{{now, now}}, "perQueryMetadata": []any{},
		"prunedAmpIds": []any{}, "prunedApps": []any{}, "costMetadata": map[string]any{"cpuTime": 0, "eventsInTimeRange": s.Log.Len()},
		"potentialCacheMissAnomaly": false, "dacResolutionStartAndEndTimes": []any{}, "dacResolutionDuration": 0,
		"potentialCDCHit": false, "qtsMetadata": map[string]any{"qtsRate": 1, "numUsers": len(s.Log.people)},
		"longTimeRangeQuery": false, "timeRangeSplitCount": 0, "isPeriodOverPeriod": false, "wasStreamed": false,
		"containsCohorts": false,
	})
	return out
}
