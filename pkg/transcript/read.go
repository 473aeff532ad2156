package transcript

import (
	"fmt"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Read reads a call: which it is, and who spoke when. Facts that are stated
// win over those that the container and the text give; where they disagree
// there is a warning. The error is a *RefusedError when the text is no
// transcript, and another one when the stated facts cannot be true.
func Read(src Source, stated Facts) (*callrankv1.Transcript, error) {
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

	var found findings
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
	c.findIntroductions()
	c.introducedAsk()
	c.selfIntroducedAsk()
	c.markSections()
	c.inferKinds()
}
