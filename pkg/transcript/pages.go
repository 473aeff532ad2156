package transcript

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// withoutPages takes out of the lines and words of a document what is printed
// on every page, wherever a page was cut: numbers of pages, addresses and time
// stamps of saved pages, running titles. A sentence may go on after them. What
// was taken out is noted, so that no span of speech covers it.
func (d *document) withoutPages() {
	out := d.pageLines()
	if len(out) == 0 {
		return
	}
	for _, i := range out {
		d.removed = append(d.removed, d.lines[i])
	}
	lines := d.lines[:0]
	next := 0
	for i, at := range d.lines {
		if next < len(out) && out[next] == i {
			next++
			continue
		}
		lines = append(lines, at)
	}
	d.lines = lines
	next = 0
	d.words.at = slices.DeleteFunc(d.words.at, func(w word) bool {
		for next < len(d.removed) && d.removed[next].end <= int(w.start) {
			next++
		}
		return next < len(d.removed) && int(w.start) >= d.removed[next].start
	})
}

// pageLines are the indexes of the lines that are printed on every page.
func (d *document) pageLines() []int {
	running := d.runningLines()
	var out []int
	for i := range d.lines {
		line := d.line(i)
		if line != "" && (running[i] || isPageLine(line)) {
			out = append(out, i)
		}
	}
	return out
}

// longestRunning is the length in bytes beyond which a line is no running
// title.
const longestRunning = 200

// repeats are the lines of a document that come back, but for their digits.
type repeats struct {
	doc   *document
	keys  []uint64       // by line; zero where it is none that may come back
	count map[uint64]int // zero for a heading
}

// fewestTimes is how often a line stands in a document that comes back.
const fewestTimes = 2

func repeatsIn(d *document) *repeats {
	r := &repeats{doc: d, keys: make([]uint64, len(d.lines)), count: map[uint64]int{}}
	for i := range d.lines {
		if line := d.line(i); mayRun(line) {
			r.keys[i] = keyOfLine(line)
			r.count[r.keys[i]]++
		}
	}
	checked := map[uint64]bool{}
	for i, key := range r.keys {
		if r.count[key] < fewestTimes || checked[key] {
			continue
		}
		checked[key] = true
		if _, label := labelKind(d.line(i)); label || isSectionMark(d.line(i)) {
			r.count[key] = 0
		}
	}
	return r
}

// again reports whether line i comes back.
func (r *repeats) again(i int) bool { return r.count[r.keys[i]] >= fewestTimes }

// runningLines finds running titles: lines that come back and either stand in
// the middle of sentences or, below the beginning of the call, name a call.
func (d *document) runningLines() map[int]bool {
	r := repeatsIn(d)
	titles, within, breaks := map[uint64]bool{}, map[uint64]int{}, map[int]bool{}
	for i, key := range r.keys {
		switch {
		case !r.again(i):
		case r.breaksSentence(i):
			within[key]++
			breaks[i] = true
		case r.count[key] > fewestTimes && isCallTitle(d.line(i)):
			titles[key] = true
		}
	}
	running := map[int]bool{}
	begins := d.begins()
	for i, key := range r.keys {
		const part = 3 // at least one in so many stands within a sentence
		often := within[key] >= fewestTimes && part*within[key] >= r.count[key]
		if (titles[key] || often) && (i >= begins || breaks[i]) {
			running[i] = true
		}
	}
	return running
}

// mayRun reports whether a line may be a running title: it is short and closes
// no sentence.
func mayRun(line string) bool {
	if line == "" || len(line) > longestRunning {
		return false
	}
	return !strings.ContainsRune(".?!,:", rune(line[len(line)-1]))
}

// keyOfLine is a number that is the same for lines that differ only in their
// digits. It is never zero.
func keyOfLine(line string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	key := uint64(offset)
	digits := false
	for i := range len(line) {
		c := line[i]
		if c >= '0' && c <= '9' {
			if digits {
				continue
			}
			c = '0'
		}
		digits = c == '0'
		key = (key ^ uint64(c)) * prime
	}
	return key | 1
}

// breaksSentence reports whether line i, with what else comes back around it,
// stands in the middle of a sentence.
func (r *repeats) breaksSentence(i int) bool {
	if first, _ := utf8.DecodeRuneInString(r.doc.line(i)); unicode.IsLower(first) {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(r.beside(i, 1)); !unicode.IsLower(first) {
		return false
	}
	before := r.beside(i, -1)
	last, _ := utf8.DecodeLastRuneInString(before)
	return (unicode.IsLower(last) || unicode.IsDigit(last) || last == ',') && !isFullName(before) && !isTitle(before)
}

// beside is the nearest line above or below line i that does not come back;
// empty where there is none near.
func (r *repeats) beside(i, step int) string {
	const farthest = 8
	for n := i + step; n >= 0 && n < len(r.keys) && n != i+step*farthest; n += step {
		if line := r.doc.line(n); line != "" && !r.again(n) && !isPageLine(line) {
			return line
		}
	}
	return ""
}

// begins is the index of the line with which the call begins: what stands
// above names it. It is the first long line.
func (d *document) begins() int {
	const long = 120
	for i := range d.lines {
		if d.lines[i].end-d.lines[i].start >= long {
			return i
		}
	}
	return len(d.lines)
}

// isCallTitle reports whether a line names a call or its transcript.
func isCallTitle(line string) bool {
	for _, term := range [...]string{"Earnings Call", "EARNINGS CALL", "Conference Call", "CONFERENCE CALL", "Transcript", "TRANSCRIPT"} {
		if strings.Contains(line, term) {
			return true
		}
	}
	return false
}

// isPageLine reports whether a line is nothing but the number of a page, the
// address of a page on the web, or a time.
func isPageLine(line string) bool {
	const longestNumber, longestAddress = 24, 300
	switch {
	case len(line) > longestAddress:
		return false
	case strings.HasPrefix(line, "http://"), strings.HasPrefix(line, "https://"), strings.HasPrefix(line, "www."):
		address, rest, _ := strings.Cut(line, " ")
		return strings.ContainsAny(address, "./") && (rest == "" || isPageCount(rest))
	case len(line) > longestNumber:
		return isTimes(line)
	default:
		return isPageNumber(line) || isPageCount(line) || isTimes(line)
	}
}

// isPageCount takes "Page 3", "Page 3 of 12", "3 of 12", "3/12", "- 3 -".
func isPageCount(s string) bool {
	dashed := strings.Trim(s, "-–— ")
	if dashed != s {
		return isPageNumber(dashed) && dashed != ""
	}
	rest := s
	named := hasPrefixFold(rest, "page ")
	if named {
		rest = strings.TrimLeft(rest[len("page "):], "| ")
	}
	page, rest, is := cutNumber(rest)
	if !is {
		return false
	}
	if rest == "" {
		return named
	}
	rest = strings.TrimSpace(rest)
	switch {
	case hasPrefixFold(rest, "of "):
		rest = rest[len("of "):]
	case strings.HasPrefix(rest, "/"):
		rest = rest[1:]
	default:
		return false
	}
	pages, rest, is := cutNumber(strings.TrimSpace(rest))
	return is && rest == "" && page <= pages
}

// cutNumber reads a number of at most four digits off the beginning of s.
func cutNumber(s string) (n int, rest string, is bool) {
	const mostDigits = 4
	i := 0
	for i < len(s) && i < mostDigits && s[i] >= '0' && s[i] <= '9' {
		n = 10*n + int(s[i]-'0')
		i++
	}
	return n, s[i:], i > 0
}

// isTimes takes "00:12:34", "[12:34]" and "00:12:34.500 --> 00:12:37.000".
func isTimes(s string) bool {
	if len(s) > len("[00:12:34.500] --> [00:12:37.000]") || !strings.Contains(s, ":") {
		return false
	}
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case !strings.ContainsRune(":.,->[]() ", rune(c)):
			return false
		}
	}
	const fewest = 3
	return digits >= fewest
}
