package transcript

// The weights were fitted as a linear chain by maximum likelihood with a small
// ridge penalty on 1,642 slots (51,700 sentences) of 212 calls whose headings
// tell who speaks, the headings taken away, and rounded to a tenth. On calls
// left out, 0.96 of the sentences are given the right role. The bias was chosen
// so that of the words said in a session, 0.015 are an analyst's taken for
// management's, and 0.01 are management's taken for an analyst's.

// askingBias and askingWeights are what a sentence and its cues add to the
// log-odds that it asks rather than answers.
const askingBias = -0.7

var askingWeights = [numCues]float64{
	cueQuestionMark:     1.2,
	cueOpensGotIt:       1.6,
	cueOpensGreat:       1.4,
	cueOpensOkay:        1.1,
	cueOpensYes:         0.6,
	cueOpensWell:        0.5,
	cueOpensThanks:      1.4,
	cueOpensAsking:      0.9,
	cueOpensHello:       -0.6,
	cueOpensThing:       -0.4,
	cueOpensJust:        1.3,
	cueOpensAndThen:     1.4,
	cueOpensI:           0.4,
	cueOpensSecond:      1.4,
	cueHasOur:           -0.9,
	cueHasWe:            -0.7,
	cueHasOftenWe:       -0.7,
	cueHasYour:          0.9,
	cueHasYou:           0.6,
	cueHasWonder:        3.0,
	cueHasGuys:          2.3,
	cueHasFollow:        2.0,
	cueHasHelpful:       1.2,
	cueHasThanks:        0.3,
	cueHasHelpUs:        0.7,
	cueHasProud:         -0.8,
	cueHasNumber:        0.2,
	cueHasAnalyst:       -1.6,
	cueOpensAnalyst:     -0.8,
	cueAddressesCompany: 0.5,
	cueCallsCompany:     -2.8,
	cueHasIThink:        -0.4,
	cueHasLetMe:         -1.0,
	cueHasAsSaid:        0.3,
	cueAnswers:          -1.1,
	cueWelcomes:         -3.8,
	cueMakesSense:       1.9,
	cueTiny:             -0.3,
	cueLong:             0.3,
}

// toAnswerWeights and toQuestionWeights are what a change adds to the log-odds
// that the voice changes, from asking to answering and back.
var toAnswerWeights = [numChanges]float64{
	changeAny:           -3.1,
	changeAfterQuestion: 1.5,
	changeAfterThanks:   2.3,
	changeAfterHelpful:  0.5,
	changeAfterTiny:     -0.7,
	changeToAnswer:      2.1,
	changeToQuestion:    -0.8,
	changeToTiny:        1.4,
	changeToGreat:       1.3,
	changeUnasked:       -2.0,
}

var toQuestionWeights = [numChanges]float64{
	changeAny:           -3.7,
	changeAfterQuestion: 0.4,
	changeAfterThanks:   -0.5,
	changeAfterHelpful:  0.9,
	changeAfterTiny:     -1.6,
	changeToAnswer:      1.6,
	changeToQuestion:    -0.4,
	changeToTiny:        2.2,
	changeToGreat:       2.2,
	changeUnasked:       1.0,
}
