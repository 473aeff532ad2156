package insight

import (
	"sort"
	"strings"

	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/quantity"
	"github.com/callrank/callrank/pkg/words"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// sentence is one sentence of a turn and how far it is about the theme.
type sentence struct {
	start, end int
	// turn is the index of its turn; place is its number within the turn.
	turn, place int
	voice       voice
	section     string
	// hits are the lexicon's terms in it; groups the union of theirs.
	hits   []lexicon.Hit
	groups lexicon.Set
	// anchor, 0 to 1, is how far names and products of the theme make it so.
	anchor float64
	// theme, 0 to 1, adds kindred words and what was said before.
	theme float64
	// carried is what earlier sentences and the question hand on to it.
	carried float64
	// near is the share of sentences around it that have an anchor.
	near float64
	// question is how far the question that it answers names the theme, trade
	// how far it uses the words of its trade.
	question, trade float64
	// excluded: it says that what it speaks of is not the theme.
	excluded bool
	// asked: it answers a question about the theme.
	asked bool
	words int
	// jargon is how far its words are those of the call's sentences about the
	// theme.
	jargon jargon
}

// reading is one call as the engine reads it.
type reading struct {
	text string
	// cut is the text cut into words.
	cut        *words.Text
	transcript *callrankv1.Transcript
	lex        lexicon.Reading
	sentences  []sentence
	// first is the index of a turn's first sentence; the last entry ends it.
	first      []int
	quantities []quantity.Quantity
	// reckoned tells more of each quantity; distinct is how many there are that
	// are worth repeating.
	reckoned []reckoned
	distinct int
	groups   *groupSets
	// density is the share of management's sentences that have an anchor;
	// spoken is the number of management's sentences.
	density float64
	spoken  int
	// words are those said; firstWord is the index of a sentence's first word,
	// and language tells which are the theme's.
	words     []said
	firstWord []int32
	language  language
	// greatest is the greatest sum of money spoken of.
	greatest float64
}

// read finds everything in the text that the stages decide on.
func (r *Rules) read(text string, t *callrankv1.Transcript) (*reading, error) {
	if err := check(text, t); err != nil {
		return nil, err
	}
	rd := &reading{text: text, cut: words.Cut(text), transcript: t, groups: &r.groups}
	rd.lex = r.theme.ReadWords(rd.cut, callOf(t))
	rd.cutSpeech()
	rd.placeHits()
	rd.weighTheme()
	rd.sayWords()
	rd.learnJargon()
	rd.quantities = quantity.ScanWords(rd.cut)
	rd.reckon()
	rd.weighSums()
	return rd, nil
}

func callOf(t *callrankv1.Transcript) lexicon.Call {
	c := lexicon.Call{Ticker: t.GetCall().GetTicker(), Company: t.GetCall().GetCompany()}
	for _, p := range t.GetParticipants() {
		c.People = append(c.People, p.GetName(), p.GetAffiliation())
	}
	return c
}

// cutSpeech cuts every turn into sentences and tells whose they are.
func (rd *reading) cutSpeech() {
	turns := rd.transcript.GetTurns()
	rd.sentences = make([]sentence, 0, len(rd.text)/90+1)
	rd.first = make([]int, 0, len(turns)+1)
	for i, turn := range turns {
		rd.first = append(rd.first, len(rd.sentences))
		v, known := voiceOf(rd.transcript, turn)
		from := len(rd.sentences)
		for k, c := range sentences(rd.text, int(turn.GetSpeech().GetStart()), int(turn.GetSpeech().GetEnd())) {
			rd.sentences = append(rd.sentences, sentence{
				start: c.start, end: c.end, turn: i, place: k, voice: v, section: turn.GetSection(),
				words: strings.Count(rd.text[c.start:c.end], " ") + 1,
			})
		}
		if !known {
			tellVoices(rd.cut.Low, rd.sentences[from:], turn.GetSection() == callrankv1.SectionQA)
		}
	}
	rd.first = append(rd.first, len(rd.sentences))
}

// placeHits gives each sentence its terms.
func (rd *reading) placeHits() {
	hits := rd.lex.Hits
	for i := range rd.sentences {
		s := &rd.sentences[i]
		lo := sort.Search(len(hits), func(k int) bool { return hits[k].Start >= s.start })
		hi := lo
		for hi < len(hits) && hits[hi].End <= s.end {
			s.groups |= hits[hi].Term.Groups
			hi++
		}
		s.hits = hits[lo:hi]
	}
}

// at returns the index of the sentence that holds the byte, -1 when none does.
// Sentences are in the order of the turns, which is the order of the text.
func (rd *reading) at(pos int) int {
	i := sort.Search(len(rd.sentences), func(k int) bool { return rd.sentences[k].end > pos })
	if i < len(rd.sentences) && rd.sentences[i].start <= pos {
		return i
	}
	return -1
}

// spanOf is the span of a stretch of text.
func spanOf(start, end int) *callrankv1.Span {
	return &callrankv1.Span{Start: uint32(start), End: uint32(end)}
}

// folded is text[start:end] with white space folded.
func (rd *reading) folded(start, end int) string { return fold(rd.text[start:end]) }
