package transcript

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// roleWords are words of titles and of firms' names; none of them is part of
// a person's name.
var roleWords = set(
	"chief", "officer", "executive", "president", "vice", "senior", "director", "chairman", "chairwoman", "chairperson", "chair", "board", "head", "manager",
	"managing", "general", "counsel", "treasurer", "secretary", "controller", "founder", "co-founder", "cofounder", "co-ceo", "interim", "deputy",
	"analyst", "associate", "reporter", "shareholder", "investor", "investors", "relations", "financial", "operating", "technology", "technical", "marketing",
	"commercial", "product", "products", "strategy", "strategic", "corporate", "communications", "development", "finance", "accounting", "administrative",
	"engineering", "operations", "global", "worldwide", "international", "regional", "zone", "division", "research", "securities", "capital", "markets", "partners",
	"bank", "banking", "group", "holdings", "inc", "inc.", "llc", "lp", "l.p.", "ltd", "ltd.", "limited", "plc", "corp", "corp.", "corporation", "co.", "incorporated",
	"advisors", "advisory", "equity", "equities", "investment", "investments", "trust", "fund", "management", "services", "solutions", "systems", "technologies",
	"ceo", "cfo", "coo", "cto", "cio", "cmo", "cpo", "cro", "evp", "svp", "vp", "ir", "operator", "moderator", "unidentified", "unknown", "member", "principal",
	"partner", "emeritus", "trustee", "segment", "business", "americas", "emea", "apac", "network", "networks", "insurance", "legal",
)

// isTitle reports whether s names an office held in a company.
func isTitle(s string) bool {
	for word := range strings.FieldsFuncSeq(s, notOfTitle) {
		switch strings.ToLower(word) {
		case "chief", "officer", "president", "director", "chairman", "chairwoman", "chair", "head", "manager", "founder", "co-founder", "counsel",
			"treasurer", "secretary", "controller", "ceo", "cfo", "coo", "cto", "cio", "cmo", "cpo", "cro", "evp", "svp", "vp", "ir", "relations", "co-ceo", "trustee":
			return true
		}
	}
	return false
}

func notOfTitle(r rune) bool {
	return r == ' ' || r == ',' || r == '&' || r == '/' || r == ';' || r == '(' || r == ')' || r == '\u00A0'
}

// isAnalystRole reports whether s names somebody who asks questions.
func isAnalystRole(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "analyst") && !strings.Contains(s, "analyst relations") || strings.Contains(s, "equity research")
}

// isFirm reports whether s names a bank, broker or fund.
func isFirm(s string) bool {
	for word := range strings.FieldsFuncSeq(s, notOfTitle) {
		switch strings.ToLower(strings.TrimSuffix(word, ".")) {
		case "research", "securities", "capital", "markets", "bank", "llc", "partners", "advisors", "advisory", "equities", "equity", "stanley", "sachs",
			"jpmorgan", "barclays", "citigroup", "citi", "ubs", "jefferies", "bofa", "evercore", "cowen", "baird", "stifel", "oppenheimer", "needham", "wedbush",
			"mizuho", "bernstein", "truist", "piper", "keybanc", "rbc", "bmo", "hsbc", "nomura", "macquarie", "scotiabank", "cibc", "deutsche", "susquehanna":
			return true
		}
	}
	return false
}

// kindOfTitle tells executives from investor relations by their office. Who
// holds a chief office is an executive whatever else is in his charge.
func kindOfTitle(title string) string {
	switch {
	case title == "":
		return callrankv1.KindUnknown
	case isAnalystRole(title):
		return callrankv1.KindAnalyst
	case isInvestorRelations(title) && !isChief(title):
		return callrankv1.KindIR
	case isTitle(title):
		return callrankv1.KindExecutive
	default:
		return callrankv1.KindUnknown
	}
}

func isInvestorRelations(title string) bool {
	lower := strings.ToLower(title)
	if strings.Contains(lower, "investor relation") {
		return true
	}
	for word := range strings.FieldsFuncSeq(title, notOfTitle) {
		if word == "IR" {
			return true
		}
	}
	return false
}

func isChief(title string) bool {
	for word := range strings.FieldsFuncSeq(title, notOfTitle) {
		switch strings.ToLower(word) {
		case "ceo", "cfo", "coo", "cto", "co-ceo", "chairman", "chairwoman":
			return true
		}
	}
	lower := strings.ToLower(title)
	return strings.Contains(lower, "chief") && strings.Contains(lower, "officer")
}

// Labels that headings give to people without naming them.
const (
	nameOperator       = "Operator"
	nameUnknown        = "Unknown speaker"
	nameExecutive      = "Unknown executive"
	nameAnalyst        = "Unknown analyst"
	namePublisherMotly = "Motley Fool (publisher)"
)

// labelKind tells the kind of a heading that is a label and no name, such as
// "Operator" or "Unidentified Analyst".
func labelKind(heading string) (kind string, is bool) {
	const longestLabel = 40
	if len(heading) > longestLabel || strings.Contains(heading, "--") {
		return "", false
	}
	lower := strings.ToLower(strings.Trim(heading, " :[]()"))
	switch lower {
	case "operator", "moderator", "coordinator", "conference operator", "conference call operator", "conference coordinator", "facilitator", "conference facilitator", "call operator":
		return callrankv1.KindOperator, true
	case "analyst", "questioner", "caller":
		return callrankv1.KindAnalyst, true
	case "executive", "executives", "management", "company representative", "corporate participant":
		return callrankv1.KindExecutive, true
	case "speaker", "interpreter", "translator", "participant", "attendee", "shareholder", "unverified participant":
		return callrankv1.KindUnknown, true
	}
	if number, is := strings.CutPrefix(lower, "speaker "); is {
		return callrankv1.KindUnknown, number != "" && len(number) <= 3 && strings.Trim(number, "0123456789") == ""
	}
	return unidentifiedKind(lower)
}

// unidentifiedKind reads "unidentified analyst", "unknown executive".
func unidentifiedKind(lower string) (kind string, is bool) {
	for _, opening := range [...]string{"unidentified ", "unknown ", "unnamed "} {
		rest, is := strings.CutPrefix(lower, opening)
		switch {
		case !is:
		case strings.Contains(rest, "analyst"):
			return callrankv1.KindAnalyst, true
		case strings.Contains(rest, "executive"), strings.Contains(rest, "company"), strings.Contains(rest, "corporate"), strings.Contains(rest, "management"):
			return callrankv1.KindExecutive, true
		default:
			return callrankv1.KindUnknown, true
		}
	}
	return "", false
}
