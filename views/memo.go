package views

// A Memo keeps the last result of an expensive drawing until its key changes.
// View runs after every message; what it shows seldom changes as often.
type Memo[K comparable] struct {
	key  K
	have bool
	text string
}

// Get is what draw returned for this key.
func (m *Memo[K]) Get(key K, draw func() string) string {
	if !m.have || m.key != key {
		m.key, m.text, m.have = key, draw(), true
	}
	return m.text
}
