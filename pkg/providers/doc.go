// Package providers is where fundamentals come from. Each provider is a
// fundamentals.Source: it keeps to the kinds of error described there,
// names in Company.Document what it read, and takes its limits and credentials
// from whoever makes it. Merged takes each figure from the first of several that
// has it.
//
// Files reads them from a directory, one JSON file a company. EDGAR asks the SEC
// for what companies have filed, and FMP asks Financial Modeling Prep for that
// and for what analysts expect, what the market pays and who owns the shares.
package providers
