package views

// What marks mean that stand in several views, for the help of each.
const (
	// Unfinished is about points in time.
	Unfinished = "A point drawn as ○ at a dashed end is not over yet; how much of it has passed is said. It has no change; that of totals with it in them is called so far."
	// Gaps is about what is not there.
	Gaps = "A gap is a value that is missing. Zero is drawn as zero."
	// Uniques is about totals of users.
	Uniques = "The total of a series is the API's own. Uniques are never added: a user of two days is one user."
	// Young is about cohorts.
	Young = "A * stands behind a number that may still change, since its cohort is too young; it stays out of averages and of the scale of colours. A * alone has no number yet, or nobody so far."
	// Nobody is about rates.
	Nobody = "A dash in a number's place is a rate of nobody."
)

// MarksEverywhere are about the header and the line of the question.
func MarksEverywhere() []string {
	return []string{
		"as of 12:00: when the server computed the answer. In the header, at least so much of the API's budget is spent: others may use the same key.",
	}
}
