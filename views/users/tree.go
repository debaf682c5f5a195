package users

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
)

// A tree is a JSON value with parts that open and close, and a cursor in it.
type tree struct {
	title  string
	root   *node
	lines  []line // what is open, from top to bottom
	cursor views.Cursor
	find   string // what n and N go to
	wide   int    // cells that long texts are wrapped in
}

// node is a value in a JSON tree. What it holds is read when it is opened.
type node struct {
	key   string // as the document has it; "" for parts of a list
	at    int    // its place in a list; -1 for parts of an object
	doc   json.RawMessage
	up    *node
	depth int
	kids  []*node
	read  bool
	open  bool
	empty bool // gathers what holds nothing: it is in no document
}

// line is a line of the screen: a node, or behind it a part of its long text.
type line struct {
	node *node
	part string // one line of an opened text
	more bool   // it is such a part
}

// mostText is how much of one text is shown; all of it can be copied.
const mostText = 64 << 10

// deepest is how deep a tree opens; what is deeper is shown as its JSON.
const deepest = 100

func newTree(title string, doc json.RawMessage, first ...string) *tree {
	t := &tree{title: title, root: &node{doc: doc, at: -1, open: true}, wide: 60}
	t.root.parse()
	t.root.order(first)
	for _, kid := range t.root.kids {
		kid.open = slices.Contains(first, kid.key) && kid.isContainer()
	}
	if !t.root.isContainer() {
		t.root.open = true
	}
	t.lay()
	return t
}

func (n *node) isContainer() bool {
	return n.empty || n.depth < deepest && len(n.doc) > 0 && (n.doc[0] == '{' || n.doc[0] == '[')
}

// isEmpty says whether a value says nothing.
func (n *node) isEmpty() bool {
	return !n.empty && slices.Contains([]string{"", "null", `""`, "{}", "[]"}, string(n.doc))
}

// parse reads the parts of an object or a list, in their own order.
func (n *node) parse() {
	if n.read {
		return
	}
	n.read = true
	n.doc = bytes.TrimSpace(n.doc)
	if !n.isContainer() {
		return
	}
	d := json.NewDecoder(bytes.NewReader(n.doc))
	if _, err := d.Token(); err != nil {
		return
	}
	for i := 0; d.More(); i++ {
		kid := &node{at: i, up: n, depth: n.depth + 1}
		if n.doc[0] == '{' {
			key, err := d.Token()
			if err != nil {
				return
			}
			kid.at, kid.key = -1, fmt.Sprint(key)
		}
		if d.Decode(&kid.doc) != nil {
			return
		}
		kid.doc = bytes.TrimSpace(kid.doc)
		n.kids = append(n.kids, kid)
	}
}

// order puts some keys first and gathers at the end what holds nothing: most of
// an event's sixty keys.
func (n *node) order(first []string) {
	if len(first) == 0 || len(n.doc) == 0 || n.doc[0] != '{' {
		return
	}
	rank := func(kid *node) int {
		if at := slices.Index(first, kid.key); at >= 0 {
			return at
		}
		return len(first)
	}
	slices.SortStableFunc(n.kids, func(a, b *node) int { return rank(a) - rank(b) })
	rest := &node{key: "empty", at: -1, up: n, depth: n.depth + 1, empty: true, read: true}
	n.kids = slices.DeleteFunc(n.kids, func(kid *node) bool {
		if kid.isEmpty() {
			rest.kids = append(rest.kids, kid)
		}
		return kid.isEmpty()
	})
	if len(rest.kids) > 0 {
		n.kids = append(n.kids, rest)
	}
}

// lay lists what is open.
func (t *tree) lay() {
	t.lines = t.lines[:0]
	if t.root.isContainer() {
		for _, kid := range t.root.kids {
			t.layNode(kid)
		}
	} else {
		t.layNode(t.root)
	}
	t.cursor.Len = len(t.lines)
	t.cursor.Move(0)
}

func (t *tree) layNode(n *node) {
	t.lines = append(t.lines, line{node: n})
	switch {
	case !n.open:
	case n.isContainer():
		n.parse()
		for _, kid := range n.kids {
			t.layNode(kid)
		}
	default:
		for _, part := range n.wrapped(max(t.wide-n.indent()-5, 8)) {
			t.lines = append(t.lines, line{node: n, part: part, more: true})
		}
	}
}

// indent is how far a node stands in.
func (n *node) indent() int { return 2 * max(n.depth-1, 0) }

// wrapped is the whole text of a value in lines of so many cells.
func (n *node) wrapped(w int) []string {
	var out []string
	s := n.word()
	rest := max(len(s)-mostText, 0)
	for _, paragraph := range strings.Split(s[:len(s)-rest], "\n") {
		for first := true; first || paragraph != ""; first = false {
			piece := paragraph
			if len(piece) > 2<<10 { // a line of a detail view is cut at 4 KiB
				piece = piece[:runeStart(piece, 2<<10)]
			}
			paragraph = paragraph[len(piece):]
			clean := strings.Join(text.CleanLines(piece), "")
			out = append(out, charts.Folded(clean, w)...)
		}
	}
	if rest > 0 {
		out = append(out, fmt.Sprintf("… %s bytes more, which a copy of the value holds", charts.Exact(float64(rest))))
	}
	return out
}

// runeStart is the last beginning of a rune at or before a place.
func runeStart(s string, at int) int {
	for at > 0 && s[at]&0xc0 == 0x80 {
		at--
	}
	if at == 0 {
		return len(s)
	}
	return at
}

// word is the value as it is read: a string without its quotes, all else as JSON.
func (n *node) word() string {
	var s string
	if len(n.doc) > 0 && n.doc[0] == '"' && json.Unmarshal(n.doc, &s) == nil {
		return s
	}
	return string(n.doc)
}

// path says where the value is, as jq and JavaScript write it.
func (n *node) path() string {
	if n.up == nil || n.up.empty {
		return text.Clean(n.key)
	}
	above := n.up.path()
	switch {
	case n.at >= 0:
		return above + "[" + strconv.Itoa(n.at) + "]"
	case n.empty:
		return above
	case !isPlainKey(n.key):
		return above + "[" + strconv.Quote(text.Clean(n.key)) + "]"
	case above == "":
		return n.key
	}
	return above + "." + n.key
}

func isPlainKey(s string) bool {
	for i, r := range s {
		letter := r == '_' || r == '$' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

// under is the node under the cursor.
func (t *tree) under() *node {
	if t.cursor.At >= len(t.lines) {
		return t.root
	}
	return t.lines[t.cursor.At].node
}

// turn opens or closes what the cursor is on.
func (t *tree) turn() {
	n := t.under()
	n.open = !n.open
	t.lay()
	t.goTo(n)
}

// into opens what the cursor is on, or goes on to its first part.
func (t *tree) into() {
	if n := t.under(); !n.open {
		t.turn()
	} else {
		t.cursor.Move(1)
	}
}

// out closes what the cursor is on, or goes to what it is in.
func (t *tree) out() {
	n := t.under()
	switch {
	case n.open && n != t.root:
		t.turn()
	case n.up != nil && n.up != t.root:
		t.goTo(n.up)
	}
}

func (t *tree) goTo(n *node) {
	if at := slices.IndexFunc(t.lines, func(l line) bool { return l.node == n }); at >= 0 {
		t.cursor.At = at
	}
}

// next goes to the next place of the text that is sought, round and round, and
// opens what it is in. It reports whether there is one.
func (t *tree) next(by int) bool {
	if t.find == "" {
		return false
	}
	all := t.root.all(nil)
	at := slices.Index(all, t.under())
	for i := range all {
		n := all[((at+by*(i+1))%len(all)+len(all))%len(all)]
		if !n.holds(t.find) {
			continue
		}
		for up := n.up; up != nil; up = up.up {
			up.open = true
		}
		t.lay()
		t.goTo(n)
		return true
	}
	return false
}

// all is every node of the tree, from top to bottom.
func (n *node) all(list []*node) []*node {
	n.parse()
	list = append(list, n)
	for _, kid := range n.kids {
		list = kid.all(list)
	}
	return list
}

// holds says whether a text is in the name or the value of a node.
func (n *node) holds(typed string) bool {
	typed = foundAs(typed)
	if n.up == nil && n.isContainer() {
		return false
	}
	return strings.Contains(foundAs(n.key), typed) || !n.isContainer() && strings.Contains(foundAs(n.word()), typed)
}
