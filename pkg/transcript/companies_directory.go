package transcript

import (
	"slices"
	"strings"
)

// directory puts a directory of companies together.
type directory struct{ Companies }

func newDirectory(size int) *directory {
	return &directory{Companies{
		all:       make([]*listed, 0, size),
		byTicker:  make(map[string]*listed, size),
		wellKnown: map[string]*listed{},
		bySite:    map[string]*listed{},
		byName:    make(map[string]*listed, size),
	}}
}

// add adds an entry that nobody else holds. Tickers and names of entries before
// it stay theirs.
func (d *directory) add(entry *listed) {
	if entry.called == nil {
		for _, name := range append([]string{entry.Name}, entry.OtherNames...) {
			for _, read := range companyNames(name) {
				if !slices.Contains(entry.called, read) {
					entry.called = append(entry.called, read)
				}
			}
		}
	}
	d.all = append(d.all, entry)
	if !entry.formerly {
		d.count++
	}
	for _, ticker := range append([]string{entry.Ticker}, entry.OtherTickers...) {
		if _, taken := d.byTicker[ticker]; !taken {
			d.byTicker[ticker] = entry
		}
	}
	if entry.wellKnown {
		d.addWellKnown(entry)
	}
}

// shortestSite is the length of the shortest name that is believed of an
// address.
const shortestSite = 4

func (d *directory) addWellKnown(entry *listed) {
	for _, read := range entry.called {
		if _, taken := d.wellKnown[read.short]; !taken {
			d.wellKnown[read.short] = entry
		}
	}
	for _, name := range append([]string{entry.Name}, entry.OtherNames...) {
		words := companyWords(name)
		for len(words) > 1 && isForm(words[len(words)-1]) {
			words = words[:len(words)-1]
		}
		if site := strings.Join(words, ""); len(site) >= shortestSite {
			if _, taken := d.bySite[site]; !taken {
				d.bySite[site] = entry
			}
		}
	}
}

// merge adds an entry of another directory.
func (d *directory) merge(from *listed) {
	owner := d.owner(from)
	if owner == nil {
		d.add(&listed{Company: from.copied(), wellKnown: from.wellKnown, formerly: from.formerly, called: slices.Clone(from.called)})
		return
	}
	if !sharesName(owner, from) {
		entry := &listed{Company: from.copied(), formerly: true, called: from.called}
		entry.Ticker = owner.Ticker
		entry.OtherTickers = append(entry.OtherTickers, from.Ticker)
		d.add(entry)
		return
	}
	for _, ticker := range append([]string{from.Ticker}, from.OtherTickers...) {
		if _, taken := d.byTicker[ticker]; !taken {
			owner.OtherTickers = append(owner.OtherTickers, ticker)
			d.byTicker[ticker] = owner
		}
	}
	for _, name := range from.called {
		if !slices.Contains(owner.called, name) {
			owner.called = append(owner.called, name)
		}
	}
}

// sharesName reports whether two entries have a name in common.
func sharesName(a, b *listed) bool {
	return slices.ContainsFunc(a.called, func(x companyName) bool {
		return slices.ContainsFunc(b.called, func(y companyName) bool { return x.short == y.short })
	})
}

// owner is the entry that holds a ticker of another directory's entry or is a
// well-known company of the same name, to its legal form: its ticker changed.
func (d *directory) owner(of *listed) *listed {
	for _, ticker := range append([]string{of.Ticker}, of.OtherTickers...) {
		if entry, is := d.byTicker[ticker]; is {
			return entry
		}
	}
	name := of.called[0]
	entry, is := d.wellKnown[name.short]
	if is && name.full != name.short && slices.ContainsFunc(entry.called, func(called companyName) bool { return called.full == name.full }) {
		return entry
	}
	return nil
}

// done indexes the names and returns the directory.
func (d *directory) done() *Companies {
	for _, entry := range d.all {
		for _, name := range entry.called {
			for _, key := range name.keys() {
				other, taken := d.byName[key]
				switch {
				case !taken:
					d.byName[key] = entry
				case other != nil && other.Ticker != entry.Ticker:
					d.byName[key] = nil
				}
			}
		}
	}
	return &d.Companies
}
