package lexicon

import (
	"embed"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/callrank/callrank/pkg/words"
)

//go:embed packs/*.yaml
var packs embed.FS

// Theme is a theme pack, ready to scan with. It does not change.
type Theme struct {
	name, version string
	groups        []Group
	index         map[string]int
	companies     map[string]companyPack
	endings       []ending
	beginnings    []ending
	words         words.Dictionary
	root          []int32   // by word: node after the first word
	edges         [][]step  // by node: what goes on after it
	terms         [][]*Term // by node: what ends there
	// trade is the groups of kindred words.
	trade Set
	// makers are the single-word brand names, which may be misheard.
	makers []sound
}

// step leads from a node by a word to the next node. Nodes have few.
type step struct{ word, node int32 }

// ending is a tail of names, such as AI in OpenAI, or a beginning.
type ending struct {
	tail string
	term *Term
}

// AI returns the theme of artificial intelligence.
func AI() *Theme {
	t, err := load("packs/ai.yaml", "packs/ai.companies.yaml")
	if err != nil {
		panic(fmt.Sprintf("lexicon: the embedded AI pack: %v", err)) // kept from happening by a test
	}
	return t
}

// AIOfAnyCompany is the theme of artificial intelligence without what is known
// of single companies: how well a call of an unknown one is read.
func AIOfAnyCompany() *Theme {
	t, err := load("packs/ai.yaml")
	if err != nil {
		panic(fmt.Sprintf("lexicon: the embedded AI pack: %v", err)) // kept from happening by a test
	}
	return t
}

func load(files ...string) (*Theme, error) {
	data := make([][]byte, 0, len(files))
	for _, f := range files {
		b, err := packs.ReadFile(f)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", f, err)
		}
		data = append(data, b)
	}
	return Parse(data...)
}

// Parse reads a theme from one or more pack files. The first names the theme;
// others add to it. The words that belong to any earnings call are added.
func Parse(files ...[]byte) (*Theme, error) {
	if len(files) == 0 {
		return nil, errors.New("read a theme: no pack is given")
	}
	speech, err := packs.ReadFile("packs/speech.yaml")
	if err != nil {
		return nil, fmt.Errorf("read the words of calls: %w", err)
	}
	t := &Theme{
		index: map[string]int{}, companies: map[string]companyPack{},
		edges: make([][]step, 1), terms: make([][]*Term, 1),
	}
	if err := t.addGroups(ownGroups()); err != nil {
		return nil, err
	}
	for i, data := range append(slices.Clip(files), speech) {
		p, err := readPack(data)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			if p.Theme == "" {
				return nil, errors.New("read a theme: the pack names no theme")
			}
			t.name, t.version = p.Theme, p.Version
		}
		if err := t.add(p); err != nil {
			return nil, err
		}
	}
	t.makers = makersOf(t)
	return t, nil
}

func ownGroups() []groupPack {
	return []groupPack{
		{Name: GroupProduct, Role: RoleProduct, Weight: 0.9},
		{Name: GroupBrand, Role: RoleProduct, Weight: 0.7},
		{Name: GroupLearnt, Role: RoleProduct, Weight: 0.7},
		{Name: GroupSegment, Role: RoleSetting, Weight: 0.25},
		{Name: GroupElsewhere, Role: RoleSpeech},
	}
}

func (t *Theme) add(p *pack) error {
	if err := t.addGroups(p.Groups); err != nil {
		return err
	}
	for _, c := range p.Companies {
		t.companies[c.Ticker] = c
		for _, name := range c.Products {
			if err := t.addTerm(name, t.index[GroupBrand], c.Ticker); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *Theme) addGroups(groups []groupPack) error {
	for _, g := range groups {
		at, known := t.index[g.Name]
		if !known {
			if at = len(t.groups); at == maxGroups {
				return fmt.Errorf("read a theme pack: more than %d groups", maxGroups)
			}
			t.index[g.Name] = at
			t.groups = append(t.groups, Group{Name: g.Name, Role: g.Role, Weight: g.Weight})
			if g.Role == RoleKin {
				t.trade |= 1 << at
			}
		}
		for _, term := range g.Terms {
			if err := t.addTerm(term, at, ""); err != nil {
				return fmt.Errorf("read a theme pack: group %s: %w", g.Name, err)
			}
		}
		for _, tail := range g.Endings {
			t.endings = append(t.endings, ending{tail, t.newTerm(tail, at, "")})
		}
		for _, head := range g.Beginnings {
			t.beginnings = append(t.beginnings, ending{head, t.newTerm(head, at, "")})
		}
	}
	return nil
}

func (t *Theme) newTerm(name string, group int, owner string) *Term {
	g := t.groups[group]
	return &Term{
		Name: name, Groups: 1 << group, Weight: g.Weight, Owner: owner,
		Anchor: g.Role == RoleName || g.Role == RoleProduct,
	}
}

// addTerm puts every spelling of the term into the tree of words.
func (t *Theme) addTerm(term string, group int, owner string) error {
	spellings, err := spell(term)
	if err != nil {
		return err
	}
	for _, s := range spellings {
		list := fields(s)
		if len(list) == 0 {
			return fmt.Errorf("term %q has no words", term)
		}
		node := int32(0)
		for _, w := range list {
			node = t.grow(node, t.words.Add(strings.ToLower(w)))
		}
		made := t.newTerm(s, group, owner)
		made.exact = exactly(list)
		t.join(node, made)
	}
	return nil
}

// grow returns the node after word, made if need be.
func (t *Theme) grow(node, word int32) int32 {
	if node == 0 {
		for int(word) >= len(t.root) {
			t.root = append(t.root, 0)
		}
		if t.root[word] == 0 {
			t.root[word] = t.newNode()
		}
		return t.root[word]
	}
	if next := t.follow(node, word); next != 0 {
		return next
	}
	next := t.newNode()
	t.edges[node] = append(t.edges[node], step{word, next})
	return next
}

func (t *Theme) newNode() int32 {
	t.terms, t.edges = append(t.terms, nil), append(t.edges, nil)
	return int32(len(t.terms) - 1)
}

// follow returns the node that the word leads to from node, 0 when none.
func (t *Theme) follow(node, word int32) int32 {
	for _, s := range t.edges[node] {
		if s.word == word {
			return s.node
		}
	}
	return 0
}

// join adds a term at a node; the same spelling in two groups is one term.
func (t *Theme) join(node int32, term *Term) {
	for _, have := range t.terms[node] {
		if strings.Join(have.exact, " ") == strings.Join(term.exact, " ") {
			have.Groups |= term.Groups
			have.Weight = math.Max(have.Weight, term.Weight)
			have.Anchor = have.Anchor || term.Anchor
			if have.Owner == "" {
				have.Owner = term.Owner
			}
			return
		}
	}
	t.terms[node] = append(t.terms[node], term)
}

// fields cuts a term into words as a text is cut.
func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// exactly keeps the words whose case matters; nil when none does.
func exactly(list []string) []string {
	var out []string
	for i, w := range list {
		if w == strings.ToLower(w) {
			continue
		}
		if out == nil {
			out = make([]string, len(list))
		}
		out[i] = w
	}
	return out
}

// Name is the name of the theme.
func (t *Theme) Name() string { return t.name }

// Version is the version of its pack.
func (t *Theme) Version() string { return t.version }

// Groups are all groups, by index.
func (t *Theme) Groups() []Group { return t.groups }

// Companies are the tickers of the companies it has packs of, in order.
func (t *Theme) Companies() []string { return slices.Sorted(maps.Keys(t.companies)) }

// Set returns the groups of these names; names the theme lacks are left out.
func (t *Theme) Set(names ...string) Set {
	var s Set
	for _, n := range names {
		if i, ok := t.index[n]; ok {
			s |= 1 << i
		}
	}
	return s
}
