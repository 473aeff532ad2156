// Package callrankv1 holds the events that flow through callrank and the
// analysis of a call, as generated from the protobuf schemas beside it, with
// the words their fields take and the JSON they print as.
//
// It is a module of its own with no dependency but protobuf, for programs that
// only publish transcripts or follow the ranking.
package callrankv1
