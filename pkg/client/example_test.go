package client_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/callrank/callrank/pkg/client"
)

//nolint:testableexamples // It wants a running callrank.
func Example() {
	ctx := context.Background()
	c, err := client.Open(ctx, client.Config{NATS: "nats://127.0.0.1:4222", Redis: "redis://127.0.0.1:6379"})
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = c.Close() }()

	text, err := os.ReadFile("pkg/samples/calls/HLYD_2026Q1.txt")
	if err != nil {
		log.Print(err)
		return
	}
	receipt, err := c.Publish(ctx, client.Transcript{Text: string(text)})
	if err != nil {
		log.Print(err)
		return
	}
	fmt.Println(receipt.ID, receipt.Duplicate)

	// The last state of each company, then the changes as they happen.
	for change, err := range c.Changes(ctx, client.FromLast()) {
		if err != nil {
			log.Print(err)
			return
		}
		fmt.Println(change.Sequence, change.Change.GetTicker(), change.Change.GetScoreAfter(), change.Change.GetWhy())
	}
}
