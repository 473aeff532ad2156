// Package embedded is the default that needs no installation: a NATS server
// with JetStream on disk, and a server that speaks the Redis protocol from
// memory, both in this process and on loopback.
//
// It is for one machine. The Redis-protocol server keeps nothing when the
// process ends, which is no loss, because the ranking is a projection of the
// streams; and it sorts the whole ranking at each read, which is fast enough
// for some ten thousand companies (about 2 ms for the top fifty) and slow for
// a hundred thousand (about 18 ms).
package embedded
