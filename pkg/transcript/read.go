package transcript

import (
	"fmt"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Reader reads calls with what is known of companies. The zero reader knows
// those of WellKnown. It may be shared.
type Reader struct {
	// Companies is the directory by which companies are known: WellKnown unless
	// set. WellKnown().With(more) knows more of them.
	Companies *Companies
}

// Read reads a call as the zero Reader does.
func Read(src Source, stated Facts) (*callrankv1.Transcript, error) {
	return Reader{}.Read(src, stated)
}

// Read reads a call: which it is, and who spoke when. Facts that are stated
// win over those that the container and the text give; where they disagree
// there is a warning. The error is a *RefusedError when the text is no
// transcript, and another one when the stated facts cannot be true.
func (r Reader) Read(src Source, stated Facts) (*callrankv1.Transcript, error) {
	if r.Companies == nil {
		r.Companies = WellKnown()
	}
	if err := stated.Validate(); err != nil {
		return nil, fmt.Errorf("read the stated facts: %w", err)
	}
	if err := checkText(src.Text); err != nil {
		return nil, err
	}
	even := evened(src.Text)
	doc := newDocument(even.text)
	script := readScript(src, doc)
	c := newCall(doc, script)
	if err := c.checkGenre(); err != nil {
		return nil, err
	}
	c.understand()

	found := findings{companies: r.Companies}
	if err := found.publisher(stated, src.Facts); err != nil {
		return nil, err
	}
	found.readHeader(doc.text, script.header)
	found.readTakeaways(c)
	found.readSpeech(c)
	found.readAffiliations(c)
	found.settle()
	return even.inSource(c.message(src, &found)), nil
}

// understand concludes who is who, where the questions begin, and who asked
// what of whom.
func (c *call) understand() {
	c.nameLabels()
	c.settleKinds()
	c.splitAnnounced()
	c.findIntroductions()
	c.introducedAsk()
	c.selfIntroducedAsk()
	c.markSections()
	c.inferKinds()
}
