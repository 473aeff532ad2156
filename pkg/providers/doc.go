// Package providers is where fundamentals come from. Each provider is a
// fundamentals.Source: it keeps to the kinds of error described there,
// names in Company.Document what it read, and takes its limits and credentials
// from whoever makes it. Several are asked in order by a Chain.
//
// Files reads them from a directory, one JSON file a company. EDGAR asks the SEC
// for what companies have filed.
package providers
