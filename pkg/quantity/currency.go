package quantity

// Currencies, by their place in currencies.
const (
	usd int32 = iota
	eur
	gbp
	jpy
	cny
	inr
	krw
	twd
	hkd
	cad
	aud
	chf
	sek
	dkk
	nok
	brl
	mxn
	sgd
	ils
	nzd
	pln
	idr
	cop
	clp
	ars
	thb
	zar
	myr
)

// currencyNames are the ISO 4217 codes in the order of the constants.
var currencyNames = [...]string{
	"USD", "EUR", "GBP", "JPY", "CNY", "INR", "KRW", "TWD", "HKD", "CAD", "AUD",
	"CHF", "SEK", "DKK", "NOK", "BRL", "MXN", "SGD", "ILS", "NZD", "PLN", "IDR",
	"COP", "CLP", "ARS", "THB", "ZAR", "MYR",
}

// currencyCodes are the codes people use, by currency.
var currencyCodes = codesOf(currencyNames[:])

func codesOf(names []string) map[string]int32 {
	codes := map[string]int32{"RMB": cny, "NTD": twd}
	for i, name := range names {
		codes[name] = int32(i)
	}
	return codes
}

// dollars is the currency of a bare dollar sign, and of "six-figure".
const dollars = "USD"

func currencyName(c int32) string { return currencyNames[c] }

// isCurrency reports an ISO 4217 code that quantities are given in, or RMB.
func isCurrency(code string) bool {
	_, ok := currencyCodes[code]
	return ok
}

// currencyOfCode reads a code in capitals.
func currencyOfCode(code string) (int32, bool) {
	c, ok := currencyCodes[code]
	return c, ok
}

// dollarOf tells whose dollar "C$" is.
func dollarOf(prefix string) (int32, bool) {
	switch prefix {
	case "US", "U.S.":
		return usd, true
	case "C", "CA", "CAD":
		return cad, true
	case "A", "AU":
		return aud, true
	case "HK":
		return hkd, true
	case "NT", "TW":
		return twd, true
	case "R":
		return brl, true
	case "S", "SG":
		return sgd, true
	case "NZ":
		return nzd, true
	case "MX", "Mex":
		return mxn, true
	}
	return 0, false
}

// Money that several countries call alike, in place of a currency: only the
// adjective before it tells which it is.
const (
	pesos int32 = -1 - iota
	crowns
)

// noCountry is the value of an adjective that leaves the currency as it is.
const noCountry int32 = -1

// currencyNamed is the currency that a word names after an adjective such as
// "Canadian", noCountry where there is none; false where it could be one of
// several.
func currencyNamed(word, country int32) (int32, bool) {
	var kin []int32
	switch word {
	case usd:
		if country == noCountry {
			return usd, true
		}
		kin = []int32{usd, cad, aud, sgd, hkd, twd, nzd}
	case pesos:
		kin = []int32{mxn, cop, clp, ars}
	case crowns:
		kin = []int32{sek, nok, dkk}
	default:
		return word, true
	}
	for _, c := range kin {
		if c == country {
			return c, true
		}
	}
	return 0, false
}

// currencyWords reads a currency by its name at token i, with its adjectives:
// "U.S. dollars", "New Taiwan dollars", "Mexican pesos".
func (s *scanner) currencyWords(i int) (c int32, to int, ok bool) {
	country := noCountry
	for range maxAdjectives {
		t := s.at(i)
		if t.class != adjective {
			break
		}
		if t.val != noCountry {
			country = t.val
		}
		i++
		for s.sign(i, '.') || (s.at(i).kind == word && s.at(i).glued && s.low(i) == "s") {
			i++
		}
	}
	i = s.joined(i)
	if t := s.at(i); t.class == currencyWord {
		c, ok = currencyNamed(t.val, country)
		return c, i + 1, ok
	}
	return 0, i, false
}

// maxAdjectives bounds "New Taiwan" and "South Korean".
const maxAdjectives = 2
