package demo

import "strings"

// labeler names the group that an event belongs to: the values of one or two
// properties, "(none)" for what is not set.
type labeler struct {
	log  *Log
	keys []int32
	own  []bool
	ids  map[[4]int32]int
	text []string
	same map[string]int // groups by their text: 1 and "1" are one

	known []int32 // groups by set, one more each, where there is one property; 0 is not known
}

func (l *Log) newLabeler(groups []group) (*labeler, error) {
	lab := &labeler{log: l, ids: map[[4]int32]int{}, same: map[string]int{}}
	if len(groups) == 0 {
		lab.text = []string{""}
	}
	if len(groups) > 4 {
		return nil, refuse("At most four group bys are allowed")
	}
	for _, g := range groups {
		key, err := l.property(g.key)
		if err != nil {
			return nil, err
		}
		lab.keys = append(lab.keys, key)
		lab.own = append(lab.own, strings.HasPrefix(g.key, "event:"))
	}
	return lab, nil
}

// of is the group of event i.
func (lab *labeler) of(i int32) int {
	if len(lab.keys) == 0 {
		return 0
	}
	if len(lab.keys) == 1 {
		set := lab.log.state[i]
		if lab.own[0] {
			set = lab.log.own[i]
		}
		if lab.known == nil {
			lab.known = make([]int32, len(lab.log.sets))
		}
		if lab.known[set] == 0 {
			lab.known[set] = int32(lab.search(i)) + 1
		}
		return int(lab.known[set]) - 1
	}
	return lab.search(i)
}

// search is the group of event i by the values that it has.
func (lab *labeler) search(i int32) int {
	id := [4]int32{-2, -2, -2, -2}
	for k, key := range lab.keys {
		set := lab.log.state[i]
		if lab.own[k] {
			set = lab.log.own[i]
		}
		id[k] = -1
		if key >= 0 {
			id[k] = lab.log.in(set, key)
		}
	}
	n, ok := lab.ids[id]
	if !ok {
		n = lab.named(id)
		lab.ids[id] = n
	}
	return n
}

// named is the group of a text.
func (lab *labeler) named(id [4]int32) int {
	parts := make([]string, len(lab.keys))
	for k := range parts {
		parts[k] = lab.valueText(id[k])
	}
	label := strings.Join(parts, "; ")
	n, ok := lab.same[label]
	if !ok {
		n = len(lab.text)
		lab.same[label] = n
		lab.text = append(lab.text, label)
	}
	return n
}

func (lab *labeler) valueText(v int32) string {
	if v < 0 {
		return unset
	}
	return lab.log.values[v].text
}
