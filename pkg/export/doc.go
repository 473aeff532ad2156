// Package export writes the history of the ranking, and the claims behind it,
// as tables for those who test signals: CSV, JSON lines and Parquet.
//
// Each row says from when on it was known (known_at), so that a table can be cut
// at any time without a look ahead. Absent is unknown, never zero: an empty
// field in CSV, null in Parquet, no field in JSON.
package export
