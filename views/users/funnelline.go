package users

import (
	"amptui/views"
	"amptui/views/query"
)

// parseFunnel reads a funnel's query line, with or without its first word.
func parseFunnel(line string) (query.Funnel, error) {
	f := query.DefaultFunnel()
	words, err := query.Split(line)
	if err != nil {
		return f, err
	}
	if len(words) > 0 && words[0] == "amptui" {
		words = words[1:]
	}
	if len(words) > 0 && words[0] == "funnel" {
		words = words[1:]
	}
	if err := views.Parse(&f, withoutFace(words)); err != nil {
		return f, err
	}
	if len(f.Steps) < 2 {
		return f, query.ErrSteps
	}
	return f, nil
}

// withoutFace drops how the funnel view draws its answer: here it is drawn in
// one way.
func withoutFace(words []string) []string {
	var out []string
	for i := 0; i < len(words); i++ {
		switch {
		case words[i] == "--":
			return append(out, words[i:]...)
		case words[i] == "--face":
			i++
		case len(words[i]) > 7 && words[i][:7] == "--face=":
		default:
			out = append(out, words[i])
		}
	}
	return out
}

// printFunnel is the inverse of parseFunnel, without the first word.
func printFunnel(f query.Funnel) string {
	fresh := query.DefaultFunnel()
	return query.Join(views.Args(&f, &fresh))
}
