package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"amptui/api/text"
)

// ChartQuery asks GET /api/3/chart/ID/csv: the answer of a chart that was saved in
// the web application.
type ChartQuery struct{ ID string }

// Endpoint is where the question is asked.
func (q ChartQuery) Endpoint() string { return "/api/3/chart/" + q.ID + "/csv" }

// Values are none: the chart holds its own question.
func (ChartQuery) Values() url.Values { return nil }

// IsChartID says whether a text can be the id of a chart.
func IsChartID(s string) bool { return regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`).MatchString(s) }

// Check says in a sentence what cannot be asked. The error is ErrCheck.
func (q ChartQuery) Check() error {
	if !IsChartID(q.ID) {
		return refuse("a chart's id is letters and digits, as at the end of its address in the web application")
	}
	return nil
}

// Chart is the answer of a saved chart, as a table: what kind of chart it is, the
// API does not say.
type Chart struct {
	Title text.Raw
	About []text.Raw // what stands between title and table: a description, metrics, events
	Heads []text.Raw // what the columns of names are called, such as Segment
	X     []text.Raw // the heads of the columns of numbers
	Times []time.Time
	Rows  []ChartRow
	Meta  Meta
}

// ChartRow is a row of a saved chart.
type ChartRow struct {
	Names  []text.Raw // one for each of Heads
	Values []float64  // one for each of X; NaN is missing or no number
	Words  []text.Raw // the cells as sent, where one of them is no number
}

// Chart asks for the answer of a saved chart. Its rows may mean anything; nothing
// is invented for what is no table. It is not written to disk: by what it is
// grouped, nobody says.
func (c *Client) Chart(ctx context.Context, q ChartQuery) (Chart, error) {
	if err := q.Check(); err != nil {
		return Chart{}, err
	}
	got, err := c.get(ctx, q)
	if err != nil {
		return Chart{}, err
	}
	r, err := c.decodeChart(got.body)
	c.judge(q, got, &r.Meta, err)
	c.record(Day, &r.Meta).chart(&r)
	return r, err
}

// decodeChart takes the text of a CSV file inside of JSON, as it was recorded, or
// series and points, as an older endpoint sends them.
func (c *Client) decodeChart(body []byte) (Chart, error) {
	const endpoint = "/api/3/chart/csv"
	data, meta, err := c.open(endpoint, body)
	if err != nil {
		return Chart{}, err
	}
	var table string
	switch {
	case json.Unmarshal(data, &table) == nil:
		r, err := readChart(table)
		if err != nil {
			return Chart{}, c.undecodable(endpoint, "its table is none")
		}
		r.Meta, r.Times = meta, times(r.X, c.options.Now(), c.options.Zone)
		return r, nil
	case bytes.HasPrefix(data, []byte("{")):
		s, err := c.decodeSeries(endpoint, body, true, c.options.Now())
		if err != nil {
			return Chart{}, err
		}
		r := Chart{Heads: []text.Raw{text.New("series")}, X: s.Labels, Times: s.Times, Meta: meta}
		for _, one := range s.Series {
			r.Rows = append(r.Rows, ChartRow{Names: []text.Raw{one.Label}, Values: one.Values})
		}
		return r, nil
	}
	return Chart{}, c.undecodable(endpoint, "its data are no table")
}

// readChart reads the table: lines of one cell say what it is, the first of more
// is its head. Cells of text begin with a tab, those of numbers do not.
func readChart(table string) (Chart, error) {
	read := csv.NewReader(strings.NewReader(table))
	read.FieldsPerRecord, read.LazyQuotes = -1, true
	var r Chart
	var head []string
	var rows [][]string
	for first := true; ; first = false {
		cells, err := read.Read()
		switch {
		case errors.Is(err, io.EOF) && first:
			return r, errors.New("nothing at all")
		case errors.Is(err, io.EOF):
			return r, r.fill(head, rows)
		case err != nil:
			return r, err
		case head != nil:
			rows = append(rows, cells)
		case len(cells) > 1:
			head = cells
		case first && !strings.HasPrefix(cells[0], "\t"):
			return r, errors.New("no title") // any text would be a title, and a chart of nothing
		case first:
			r.Title = plainCell(cells[0])
		case !plainCell(cells[0]).IsZero():
			r.About = append(r.About, plainCell(cells[0]))
		}
	}
}

func plainCell(cell string) text.Raw { return text.New(strings.TrimPrefix(cell, "\t")) }

// fill takes head and rows. What stands before the numbers are names: as many as
// the row has that has the most.
func (r *Chart) fill(head []string, rows [][]string) error {
	names := min(len(head), 1)
	for _, cells := range rows {
		n := slices.IndexFunc(cells, func(cell string) bool { return !strings.HasPrefix(cell, "\t") })
		if n < 0 {
			n = 1 // all are text, such as a list
		}
		names = max(names, min(n, len(head)))
	}
	for i, cell := range head {
		if i < names {
			r.Heads = append(r.Heads, plainCell(cell))
		} else {
			r.X = append(r.X, plainCell(cell))
		}
	}
	for _, cells := range rows {
		row := ChartRow{Names: make([]text.Raw, names), Values: make([]float64, len(r.X))}
		words := make([]text.Raw, len(r.X))
		isWord := false
		for i := range len(head) {
			cell := ""
			if i < len(cells) {
				cell = cells[i]
			}
			if i < names {
				row.Names[i] = plainCell(cell)
				continue
			}
			k := i - names
			words[k], row.Values[k] = plainCell(cell), chartNumber(cell)
			isWord = isWord || math.IsNaN(row.Values[k]) && !words[k].IsZero()
		}
		if isWord {
			row.Words = words
		}
		r.Rows = append(r.Rows, row)
	}
	return nil
}

// chartNumber is a cell as a number: 12, 0.5 or 12.5%, which is a fraction.
func chartNumber(cell string) float64 {
	cell = strings.TrimSpace(cell)
	if part, ok := strings.CutSuffix(cell, "%"); ok {
		return finite(strings.TrimSpace(part)) / 100
	}
	return finite(cell)
}
