package transcript

import callrankv1 "github.com/callrank/callrank/proto/callrank/v1"

// Part is what a reader of a layout finds under a heading: who speaks, and the
// spans of what is said.
type Part struct {
	Name   string
	Speech [][2]int
}

// ReadLayout reads a text by one layout, whatever its own is. The spans refer
// to the text that is returned: the given one with even white space.
func ReadLayout(layout, text string) (even string, parts []Part) {
	doc := newDocument(evened(text).text)
	var read *script
	switch layout {
	case callrankv1.LayoutStreetEvents:
		read = readVendor(doc, layout)
	case callrankv1.LayoutMotleyFoolOld:
		read = readDashes(doc, layout)
	case callrankv1.LayoutSeekingAlpha:
		read = readNameLines(doc, layout)
	case callrankv1.LayoutMotleyFool, callrankv1.LayoutMotleyFoolJSON, callrankv1.LayoutFMP:
		read = readColon(doc, layout)
	case LayoutRunOn:
		read = readRunOn(doc, callrankv1.LayoutMotleyFoolOld)
	default:
		read = readFlat(doc)
	}
	for _, p := range read.parts {
		part := Part{Name: p.heading.name}
		for _, at := range p.speech {
			part.Speech = append(part.Speech, [2]int{at.start, at.end})
		}
		parts = append(parts, part)
	}
	return doc.text, parts
}

// LayoutRunOn is the older layout of Motley Fool without line breaks, which has
// a reader of its own.
const LayoutRunOn = "run on"

// Even is the text as it is read.
func Even(source string) string { return evened(source).text }

// InSource is where in a source a span of its even text stands.
func InSource(source string, start, end int) (from, to int) {
	e := evened(source)
	at := span{start, end}.message()
	e.toSource(at)
	return int(at.GetStart()), int(at.GetEnd())
}
