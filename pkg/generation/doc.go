// Package generation tells which generations of the ranking there are, what
// each of them has to be worked on by which stage, and begins, compares,
// promotes and gives up generations.
//
// A generation is a ranking and all that leads to it. The first one works on
// every transcript as it is published. A rescore begins another: it works on the
// past again, from the transcripts or from what a stage made of them, and on
// what is published meanwhile, under its own subjects, consumers and keys.
// Readers see one of them, the promoted one.
//
// What there is stands in the roster, one message in the broker. Every worker
// follows it and works for each generation in it, so that whoever is killed
// when, what has been begun goes on. A generation whose base is given up keeps
// alive those stages of its base that it reads from.
package generation
