package insight

// Bounds between sizes that are spoken of differently: counts of things and
// counts of customers, prices and revenues.
const (
	sizeFew      = 3
	sizeDigit    = 9
	sizeTens     = 30
	sizeHundred  = 150
	sizePrice    = 1e3
	sizeThousand = 2e6
	sizeMillion  = 2e8
	// ofGreatest is the share of the greatest sum of a call from which a sum is
	// likely to be of the whole company.
	ofGreatest = 1.0 / 3
	wholeRate  = 100
	slightRate = 4
)

// sizeFeatures tell how large the quantity is for its kind.
func (rd *reading) sizeFeatures(q *reckoned, vs []value) []value {
	if !q.definite {
		return vs
	}
	m := q.size
	switch q.kind {
	case isSmall:
		vs = append(vs, value{sizeOfCount(m), 1})
	case isMoney:
		vs = append(vs, value{sizeOfMoney(m), 1})
		if m >= ofGreatest*rd.greatest {
			vs = append(vs, value{moneyGreatest, 1})
		}
	case isRate:
		switch {
		case m == wholeRate:
			vs = append(vs, value{rateWhole, 1})
		case m > wholeRate:
			vs = append(vs, value{rateAbove, 1})
		case m < slightRate:
			vs = append(vs, value{rateSlight, 1})
		}
	}
	return vs
}

func sizeOfCount(m float64) int {
	switch {
	case m <= 1:
		return countOne
	case m <= sizeFew:
		return countFew
	case m <= sizeDigit:
		return countDigit
	case m <= sizeTens:
		return countTens
	case m <= sizeHundred:
		return countHundred
	}
	return countHundreds
}

func sizeOfMoney(m float64) int {
	switch {
	case m < sizePrice:
		return moneyPrice
	case m < sizeThousand:
		return moneyThousands
	case m < sizeMillion:
		return moneyMillions
	}
	return moneyBillions
}

// weighSums finds the greatest sum of money that is spoken of.
func (rd *reading) weighSums() {
	for i := range rd.reckoned {
		if q := &rd.reckoned[i]; q.kind == isMoney && q.definite {
			rd.greatest = max(rd.greatest, q.size)
		}
	}
}
