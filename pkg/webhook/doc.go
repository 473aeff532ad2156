// Package webhook sends changes of the ranking to addresses that were
// configured, signed so that a receiver knows from whom they are.
//
// Headers and signature are those of the Standard Webhooks specification
// (standardwebhooks.com), for which receivers find libraries: webhook-id,
// webhook-timestamp, and webhook-signature, an HMAC-SHA256 over all three of
// id, timestamp and body.
package webhook
