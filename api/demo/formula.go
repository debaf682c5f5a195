package demo

import (
	"strconv"
	"strings"
)

// A formula is numbers, functions of an event (UNIQUES(A), TOTALS(B), AVG,
// ACTIVE, PROPSUM, PROPAVG) and + - * / with parentheses, written in any case.
// It is evaluated for each bucket, and once more for the range's totals. As the
// API's documentation has it, ACTIVE is a fraction where pct_dau is a percentage,
// and the PROP functions take the event's first group-by property. Division by
// zero is zero, as for the other metrics.
type formula struct {
	source string
	tree   node
}

// node is a parsed formula.
type node struct {
	op          byte // '+', '-', '*', '/', 'n' for a number, 'f' for a function
	number      float64
	metric      string
	event       int
	left, right *node
}

type formulaParser struct {
	rest   string
	events int
	depth  int
	terms  int
}

// A formula has at most so many parentheses in each other, and so many terms.
const (
	mostNested = 50
	mostTerms  = 200
)

func parseFormula(s string, events int) (formula, error) {
	source := strings.TrimSpace(s)
	// A prefix says in which unit the values are shown.
	bare := strings.TrimPrefix(strings.TrimPrefix(source, "%:"), "$:")
	p := &formulaParser{rest: bare, events: events}
	n, err := p.sum()
	if err != nil {
		return formula{}, err
	}
	if p.blank(); p.rest != "" {
		return formula{}, refuse("Invalid formula: unexpected %q", p.rest)
	}
	return formula{source, *n}, nil
}

func (p *formulaParser) blank() { p.rest = strings.TrimLeft(p.rest, " \t\n") }

// next takes one of the characters, or returns 0.
func (p *formulaParser) next(of string) byte {
	p.blank()
	if p.rest != "" && strings.IndexByte(of, p.rest[0]) >= 0 {
		c := p.rest[0]
		p.rest = p.rest[1:]
		return c
	}
	return 0
}

func (p *formulaParser) sum() (*node, error) { return p.chain("+-", p.product) }

func (p *formulaParser) product() (*node, error) { return p.chain("*/", p.factor) }

func (p *formulaParser) chain(ops string, part func() (*node, error)) (*node, error) {
	left, err := part()
	if err != nil {
		return nil, err
	}
	for {
		op := p.next(ops)
		if op == 0 {
			return left, nil
		}
		right, err := part()
		if err != nil {
			return nil, err
		}
		left = &node{op: op, left: left, right: right}
	}
}

func (p *formulaParser) factor() (*node, error) {
	if p.depth++; p.depth > mostNested {
		return nil, refuse("Invalid formula: nested too deep")
	}
	if p.terms++; p.terms > mostTerms {
		return nil, refuse("Invalid formula: too long")
	}
	defer func() { p.depth-- }()
	if p.next("(") != 0 {
		n, err := p.sum()
		if err == nil && p.next(")") == 0 {
			err = refuse("Invalid formula: a parenthesis is not closed")
		}
		return n, err
	}
	if p.next("-") != 0 {
		n, err := p.factor()
		return &node{op: '-', left: &node{op: 'n'}, right: n}, err
	}
	p.blank()
	digits := len(p.rest) - len(strings.TrimLeft(p.rest, "0123456789."))
	if digits > 0 {
		v, err := strconv.ParseFloat(p.rest[:digits], 64)
		if err != nil {
			return nil, refuse("Invalid formula: %s is not a number", p.rest[:digits])
		}
		p.rest = p.rest[digits:]
		return &node{op: 'n', number: v}, nil
	}
	return p.function()
}

func (p *formulaParser) function() (*node, error) {
	name, rest, ok := strings.Cut(p.rest, "(")
	metric := map[string]string{
		"UNIQUES": "uniques", "TOTALS": "totals", "AVG": "average", "ACTIVE": "active",
		"PROPSUM": "sums", "PROPAVG": "value_avg",
	}[strings.ToUpper(strings.TrimSpace(name))]
	if !ok || metric == "" {
		return nil, refuse("Invalid formula: unknown function %q", strings.TrimSpace(name))
	}
	arg, rest, ok := strings.Cut(rest, ")")
	arg = strings.ToUpper(strings.TrimSpace(arg))
	if !ok || len(arg) != 1 || arg[0] < 'A' || int(arg[0]-'A') >= p.events {
		return nil, refuse("Invalid formula: there is no event %q", arg)
	}
	p.rest = rest
	return &node{op: 'f', metric: metric, event: int(arg[0] - 'A')}, nil
}

// onNumber says whether the formula is about a property of the events.
func (n node) onNumber() bool {
	if n.metric == "sums" || n.metric == "value_avg" {
		return true
	}
	return n.left != nil && n.left.onNumber() || n.right != nil && n.right.onNumber()
}

// eval is the formula for each bucket and for the range.
func (n node) eval(q *segmentation, of []*tally, active *tally) (values []float64, total float64) {
	switch n.op {
	case 'n':
		values = make([]float64, len(q.axis.starts))
		for i := range values {
			values[i] = n.number
		}
		return values, n.number
	case 'f':
		return q.numbers(of[n.event], active, n.metric)
	}
	a, ta := n.left.eval(q, of, active)
	b, tb := n.right.eval(q, of, active)
	for i := range a {
		a[i] = n.apply(a[i], b[i])
	}
	return a, n.apply(ta, tb)
}

func (n node) apply(a, b float64) float64 {
	switch n.op {
	case '+':
		return a + b
	case '-':
		return a - b
	case '*':
		return a * b
	}
	return ratio(a, b)
}
