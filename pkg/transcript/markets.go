package transcript

import "strings"

// markets are the stock markets outside the United States by the code that
// follows a symbol of theirs (AZN.L, 7203.T), with the names that stand before
// one (LSE: AZN).
var markets = map[string][]string{
	"TO":  {"TSX", "TSE", "TOR", "TORONTO"},
	"V":   {"TSXV", "TSX-V", "CVE"},
	"CN":  {"CNSX", "CSE"},
	"NE":  {"NEO"},
	"L":   {"LSE", "LON", "AIM", "LONDON"},
	"AX":  {"ASX"},
	"NZ":  {"NZX", "NZSE", "NZE"},
	"DE":  {"XETRA", "XETR", "XTRA", "ETR"},
	"F":   {"FRA", "FWB", "DB", "FRANKFURT"},
	"PA":  {"EPA", "ENXTPA", "PAR", "EURONEXTPARIS"},
	"AS":  {"AMS", "ENXTAM", "AEX", "EURONEXTAMSTERDAM"},
	"BR":  {"EBR", "ENXTBR", "BRU", "EURONEXTBRUSSELS"},
	"LS":  {"ELI", "ENXTLS", "EURONEXTLISBON"},
	"IR":  {"ISE", "EURONEXTDUBLIN"},
	"NX":  {"EURONEXT"},
	"MI":  {"BIT", "MIL", "BORSAITALIANA"},
	"MC":  {"BME", "MAD"},
	"SW":  {"SWX", "SIX", "VTX"},
	"ST":  {"OM", "STO", "NASDAQSTOCKHOLM"},
	"HE":  {"HEL", "OMXHEX", "NASDAQHELSINKI"},
	"CO":  {"CPSE", "CPH", "NASDAQCOPENHAGEN"},
	"OL":  {"OB", "OSL", "OSE"},
	"IC":  {"ICSE"},
	"VI":  {"WBAG", "VIE"},
	"WA":  {"WSE"},
	"HK":  {"HKG", "HKEX", "SEHK", "HKSE"},
	"T":   {"TYO", "JPX", "TOKYO"},
	"SS":  {"SHA", "SHSE", "SSE"},
	"SZ":  {"SHE", "SZSE"},
	"TW":  {"TPE", "TWSE"},
	"TWO": {"TPEX"},
	"KS":  {"KRX", "KOSE", "KOSPI"},
	"KQ":  {"KOSDAQ"},
	"NS":  {"NSE", "NSEI"},
	"BO":  {"BSE", "BOM"},
	"SI":  {"SGX", "SES"},
	"KL":  {"KLSE", "MYX"},
	"BK":  {"SET", "BKK"},
	"JK":  {"IDX"},
	"PS":  {"PSE"},
	"SA":  {"BVMF", "B3", "BOVESPA"},
	"MX":  {"BMV"},
	"JO":  {"JSE"},
	"TA":  {"TASE", "TLV"},
	"SR":  {"SASE", "TADAWUL"},
	"IS":  {"IBSE", "BIST"},
}

// marketNamed is the code of each market by its names.
var marketNamed = func() map[string]string {
	named := map[string]string{}
	for code, names := range markets {
		for _, name := range names {
			named[name] = code
		}
	}
	return named
}()

// exchangeName is a market's name as it is compared.
func exchangeName(s string) string {
	const longest = 24
	if len(s) > longest {
		return ""
	}
	return strings.ToUpper(strings.ReplaceAll(s, " ", ""))
}

// isExchange reports whether a name is that of a stock market.
func isExchange(s string) bool {
	name := exchangeName(s)
	switch name {
	case "NYSE", "NASDAQ", "NASDAQGS", "NASDAQGM", "NASDAQCM", "AMEX", "NYSEAM", "NYSEAMERICAN", "NYSEMKT", "NYSEARCA", "ARCA", "BATS", "CBOE",
		"OTC", "OTCPK", "OTCQB", "OTCQX", "OTCMKTS", "OTCPINK", "OTCBB", "PINK":
		return true
	default:
		return marketNamed[name] != ""
	}
}

// marketOf is the code of a market outside the United States, else empty.
func marketOf(exchange string) string { return marketNamed[exchangeName(exchange)] }

// countryMarket is the code of the market of a country that is named after a
// symbol: "ACME:CA".
func countryMarket(country string) string {
	switch country {
	case "US":
		return ""
	case "CA":
		return "TO"
	case "GB", "LN":
		return "L"
	case "AU":
		return "AX"
	case "JP":
		return "T"
	case "FR":
		return "PA"
	default:
		return country
	}
}

// splitMarket parts a ticker, in the form of NormaliseTicker, from the code of
// the market after it: AZN-L, RY-TO, 7203-T. What the SEC sets off with a
// hyphen, a preferred share, is no market: hyphenated tells that it was one.
func splitMarket(ticker string, hyphenated bool) (base, market string, is bool) {
	i := strings.LastIndexByte(ticker, '-')
	if i <= 0 {
		return ticker, "", false
	}
	base, market = ticker[:i], ticker[i+1:]
	switch {
	case market == "US", market == "OQ":
		return base, "", true
	case hyphenated && (market == "PA" || market == "PS"):
		return ticker, "", false
	case market == "T" && !isFigure(base): // as Canadian papers write it
		return base, "TO", true
	}
	_, is = markets[market]
	if !is {
		return ticker, "", false
	}
	return base, market, true
}

// isFigure reports whether a symbol is made of digits alone.
func isFigure(symbol string) bool { return symbol != "" && strings.Trim(symbol, "0123456789") == "" }
