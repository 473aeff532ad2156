package fundamentals

// Warning says what of a source's figures is not used or not known, and why.
type Warning struct {
	// What is the figure, such as "revenue of FY2024".
	What string
	// Reason says why.
	Reason string
}

// String is the warning in words.
func (w Warning) String() string { return w.What + ": " + w.Reason }

// maxWarnings bounds what is told of one document: who has so much wrong has
// the same wrong many times.
const maxWarnings = 100

// warnings are kept once each, in the order in which they come.
type warnings struct {
	list []Warning
	seen map[Warning]bool
}

func (w *warnings) add(what, reason string) {
	warning := Warning{What: what, Reason: reason}
	if w.seen[warning] || len(w.list) == maxWarnings {
		return
	}
	if w.seen == nil {
		w.seen = map[Warning]bool{}
	}
	w.seen[warning] = true
	w.list = append(w.list, warning)
}
