package transcript

import (
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// longestHeading is the length in bytes beyond which a line is no heading.
const longestHeading = 200

// splitColon takes a line apart that begins "Name: speech". What stands before
// the colon must be a label such as Operator or written like a person's name,
// perhaps with a role: "Analyst (Jane Roe)", "Jane Roe (Barclays)", "Jane Roe,
// CFO", "Jane Roe - Barclays".
func splitColon(line string) (h heading, speech int, is bool) {
	const longestBefore = 110
	colon := strings.IndexByte(line[:min(len(line), longestBefore)], ':')
	if colon <= 0 {
		return heading{}, 0, false
	}
	before := strings.TrimSpace(line[:colon])
	h, is = namedWithRole(before)
	return h, skipBlank(line, colon+1), is
}

// namedWithRole reads a name with an optional role after or around it.
func namedWithRole(s string) (heading, bool) {
	if kind, is := labelKind(s); is {
		return heading{name: s, kind: kind}, true
	}
	if isPersonName(s) {
		return heading{name: s}, true
	}
	if open := strings.IndexByte(s, '('); open > 0 && strings.HasSuffix(s, ")") {
		return bracketedRole(strings.TrimSpace(s[:open]), s[open+1:len(s)-1])
	}
	for _, dash := range [...]string{" - ", " – ", " — ", " ‐ "} {
		if name, role, has := strings.Cut(s, dash); has {
			return withRoles(name, role), isFullName(strings.TrimSpace(name)) && beginsSentence(strings.TrimSpace(role))
		}
	}
	name, role, _ := strings.Cut(s, ", ")
	if role == "" || !isPersonName(name) || !isRole(role) {
		return heading{}, false
	}
	return withRoles(name, role), true
}

// bracketedRole reads "Jane Roe (Barclays)" and "Analyst (Jane Roe)".
func bracketedRole(name, role string) (heading, bool) {
	if kind, is := labelKind(name); is && isPersonName(role) {
		return heading{name: role, kind: kind}, true
	}
	if !isPersonName(name) || !isRole(role) {
		return heading{}, false
	}
	return withRoles(name, role), true
}

func isRole(s string) bool { return isTitle(s) || isFirm(s) || isAnalystRole(s) }

// withRoles makes a heading of a name and what stands after it: a title, a
// firm, or a firm and a title.
func withRoles(name string, roles ...string) heading {
	h := heading{name: strings.TrimSpace(name)}
	if kind, is := labelKind(h.name); is {
		h.kind = kind
	}
	kept := roles[:0]
	for _, role := range roles {
		if role = strings.Trim(role, " -–—\u00A0"); role != "" {
			kept = append(kept, role)
		}
	}
	switch len(kept) {
	case 0:
		return h
	case 1:
		switch only := kept[0]; {
		case isAnalystRole(only):
			h.title, h.kind = only, callrankv1.KindAnalyst
		case isTitle(only):
			h.title = only
		default:
			h.firm = only
		}
	default:
		h.firm, h.title = kept[0], strings.Join(kept[1:], ", ")
		if isAnalystRole(h.title) || isFirm(h.firm) && !isInvestorRelations(h.title) {
			h.kind = callrankv1.KindAnalyst
		}
	}
	return h
}

// splitDashes takes a heading apart of the form "Name -- Title" or "Name --
// Firm -- Title", with or without spaces around the dashes.
func splitDashes(line string) (heading, bool) {
	if len(line) > longestHeading {
		return heading{}, false
	}
	name, rest, has := strings.Cut(line, "--")
	name, rest = strings.TrimSpace(name), strings.TrimSpace(rest)
	if !has || rest == "" || endsInSentence(rest) {
		return heading{}, false
	}
	if _, label := labelKind(name); !label && !isPersonName(name) {
		return heading{}, false
	}
	first := rest[0]
	if first >= 'a' && first <= 'z' {
		return heading{}, false
	}
	return withRoles(name, strings.Split(rest, "--")...), true
}

// endsInSentence reports whether a line ends like speech, not like a heading.
func endsInSentence(line string) bool {
	line = strings.TrimRight(line, " \u00A0")
	last := line
	if i := strings.LastIndexByte(line, ' '); i >= 0 {
		last = line[i+1:]
	}
	if strings.HasSuffix(last, "?") || strings.HasSuffix(last, "!") || strings.HasSuffix(last, ",") || strings.HasSuffix(last, "...") {
		return true
	}
	return strings.HasSuffix(last, ".") && !isAbbreviation(last) && !isFirmAbbreviation(last)
}

func isFirmAbbreviation(word string) bool {
	switch strings.ToLower(strings.TrimSuffix(word, ".")) {
	case "llc", "l.l.c", "lp", "plc", "s.p.a", "a.g", "s.a.s", "b.v", "ph.d", "m.d", "cie", "incorporated", "research":
		return true
	default:
		return false
	}
}
