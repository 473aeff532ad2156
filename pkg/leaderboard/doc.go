// Package leaderboard keeps the ranking in Redis: where every company stands,
// in order, and the changes that have not been announced yet.
//
// Redis is a projection of the GROUNDED stream. It may be wiped at any moment
// and is then built again; nothing is lost but time.
//
// # Writing
//
// One Lua script writes a company's standing, its place in the ranking and the
// change to be announced in one step. It is fenced: it refuses a writer whose
// epoch is not the present one (Redis was wiped, or the ranking is being built
// again), and a writer that read an older version of the company than the one
// there is now, who has to read again and merge again. A write that was made
// already is answered as it was the first time, so that a success whose answer
// was lost looks like one.
//
// # Announcing
//
// A change goes into the company's outbox in the same step in which it is
// made, and leaves it when it has been announced. So each is announced, in
// order, whoever is killed when.
//
// # Keys
//
// All keys of a generation carry its name as their hash tag, so that the
// script runs on a Redis Cluster.
package leaderboard
