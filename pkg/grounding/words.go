package grounding

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxWords bounds how much of a text is looked at, in bytes. A claim is a
// sentence; what is longer is not one.
const maxWords = 4096

// words is a text as lower-case words with a space before and after each, so
// that " run rate " is found whole and whatever stood between the words.
type words string

func fold(text string) words {
	text = text[:min(len(text), maxWords)]
	b := make([]byte, 1, len(text)+len("  "))
	b[0] = ' '
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b = append(b, byte(r))
		case 'A' <= r && r <= 'Z':
			b = append(b, byte(r-'A'+'a'))
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b = utf8.AppendRune(b, unicode.ToLower(r))
		case b[len(b)-1] != ' ':
			b = append(b, ' ')
		}
	}
	if b[len(b)-1] != ' ' {
		b = append(b, ' ')
	}
	return words(b)
}

// has tells whether one of the phrases stands in the text.
func (w words) has(phrases []string) bool {
	for _, phrase := range phrases {
		if strings.Contains(string(w), phrase) {
			return true
		}
	}
	return false
}

// without blanks out phrases.
func (w words) without(phrases []string) words {
	for _, phrase := range phrases {
		w = words(strings.ReplaceAll(string(w), phrase, " "))
	}
	return w
}

// around returns what stands before and after a part of the text; false where
// the part does not stand in it.
func (w words) around(part words) (before, after words, ok bool) {
	i := strings.Index(string(w), string(part))
	if i < 0 || len(part) < 2 {
		return "", "", false
	}
	return w[:i+1], w[i+len(part)-1:], true
}

// distance is how many bytes lie between a part of the text and the nearest of
// the phrases; false where either is not there.
func (w words) distance(part words, phrases []string) (int, bool) {
	before, after, ok := w.around(part)
	if !ok {
		return 0, false
	}
	nearest, found := 0, false
	see := func(d int) {
		if !found || d < nearest {
			nearest, found = d, true
		}
	}
	for _, phrase := range phrases {
		if i := strings.LastIndex(string(before), phrase); i >= 0 {
			see(len(before) - i - len(phrase))
		}
		if i := strings.Index(string(after), phrase); i >= 0 {
			see(i)
		}
	}
	return nearest, found
}

// starts tells whether the text begins with one of the phrases.
func (w words) starts(phrases []string) bool {
	for _, phrase := range phrases {
		if strings.HasPrefix(string(w), phrase) {
			return true
		}
	}
	return false
}

// Phrases by what they tell. Each stands between spaces, in lower case.
//
//nolint:gochecknoglobals // constants that Go cannot declare as such
var (
	saysRunRate = []string{" run rate ", " annualized ", " annualised ", " arr ", " recurring revenue ", " annual revenue "}
	saysBacklog = []string{
		" backlog ", " commitment ", " commitments ", " rpo ", " crpo ", " performance obligation ", " performance obligations ",
		" contract value ", " tcv ", " bookings ", " orders ", " deferred revenue ",
	}
	saysMarketSize = []string{
		" market size ", " size of the market ", " market opportunity ", " addressable ", " tam ", " industry revenue ", " industry revenues ",
		" opportunity ", " opportunities ", " pipeline ", " potential ", " valuation ",
	}
	// saysOthersMoney is looked for in the quote, where the shorter words
	// above are too common to tell.
	saysOthersMoney = []string{" addressable market ", " tam ", " market size ", " revenue potential ", " lifetime revenue "}
	saysIfOnly      = []string{" would be ", " would have been ", " hypothetical ", " hypothetically ", " if standalone ", " would have had "}
	saysSaving      = []string{
		" saving ", " savings ", " save ", " saved ", " saves ", " takeout ", " reduction ", " reductions ", " reduced ", " avoidance ", " avoided ",
		" benefit ", " benefits ", " efficiency ", " efficiencies ", " synergies ", " lower cost ", " lower costs ",
	}
	saysSaved         = []string{" saving ", " savings ", " save ", " saved ", " saves ", " takeout "}
	saysRevenue       = []string{" revenue ", " revenues ", " sales ", " recurring ", " bookings ", " arr ", " billings "}
	saysCustomers     = []string{" customer ", " customers ", " client ", " clients ", " users ", " patients ", " consumers "}
	saysCustomerSpend = []string{" customer spend ", " customer spending ", " customers spend ", " customers spending ", " client spend ", " client spending "}
	saysTheme         = []string{" ai ", " artificial intelligence ", " generative ", " machine learning ", " gpu ", " gpus "}
	saysCapex         = []string{
		" capex ", " cap ex ", " capital expenditure ", " capital expenditures ", " capital spending ", " capital investment ", " capital investments ",
		" property and equipment ", " finance leases ",
	}
	saysSpending = []string{
		" invest ", " investing ", " investment ", " investments ", " spend ", " spending ", " expense ", " expenses ", " opex ", " cost ", " costs ",
		" r d ", " research and development ", " buy ", " purchase ", " budget ",
	}
	saysIncome = []string{
		" operating income ", " operating profit ", " net income ", " ebitda ", " gross profit ", " earnings ", " eps ", " cash flow ", " profit ",
	}
	saysIncrement = []string{" incremental ", " added ", " increase ", " addition ", " raise ", " beat "}
	saysMargin    = []string{" margin ", " margins "}
	saysAfterTax  = []string{" after tax ", " net of tax "}
	saysTotal     = []string{
		" total revenue ", " total revenues ", " total net revenue ", " total net revenues ", " worldwide revenue ", " consolidated revenue ",
		" consolidated revenues ", " company revenue ", " total sales ", " total net sales ", " net sales were ", " overall revenue ",
	}
	saysCompany = []string{" total ", " company ", " consolidated ", " worldwide ", " group ", " overall "}

	// comparators compare with a period without saying over which one the
	// figure runs.
	comparators = []string{
		" year over year ", " year on year ", " year ago ", " prior year ", " last year ", " quarter over quarter ", " quarter on quarter ",
		" last quarter ", " prior quarter ", " next year ", " next quarter ",
	}
	saysYear = []string{
		" full year ", " fiscal year ", " for the year ", " in the year ", " calendar year ", " annual ", " annually ", " per year ", " a year ", " this year ",
		" fy ", " per annum ", " trailing twelve months ", " ttm ", " last twelve months ",
	}
	saysHalf    = []string{" half ", " h1 ", " h2 ", " first half ", " second half "}
	saysQuarter = []string{" quarter ", " q1 ", " q2 ", " q3 ", " q4 ", " quarterly "}

	//nolint:dupword // "y/y" without its slash.
	yearOnYear       = []string{" yoy ", " y y ", " year over year ", " year on year ", " year ago ", " prior year ", " last year ", " annual growth "}
	quarterOnQuarter = []string{" qoq ", " quarter over quarter ", " quarter on quarter ", " sequentially ", " sequential "}

	yearly  = []string{" a year ", " per year ", " annually ", " per annum ", " each year "}
	forTerm = []string{" over ", " next ", " within ", " during ", " in ", " through ", " coming ", " span ", " term "}
)

// unitOfPrice begins what follows a price: "per megawatt", "a month".
//
//nolint:gochecknoglobals // constants that Go cannot declare as such
var unitOfPrice = []string{" per ", " a month ", " each ", " an hour ", " a seat ", " a user ", " apiece ", " month ", " hour "}
