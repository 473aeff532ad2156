package transcript

import "strings"

// isAdvertisement reports whether a line is a publisher's note to readers or
// an advertisement, which nobody on the call said.
func isAdvertisement(line string) bool {
	for _, opening := range [...]string{
		"Image source:", "Need a quote from a Motley Fool analyst", "Should you invest $", "Should you buy stock in", "Where to invest $",
		"Before you buy stock in", "*Stock Advisor returns", "See the 10 stocks", "See the stocks", "Get the 10 stocks", "Learn more »", "Continue »",
		"Stock Advisor returns", "They just revealed what they believe are the ten best stocks", "When our award-winning analyst team has a stock tip",
		"When our analyst team has a stock tip", "[Operator signoff]", "[Operator Closing Remarks]", "Follow the company", "Click here to",
	} {
		if hasPrefixFold(line, opening) {
			return true
		}
	}
	return strings.HasPrefix(line, "10 stocks we like better than") ||
		strings.HasPrefix(line, "*") && strings.Contains(line, "returns as of")
}

// endsCall reports whether a line begins what a page, such as one of Motley
// Fool, prints after the call: nothing from here on is speech.
func endsCall(line string) bool {
	for _, opening := range [...]string{
		"Duration:", "Call participants:", "All earnings call transcripts", "This article is a transcript of this conference call",
		"Transcript powered by", "Stocks Mentioned", "*Average returns of all recommendations",
		"The Motley Fool has positions in", "The Motley Fool has no position", "The Motley Fool owns shares", "The Motley Fool recommends",
	} {
		if hasPrefixFold(line, opening) {
			return true
		}
	}
	return line == "Read Next" || isEndMark(line) || strings.HasPrefix(line, "More ") && strings.HasSuffix(line, " analysis") && len(line) < 40
}

// isEndMark reports whether a line says that the transcript ends.
func isEndMark(line string) bool {
	const longestEnd = 30
	if len(line) > longestEnd {
		return false
	}
	switch strings.ToLower(strings.Trim(line, "-‐–—*#[]. ")) {
	case "end", "end of transcript", "end of call":
		return true
	default:
		return false
	}
}

// isPageFurniture reports whether a line is what the pages of a vendor's PDF
// print around the speech: copyright, page number, rules, the vendor's name.
func isPageFurniture(line string) bool {
	if line == "" {
		return false
	}
	if isRule(line) || isPageNumber(line) {
		return true
	}
	if strings.HasPrefix(line, "©") || hasPrefixFold(line, "copyright ©") || hasPrefixFold(line, "copyright (c)") {
		return true
	}
	const longestFooter = 400
	if len(line) > longestFooter {
		return false
	}
	for _, part := range [...]string{
		"www.callstreet.com", "www.refinitiv.com | Contact", "www.streetevents.com | Contact", "spglobal.com/marketintelligence", "All Rights Reserved", "All rights reserved.",
	} {
		if strings.Contains(line, part) {
			return true
		}
	}
	for _, opening := range [...]string{
		"Corrected Transcript", "Raw Transcript", "Total Pages:", "Client Id:", "affiliated companies.", "REFINITIV STREETEVENTS", "THOMSON REUTERS STREETEVENTS",
		"LSEG STREETEVENTS", "EDITED TRANSCRIPT", "PRELIMINARY TRANSCRIPT", "consent of Refinitiv", "consent of Thomson Reuters", "consent of LSEG",
	} {
		if strings.HasPrefix(line, opening) {
			return true
		}
	}
	return false
}

// isRule takes a line of dots, dashes, underscores or equals signs.
func isRule(line string) bool {
	const shortest = 5
	return len(line) >= shortest && strings.Trim(line, ".-_=*· ") == ""
}

func isPageNumber(line string) bool {
	const mostDigits = 3
	return len(line) <= mostDigits && strings.Trim(line, "0123456789") == ""
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
