package fundamentals

import (
	"cmp"
	"strings"
)

// Topic is a kind of figures that a provider may have or not.
type Topic string

// The topics, by the names under which readers hear of them.
const (
	TopicActuals      Topic = "filed years"
	TopicQuarters     Topic = "filed quarters"
	TopicConsensus    Topic = "consensus"
	TopicSegments     Topic = "segments"
	TopicMarket       Topic = "price and market value"
	TopicInsiders     Topic = "insiders"
	TopicInstitutions Topic = "institutions"
)

// Topics are all of them, in order.
func Topics() []Topic {
	return []Topic{TopicActuals, TopicQuarters, TopicConsensus, TopicSegments, TopicMarket, TopicInsiders, TopicInstitutions}
}

// Absence says why nothing is known of a topic.
type Absence struct {
	Topic Topic
	// Reason names who said what.
	Reason string
}

// Unanswered is what is known of a company from a source that gave nothing: why
// that is, of every topic. It takes the source's place in a Merge.
func Unanswered(reason string, outages ...Outage) *Company {
	c := &Company{Outages: outages}
	for _, topic := range Topics() {
		c.Absent = append(c.Absent, Absence{topic, reason})
	}
	return c
}

// Has tells whether anything is known of a topic.
func (c *Company) Has(topic Topic) bool { return c.since(topic) != "" }

// undated is since when something is known whose date is not.
const undated = "-"

// since is the first date from which anything is known of a topic, empty where
// nothing is.
func (c *Company) since(topic Topic) string {
	var one []Known
	switch {
	case topic == TopicActuals:
		return earliest(c.Actuals)
	case topic == TopicQuarters:
		return earliest(c.Quarters)
	case topic == TopicConsensus:
		return earliest(c.Consensus)
	case topic == TopicSegments:
		return earliest(c.Segments)
	case topic == TopicMarket && c.Market != nil:
		one = append(one, c.Market.Known)
	case topic == TopicInsiders && c.Insiders != nil:
		one = append(one, c.Insiders.Known)
	case topic == TopicInstitutions && c.Holders != nil:
		one = append(one, c.Holders.Known)
	}
	return earliest(one)
}

// earliest is the first date from which any of the entries is known.
func earliest[T dated](entries []T) string {
	first := ""
	for _, entry := range entries {
		if on := cmp.Or(entry.knownOn(), undated); first == "" || on < first {
			first = on
		}
	}
	return first
}

// Why says why nothing is known of a topic: which provider said what. It is
// empty where something is known.
func (c *Company) Why(topic Topic) string {
	if c.Has(topic) {
		return ""
	}
	var reasons []string
	for _, absence := range c.Absent {
		if absence.Topic == topic {
			reasons = append(reasons, absence.Reason)
		}
	}
	if len(reasons) == 0 {
		return cmp.Or(c.Document, "the source") + " has none"
	}
	return strings.Join(reasons, "; ")
}

// heldBack adds the reasons of topics of which nothing was known on a date.
func (c *Company) heldBack(whole *Company, date string) {
	var held []Absence
	for _, topic := range Topics() {
		if since := whole.since(topic); since != "" && !c.Has(topic) {
			held = append(held, Absence{topic, strings.TrimPrefix(whole.Document+": ", ": ") + "known only from " + since + ", after " + date})
		}
	}
	if held != nil {
		c.Absent = append(append([]Absence{}, c.Absent...), held...)
	}
}
