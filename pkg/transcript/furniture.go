package transcript

import "strings"

// isAdvertisement reports whether a line is a publisher's note to readers or
// an advertisement, which nobody on the call said.
func isAdvertisement(line string) bool {
	const longest = 400
	if len(line) > longest {
		return false
	}
	for _, opening := range [...]string{
		"Image source:", "Need a quote from a Motley Fool analyst", "Should you invest $", "Should you buy stock in", "Where to invest $",
		"Before you buy stock in", "*Stock Advisor returns", "See the 10 stocks", "See the stocks", "Get the 10 stocks",
		"Stock Advisor returns", "They just revealed what they believe are the ten best stocks", "When our award-winning analyst team has a stock tip",
		"When our analyst team has a stock tip", "[Operator signoff]", "[Operator Closing Remarks]",
	} {
		if hasPrefixFold(line, opening) {
			return true
		}
	}
	for _, opening := range [...]string{"Follow the company", "Click here to", "Learn more »", "Continue »"} {
		if hasPrefixFold(line, opening) && !endsInSentence(line) {
			return true
		}
	}
	return strings.HasPrefix(line, "10 stocks we like better than") ||
		strings.HasPrefix(line, "*") && strings.Contains(line, "returns as of")
}

// endsCall reports whether a line begins what a page, such as one of Motley
// Fool, prints after the call: nothing from here on is speech. Since all the
// rest would be lost, a sentence that only begins like such a line is none.
func endsCall(line string) bool {
	if line == "" {
		return false
	}
	for _, opening := range [...]string{
		"This article is a transcript of this conference call", "*Average returns of all recommendations",
		"The Motley Fool has positions in", "The Motley Fool has no position", "The Motley Fool owns shares of and", "The Motley Fool recommends",
	} {
		if hasPrefixFold(line, opening) {
			return true
		}
	}
	const longest = 60
	if len(line) > longest || endsInSentence(line) {
		return false
	}
	for _, opening := range [...]string{"Duration:", "Transcript powered by", "All earnings call transcripts"} {
		if hasPrefixFold(line, opening) {
			return true
		}
	}
	switch strings.ToLower(strings.TrimSuffix(line, ":")) {
	case "call participants", "stocks mentioned", "read next", "recommended for you", "more from this author", "leave a comment":
		return true
	default:
		return isEndMark(line) || isMoreAnalysis(line) || isCommentsMark(line)
	}
}

// isCommentsMark takes "Comments (12)" and "12 Comments", above what readers of
// a page write.
func isCommentsMark(line string) bool {
	const longest = 16
	if len(line) > longest || !strings.ContainsAny(line, "0123456789") {
		return false
	}
	return strings.EqualFold(strings.Trim(line, "0123456789() "), "comments")
}

// isMoreAnalysis takes "More HLYD analysis".
func isMoreAnalysis(line string) bool {
	ticker, is := strings.CutPrefix(line, "More ")
	ticker, analysis := strings.CutSuffix(ticker, " analysis")
	return is && analysis && ticker == strings.ToUpper(ticker) && !strings.Contains(ticker, " ")
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
	for _, opening := range [...]string{"affiliated companies.", "consent of Refinitiv", "consent of Thomson Reuters", "consent of LSEG"} {
		if strings.HasPrefix(line, opening) {
			return true
		}
	}
	return isVendorMark(line)
}

// isVendorMark reports whether a line is what vendors print above every page.
func isVendorMark(line string) bool {
	const longestMark = 60
	if len(line) > longestMark || endsInSentence(line) {
		return false
	}
	for _, opening := range [...]string{
		"Corrected Transcript", "Raw Transcript", "Total Pages:", "Client Id:", "REFINITIV STREETEVENTS", "THOMSON REUTERS STREETEVENTS",
		"LSEG STREETEVENTS", "EDITED TRANSCRIPT", "PRELIMINARY TRANSCRIPT",
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
	return len(line) >= shortest && strings.Trim(line, ".…-_=*· ") == ""
}

func isPageNumber(line string) bool {
	const mostDigits = 3
	return len(line) <= mostDigits && strings.Trim(line, "0123456789") == ""
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
