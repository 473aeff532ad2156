package quantity

import "github.com/callrank/callrank/pkg/words"

// Degrees within a decade.
const (
	lowDegree int32 = iota
	midDegree
	highDegree
)

// entry is what a word can be in a quantity.
type entry struct {
	class class
	val   int32
}

// common holds the words that play a part in quantities, in lower case.
var common = map[string]entry{
	// Numbers.
	"zero":      {zeroWord, 0},
	"one":       {oneWord, 1},
	"two":       {unitsWord, 2},
	"three":     {unitsWord, 3},
	"four":      {unitsWord, 4},
	"five":      {unitsWord, 5},
	"six":       {unitsWord, 6},
	"seven":     {unitsWord, 7},
	"eight":     {unitsWord, 8},
	"nine":      {unitsWord, 9},
	"ten":       {unitsWord, 10},
	"eleven":    {unitsWord, 11},
	"twelve":    {unitsWord, 12},
	"thirteen":  {unitsWord, 13},
	"fourteen":  {unitsWord, 14},
	"fifteen":   {unitsWord, 15},
	"sixteen":   {unitsWord, 16},
	"seventeen": {unitsWord, 17},
	"eighteen":  {unitsWord, 18},
	"nineteen":  {unitsWord, 19},

	// Tens, scales and vague plurals; the scale is an exponent.
	"twenty":    {tensWord, 20},
	"thirty":    {tensWord, 30},
	"forty":     {tensWord, 40},
	"fifty":     {tensWord, 50},
	"sixty":     {tensWord, 60},
	"seventy":   {tensWord, 70},
	"eighty":    {tensWord, 80},
	"ninety":    {tensWord, 90},
	"hundred":   {hundredWord, 2},
	"thousand":  {scaleWord, 3},
	"million":   {scaleWord, 6},
	"billion":   {scaleWord, 9},
	"trillion":  {scaleWord, 12},
	"lakh":      {scaleWord, 5},
	"crore":     {scaleWord, 7},
	"dozen":     {dozenWord, 12},
	"tens":      {plural, 1},
	"hundreds":  {plural, 2},
	"thousands": {plural, 3},
	"millions":  {plural, 6},
	"billions":  {plural, 9},
	"trillions": {plural, 12},
	"crores":    {plural, 7},
	"dozens":    {plural, 1},

	// Units.
	"percent":     {percentWord, 0},
	"pct":         {percentWord, 0},
	"percentage":  {percentage, 0},
	"percentages": {percentage, 0},
	"per":         {perWord, 0},
	"cent":        {centWord, 0},
	"cents":       {centsWord, 0},
	"point":       {pointWord, 0},
	"points":      {pointWord, 0},
	"pts":         {pointWord, 0},
	"pp":          {pointWord, 0},
	"ppt":         {pointWord, 0},
	"ppts":        {pointWord, 0},
	"basis":       {basisWord, 0},
	"bps":         {bpsWord, 0},
	"bp":          {bpsWord, 0},
	"bips":        {bpsWord, 0},
	"x":           {timesX, 0},
	"times":       {timesWord, 0},
	"gigawatt":    {powerWord, gigawatt},
	"gigawatts":   {powerWord, gigawatt},
	"gw":          {powerWord, gigawatt},
	"megawatt":    {powerWord, megawatt},
	"megawatts":   {powerWord, megawatt},
	"mw":          {powerWord, megawatt},
	"hour":        {durationWord, hours},
	"hours":       {durationWord, hours},
	"hrs":         {durationWord, hours},
	"day":         {durationWord, days},
	"days":        {durationWord, days},
	"week":        {durationWord, weeks},
	"weeks":       {durationWord, weeks},
	"month":       {durationWord, months},
	"months":      {durationWord, months},
	"quarter":     {durationWord, quarters},
	"quarters":    {durationWord, quarters},
	"year":        {durationWord, years},
	"years":       {durationWord, years},

	// Currencies by name, and letters that stand for a scale.
	"dollar":   {currencyWord, usd},
	"dollars":  {currencyWord, usd},
	"euro":     {currencyWord, eur},
	"euros":    {currencyWord, eur},
	"pound":    {currencyWord, gbp},
	"pounds":   {currencyWord, gbp},
	"yen":      {currencyWord, jpy},
	"yuan":     {currencyWord, cny},
	"renminbi": {currencyWord, cny},
	"rupees":   {currencyWord, inr},
	"won":      {currencyWord, krw},
	"francs":   {currencyWord, chf},
	"sterling": {currencyWord, gbp},
	"reais":    {currencyWord, brl},
	"rupee":    {currencyWord, inr},
	"shekels":  {currencyWord, ils},
	"zlotys":   {currencyWord, pln},
	"baht":     {currencyWord, thb},
	"rand":     {currencyWord, zar},
	"ringgit":  {currencyWord, myr},
	"pesos":    {currencyWord, pesos},
	"peso":     {currencyWord, pesos},
	"krona":    {currencyWord, crowns},
	"kronor":   {currencyWord, sek},
	"kroner":   {currencyWord, crowns},
	"k":        {scaleLetter, 3},
	"m":        {scaleLetter, 6},
	"mn":       {scaleLetter, 6},
	"mm":       {scaleLetter, 6},
	"b":        {scaleLetter, 9},
	"bn":       {scaleLetter, 9},
	"t":        {scaleLetter, 12},
	"tn":       {scaleLetter, 12},

	// Words that join, qualify or shape a quantity.
	"a":        {article, 0},
	"an":       {article, 0},
	"half":     {halfWord, 2},
	"couple":   {coupleWord, 2},
	"every":    {everyWord, 0},
	"several":  {severalWord, 0},
	"few":      {severalWord, 0},
	"of":       {ofWord, 0},
	"to":       {toWord, 0},
	"and":      {andWord, 0},
	"or":       {orWord, 0},
	"between":  {betweenWord, 0},
	"multi":    {multi, 0},
	"minus":    {minusWord, 0},
	"negative": {minusWord, 0},
	"plus":     {plusWord, 0},
	"third":    {ordinalPart, 3},
	"thirds":   {ordinalPart, 3},
	"fourth":   {ordinalPart, 4},
	"fourths":  {ordinalPart, 4},
	"fifth":    {ordinalPart, 5},
	"fifths":   {ordinalPart, 5},
	"tenth":    {ordinalPart, 10},
	"tenths":   {ordinalPart, 10},
	"single":   {rankWord, 1},
	"triple":   {rankWord, 3},
	"digit":    {digitWord, 0},
	"digits":   {digitWord, 0},
	"figure":   {figureWord, 0},
	"figures":  {figureWord, 0},
	"teens":    {teensWord, 0},

	// Degrees and multiples.
	"low":           {degreeWord, lowDegree},
	"mid":           {degreeWord, midDegree},
	"high":          {degreeWord, highDegree},
	"upper":         {degreeWord, highDegree},
	"double":        {rankWord, 2},
	"doubled":       {multipleVerb, 2},
	"doubling":      {multipleVerb, 2},
	"doubles":       {multipleVerb, 2},
	"tripled":       {multipleVerb, 3},
	"tripling":      {multipleVerb, 3},
	"triples":       {multipleVerb, 3},
	"quadruple":     {multipleVerb, 4},
	"quadrupled":    {multipleVerb, 4},
	"quadrupling":   {multipleVerb, 4},
	"quintupled":    {multipleVerb, 5},
	"quadruples":    {multipleVerb, 4},
	"quintuple":     {multipleVerb, 5},
	"sextupled":     {multipleVerb, 6},
	"halved":        {halvedWord, 2},
	"halving":       {halvedWord, 2},
	"twice":         {twiceWord, 2},
	"fold":          {foldWord, 0},
	"twofold":       {foldNumber, 2},
	"threefold":     {foldNumber, 3},
	"fourfold":      {foldNumber, 4},
	"fivefold":      {foldNumber, 5},
	"sixfold":       {foldNumber, 6},
	"eightfold":     {foldNumber, 8},
	"sevenfold":     {foldNumber, 7},
	"ninefold":      {foldNumber, 9},
	"tenfold":       {foldNumber, 10},
	"twentyfold":    {foldNumber, 20},
	"hundredfold":   {foldNumber, 100},
	"thousandfold":  {foldNumber, 1000},
	"order":         {orderWord, 0},
	"orders":        {orderWord, 0},
	"magnitude":     {magnitude, 0},
	"multimillion":  {multiWord, 6},
	"multibillion":  {multiWord, 9},
	"multitrillion": {multiWord, 12},

	// Labels: what follows is a number of a thing, not a quantity.
	"code":       {labelWord, 0},
	"passcode":   {labelWord, 0},
	"id":         {labelWord, 0},
	"pin":        {labelWord, 0},
	"extension":  {labelWord, 0},
	"slide":      {labelWord, 0},
	"slides":     {labelWord, 0},
	"page":       {labelWord, 0},
	"pages":      {labelWord, 0},
	"number":     {labelWord, 0},
	"no":         {labelWord, 0},
	"phase":      {labelWord, 0},
	"chapter":    {labelWord, 0},
	"item":       {labelWord, 0},
	"table":      {labelWord, 0},
	"tier":       {labelWord, 0},
	"level":      {labelWord, 0},
	"step":       {labelWord, 0},
	"version":    {labelWord, 0},
	"generation": {labelWord, 0},
	"gen":        {labelWord, 0},
	"star":       {labelWord, 0},
	"option":     {labelWord, 0},
	"question":   {labelWord, 0},
	"note":       {labelWord, 0},
	"section":    {labelWord, 0},
	"exhibit":    {labelWord, 0},
	"rule":       {labelWord, 0},
	"room":       {labelWord, 0},
	"season":     {labelWord, 0},
	"episode":    {labelWord, 0},
	"wave":       {labelWord, 0},
	"series":     {labelWord, 0},
	"class":      {labelWord, 0},
	"grade":      {labelWord, 0},
	"stage":      {labelWord, 0},
	"category":   {labelWord, 0},
	"priority":   {labelWord, 0},
	"pillar":     {labelWord, 0},
	"appendix":   {labelWord, 0},
	"part":       {labelWord, 0},
	"press":      {labelWord, 0},
	"line":       {labelWord, 0},
	"fiscal":     {fiscalWord, 0},
	"fy":         {fiscalWord, 0},
	"cy":         {fiscalWord, 0},
	"calendar":   {fiscalWord, 0},
}

// properNames holds the words that count only with a capital, in lower case.
var properNames = map[string]entry{
	"january":    {monthWord, 0},
	"february":   {monthWord, 0},
	"march":      {monthWord, 0},
	"april":      {monthWord, 0},
	"may":        {monthWord, 0},
	"june":       {monthWord, 0},
	"july":       {monthWord, 0},
	"august":     {monthWord, 0},
	"september":  {monthWord, 0},
	"october":    {monthWord, 0},
	"november":   {monthWord, 0},
	"december":   {monthWord, 0},
	"jan":        {monthWord, 0},
	"feb":        {monthWord, 0},
	"mar":        {monthWord, 0},
	"apr":        {monthWord, 0},
	"jun":        {monthWord, 0},
	"jul":        {monthWord, 0},
	"aug":        {monthWord, 0},
	"sep":        {monthWord, 0},
	"sept":       {monthWord, 0},
	"oct":        {monthWord, 0},
	"nov":        {monthWord, 0},
	"dec":        {monthWord, 0},
	"u":          {adjective, usd},
	"us":         {adjective, usd},
	"canadian":   {adjective, cad},
	"australian": {adjective, aud},
	"singapore":  {adjective, sgd},
	"hong":       {adjective, noCountry},
	"kong":       {adjective, hkd},
	"new":        {adjective, noCountry},
	"taiwan":     {adjective, twd},
	"taiwanese":  {adjective, twd},
	"zealand":    {adjective, nzd},
	"south":      {adjective, noCountry},
	"korean":     {adjective, krw},
	"japanese":   {adjective, jpy},
	"chinese":    {adjective, cny},
	"indian":     {adjective, inr},
	"british":    {adjective, gbp},
	"swiss":      {adjective, chf},
	"swedish":    {adjective, sek},
	"norwegian":  {adjective, nok},
	"danish":     {adjective, dkk},
	"brazilian":  {adjective, brl},
	"mexican":    {adjective, mxn},
	"colombian":  {adjective, cop},
	"chilean":    {adjective, clp},
	"argentine":  {adjective, ars},
}

// part is what a word can be; proper: only where it has a capital.
type part struct {
	entry

	proper bool
}

// vocabulary numbers the words of both lists, parts are what they can be by
// number. A word of both is the common one.
var vocabulary, parts = newVocabulary()

func newVocabulary() (d words.Dictionary, parts []part) {
	parts = make([]part, 1, 1+len(common)+len(properNames)) // nothing is numbered 0
	for proper, list := range [...]map[string]entry{common, properNames} {
		for word, e := range list {
			if int(d.Add(word)) == len(parts) {
				parts = append(parts, part{e, proper == 1})
			}
		}
	}
	return d, parts
}

// classify looks a word up, in lower case; printed is the word as it stands.
func classify(low, printed string) (class, int32) { return partOf(vocabulary.Find(low), printed) }

// partOf tells what a word can be, given its number in the vocabulary.
func partOf(number int32, printed string) (class, int32) {
	capital := isUpper(printed[0])
	if capital && len(printed) == 3 && isUpper(printed[1]) {
		if c, ok := currencyOfCode(printed); ok {
			return currencyCode, c
		}
	}
	p := &parts[number]
	if p.proper && !capital {
		return none, 0
	}
	return p.class, p.val
}
