package lexicon

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// pack is the file form of a theme or of a part of one.
type pack struct {
	Theme     string        `yaml:"theme"`
	Version   string        `yaml:"version"`
	Groups    []groupPack   `yaml:"groups"`
	Companies []companyPack `yaml:"companies"`
}

type groupPack struct {
	Name       string   `yaml:"name"`
	Role       Role     `yaml:"role"`
	Weight     float64  `yaml:"weight"`
	Terms      []string `yaml:"terms"`
	Endings    []string `yaml:"endings"`
	Beginnings []string `yaml:"beginnings"`
}

type companyPack struct {
	Ticker   string   `yaml:"ticker"`
	Name     string   `yaml:"name"`
	Aliases  []string `yaml:"aliases"`
	Products []string `yaml:"products"`
	Own      []string `yaml:"own"`
	Segments []string `yaml:"segments"`
	Other    []string `yaml:"other"`
}

func readPack(data []byte) (*pack, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	var p pack
	if err := dec.Decode(&p); err != nil {
		return nil, fmt.Errorf("read a theme pack: %w", err)
	}
	if err := dec.Decode(new(pack)); !errors.Is(err, io.EOF) {
		return nil, errors.New("read a theme pack: more than one YAML document")
	}
	return &p, p.check()
}

func (p *pack) check() error {
	for _, g := range p.Groups {
		if g.Name == "" {
			return errors.New("read a theme pack: a group has no name")
		}
		switch g.Role {
		case RoleName, RoleProduct, RoleKin, RoleSetting, RoleSpeech, RoleTrap:
		default:
			return fmt.Errorf("read a theme pack: group %s: role %q is none of name, product, kin, setting, speech, trap", g.Name, g.Role)
		}
		if g.Weight < 0 || g.Weight > 1 {
			return fmt.Errorf("read a theme pack: group %s: weight %v is not between 0 and 1", g.Name, g.Weight)
		}
	}
	for _, c := range p.Companies {
		if c.Ticker == "" || c.Ticker != strings.ToUpper(c.Ticker) {
			return fmt.Errorf("read a theme pack: company %q: ticker %q is not in capitals", c.Name, c.Ticker)
		}
	}
	return nil
}

// maxVariants bounds what one term with endings in parentheses spells out to.
const maxVariants = 16

// spell writes out "fine-tun(e|ed|ing)" and "token(s)".
func spell(term string) ([]string, error) {
	open := strings.IndexByte(term, '(')
	if open < 0 {
		return []string{term}, nil
	}
	closing := strings.IndexByte(term[open:], ')')
	if closing < 0 {
		return nil, fmt.Errorf("term %q: a parenthesis is not closed", term)
	}
	closing += open
	tails, err := spell(term[closing+1:])
	if err != nil {
		return nil, err
	}
	middles := strings.Split(term[open+1:closing], "|")
	if len(middles) == 1 {
		middles = append([]string{""}, middles...)
	}
	out := make([]string, 0, len(middles)*len(tails))
	for _, m := range middles {
		for _, t := range tails {
			out = append(out, term[:open]+m+t)
		}
	}
	if len(out) > maxVariants {
		return nil, fmt.Errorf("term %q: more than %d spellings", term, maxVariants)
	}
	return out, nil
}
