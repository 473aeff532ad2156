package callrankv1

// The closed sets of words that fields of the messages take. They are strings
// in the schema because the JSON of the contracts prints them as they stand.

// Kinds of participant.
const (
	KindExecutive = "executive"
	KindIR        = "ir"
	KindAnalyst   = "analyst"
	KindOperator  = "operator"
	KindUnknown   = "unknown"
)

// Sections of a call. Takeaways are the publisher's summary: management did
// not say them.
const (
	SectionPrepared  = "prepared"
	SectionQA        = "qa"
	SectionTakeaways = "takeaways"
)

// Relevance of a claim: AI itself, or a business tied to it.
const (
	RelevanceCore     = "core"
	RelevanceAdjacent = "adjacent"
)

// Orientation of a claim in time.
const (
	OrientationPast    = "past"
	OrientationCurrent = "current"
	OrientationForward = "forward"
)

// Lines of the income statement a claim bears on.
const (
	LineTop    = "topline"
	LineBottom = "bottomline"
	LineBoth   = "both"
	LineNone   = "none"
)

// Kinds of claim.
const (
	ClaimRevenue          = "revenue"
	ClaimCost             = "cost"
	ClaimProductivity     = "productivity"
	ClaimEngagement       = "engagement"
	ClaimCapacity         = "capacity"
	ClaimPricePerformance = "price_performance"
	ClaimCommitment       = "commitment_backlog"
	ClaimOther            = "other"
)

// Units of a figure; money is in its ISO 4217 code instead.
const (
	UnitPercent  = "percent"
	UnitBPS      = "bps"
	UnitMultiple = "multiple"
	UnitGW       = "GW"
	UnitMW       = "MW"
	UnitHours    = "hours"
	UnitDays     = "days"
	UnitWeeks    = "weeks"
	UnitMonths   = "months"
	UnitQuarters = "quarters"
	UnitYears    = "years"
	UnitCount    = "count"
)

// Layouts a transcript is recognised as.
const (
	LayoutMotleyFool     = "motley_fool"
	LayoutMotleyFoolOld  = "motley_fool_old"
	LayoutMotleyFoolJSON = "motley_fool_json"
	LayoutSeekingAlpha   = "seeking_alpha"
	LayoutStreetEvents   = "street_events"
	LayoutFMP            = "fmp"
	LayoutFlat           = "flat"
)

// Codes of warnings.
const (
	WarnContradictingFigures = "contradicting_figures"
	WarnImplausibleFigure    = "implausible_figure"
	WarnMisheardName         = "misheard_name"
	WarnMissingSpeaker       = "missing_speaker"
	WarnNoTicker             = "no_ticker"
	WarnNoPeriod             = "no_period"
	WarnNoDate               = "no_date"
	WarnContradictingFacts   = "contradicting_facts"
	WarnUnknownLayout        = "unknown_layout"
	WarnTruncated            = "truncated"
	WarnInferredSpeakers     = "inferred_speakers"
)

// Methods by which a claim is sized.
const (
	MethodRunRate          = "run_rate"
	MethodQuarterlyRevenue = "quarterly_revenue"
	MethodSegmentGrowth    = "segment_growth"
	MethodCommitment       = "commitment"
	MethodCostSaving       = "cost_saving"
	MethodMarginPoints     = "margin_points"
	MethodCapexSaving      = "capex_saving"
	MethodSpending         = "spending"
	MethodUnsized          = "unsized"
)

// Whether a call could be grounded.
const (
	GroundingSized   = "sized"
	GroundingUnknown = "unknown"
)

// Why a call is due to be grounded again.
const (
	// DueAwaited: a source of fundamentals could not be asked.
	DueAwaited = "awaited"
	// DuePut: fundamentals of the company were put.
	DuePut = "put"
)

// Verdicts of those who may bear out what management says.
const (
	WitnessBuying    = "buying"
	WitnessSelling   = "selling"
	WitnessAdding    = "adding"
	WitnessReducing  = "reducing"
	WitnessBalanced  = "balanced"
	WitnessConfident = "confident"
	WitnessMeasured  = "measured"
	WitnessHedged    = "hedged"
)

// How easily shares trade.
const (
	LiquidityGood = "good"
	LiquidityFair = "fair"
	LiquidityPoor = "poor"
)

// How the aggregate compares with consensus, and how far it is in the price.
const (
	AnalystsAbove  = "above"
	AnalystsInline = "inline"
	AnalystsBelow  = "below"

	PricedInLow    = "low"
	PricedInMedium = "medium"
	PricedInHigh   = "high"
)

// Components of conviction.
const (
	ComponentEnthusiasm   = "enthusiasm"
	ComponentTrend        = "trend"
	ComponentQuantifies   = "quantifies"
	ComponentImpact       = "impact"
	ComponentUnderRadar   = "under_radar"
	ComponentCredibility  = "credibility"
	ComponentConfirmation = "confirmation"
)

// States of a ranking.
const (
	RankingOpen       = "open"
	RankingRebuilding = "rebuilding"
)

// What a generation begins with.
const (
	FromRaw        = "raw"
	FromIngested   = "ingested"
	FromExtracted  = "extracted"
	FromQuantified = "quantified"
	FromGrounded   = "grounded"
)

// Roles of a generation.
const (
	GenerationPromoted  = "promoted"
	GenerationRescoring = "rescoring"
	GenerationReady     = "ready"
	GenerationKept      = "kept"
	GenerationDropped   = "dropped"
)

// Trajectories of a company's enthusiasm over its calls.
const (
	TrajectoryRising  = "rising"
	TrajectoryFalling = "falling"
	TrajectorySteady  = "steady"
)

// By what it is known how the ranking stood at a time.
const (
	// BasisAnnounced: what had been announced by then.
	BasisAnnounced = "announced"
	// BasisCalls: the calls that had been held by then, as they are read now.
	BasisCalls = "calls"
)

// Causes of death of an event.
const (
	CausePermanent = "permanent"
	CauseExhausted = "exhausted"
)

// Event types, as the ce-type header carries them, with the schema's version.
const (
	TypeTranscriptPublished = "callrank.transcript.published.v1"
	TypeCallIngested        = "callrank.call.ingested.v1"
	TypeCallExtracted       = "callrank.call.extracted.v1"
	TypeCallQuantified      = "callrank.call.quantified.v1"
	TypeCallGrounded        = "callrank.call.grounded.v1"
	TypeFundamentalsPut     = "callrank.fundamentals.put.v1"
	TypeGroundingDue        = "callrank.grounding.due.v1"
	TypeRankingChanged      = "callrank.ranking.changed.v1"
	TypeDeadLetter          = "callrank.dead_letter.v1"
)
