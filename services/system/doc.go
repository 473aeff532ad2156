// Package system tests the programs as they are built and run: killed, flushed,
// fed with what they should refuse, and as many processes.
package system
