// Package stages names the five stages: for each, what it reads, which
// function of the ground floor it calls, and what it publishes. What is decided
// about texts and money is decided there, not here.
package stages
