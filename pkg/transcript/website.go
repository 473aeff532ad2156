package transcript

import "strings"

// spokenWebsite takes the company from the address of its website, as hosts
// give it when they open a call: "investor.acme.com". The name in the address
// must be the whole name of a well-known company.
func (f *findings) spokenWebsite(opening []words) {
	for _, w := range opening {
		for i := range w.at {
			name, is := siteName(w.word(i))
			if !is || !w.slice(i-12, i+3).has("our", "website", "site") {
				continue
			}
			if known, is := f.companies.ofSite(name); is {
				f.add(factCompany, known.Name, originCompanies, w.place(i))
				f.add(factTicker, known.Ticker, originCompanies, w.place(i))
				return
			}
		}
	}
}

// siteName returns the name in the address of a commercial website, in lower
// case: "acme" of "investor.acme.com".
func siteName(word string) (string, bool) {
	address, has := strings.CutSuffix(strings.ToLower(strings.TrimRight(word, ".,;:)'’")), ".com")
	if !has || address == "" {
		return "", false
	}
	return address[strings.LastIndexAny(address, "./@")+1:], true
}
