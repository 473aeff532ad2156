package insight

// Natures of what is measured.
const (
	natureNone = iota
	natureStock
	natureFlow
	natures
)

func (m *measures) nature(class int) int {
	if class < 0 {
		return natureNone
	}
	switch m.classes[class].Nature {
	case "stock":
		return natureStock
	case "flow":
		return natureFlow
	}
	return natureNone
}

// Sorts of quantity as far as they matter to time.
const (
	sortLevel = iota
	sortRate
	sortOther
	sorts
)

func sortOf(kind int) int {
	switch kind {
	case isMoney, isCount, isSmall, isPower:
		return sortLevel
	case isRate, isBPS, isMultiple:
		return sortRate
	}
	return sortOther
}

// Offsets of the features of tense.
const (
	tenseVerb       = 0
	tenseSecond     = tenseVerb + verbForms
	tenseAfter      = tenseSecond + verbForms
	tenseAlone      = tenseAfter + verbForms // after it, where no verb stands before
	tenseTime       = tenseAlone + verbForms
	tenseNamed      = tenseTime + timesNamed
	tenseOfNature   = tenseNamed + timesNamed
	natureOfSort    = tenseOfNature + verbForms*natures*sorts
	tenseFeatureEnd = natureOfSort + natures*sorts
)

func tenseNames() []string {
	out := make([]string, 0, tenseFeatureEnd)
	for _, prefix := range [...]string{"verb:", "second verb:", "verb after:", "verb alone:"} {
		for _, n := range verbNames() {
			out = append(out, prefix+n)
		}
	}
	for _, prefix := range [...]string{"when:", "when named:"} {
		for _, n := range timeNames() {
			out = append(out, prefix+n)
		}
	}
	of := [natures]string{"none", "stock", "flow"}
	sort := [sorts]string{"level", "rate", "other"}
	for _, n := range verbNames() {
		for _, o := range of {
			for _, s := range sort {
				out = append(out, "verb:"+n+"&"+o+" "+s)
			}
		}
	}
	for _, o := range of {
		for _, s := range sort {
			out = append(out, "nature:"+o+" "+s)
		}
	}
	return out
}

func (r *Rules) tenseFeatures(t *tense, class, kind int, vs []value) []value {
	base := len(r.claims.names) - tenseFeatureEnd
	add := func(at int) { vs = append(vs, value{base + at, 1}) }
	nature, sort := r.measures.nature(class), sortOf(kind)
	if t.verb >= 0 {
		add(tenseVerb + t.verb)
		add(tenseOfNature + (t.verb*natures+nature)*sorts + sort)
	}
	if t.second >= 0 {
		add(tenseSecond + t.second)
	}
	if t.after >= 0 {
		add(tenseAfter + t.after)
		if t.verb < 0 {
			add(tenseAlone + t.after)
		}
	}
	if t.time >= 0 {
		add(tenseTime + t.time)
	}
	for i, named := range t.named {
		if named {
			add(tenseNamed + i)
		}
	}
	add(natureOfSort + nature*sorts + sort)
	return vs
}
