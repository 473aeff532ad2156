package lexicon

import "math/bits"

// Role is the part the terms of a group play for the theme.
type Role string

// Roles; see the package documentation.
const (
	RoleName    Role = "name"
	RoleProduct Role = "product"
	RoleKin     Role = "kin"
	RoleSetting Role = "setting"
	RoleSpeech  Role = "speech"
	RoleTrap    Role = "trap"
)

// Groups that every theme has, filled from company packs and from the call.
const (
	// GroupProduct is the company's own products of the theme.
	GroupProduct = "product"
	// GroupBrand is other companies' products of the theme.
	GroupBrand = "brand"
	// GroupSegment is the company's businesses tied to the theme.
	GroupSegment = "segment"
	// GroupElsewhere is the company's businesses apart from the theme.
	GroupElsewhere = "elsewhere"
	// GroupLearnt is names learnt from the call.
	GroupLearnt = "learnt"
)

// Group is a set of terms that say the same kind of thing.
type Group struct {
	// Name is what weights and reasons call it.
	Name string
	// Role is its part for the theme.
	Role Role
	// Weight, 0 to 1, is how far one hit makes a sentence about the theme.
	Weight float64
}

// maxGroups is the size of a Set.
const maxGroups = 64

// Set is a set of groups.
type Set uint64

// Has reports whether the sets share a group.
func (s Set) Has(other Set) bool { return s&other != 0 }

// Each calls f with the index of each group in the set, in order.
func (s Set) Each(f func(index int)) {
	for rest := uint64(s); rest != 0; rest &= rest - 1 {
		f(bits.TrailingZeros64(rest))
	}
}

// Term is one entry of a pack.
type Term struct {
	// Name is the term as the pack writes it; for a name misheard or learnt,
	// the right or the learnt name.
	Name string
	// Groups the term belongs to.
	Groups Set
	// Weight is the greatest of its groups' weights.
	Weight float64
	// Anchor: the term alone makes a sentence about the theme.
	Anchor bool
	// Owner is the ticker of the company whose product or segment it is.
	Owner string
	// Exact holds the words as they must be printed, where case matters.
	exact []string
}

// Hit is a term found in a text: text[Start:End].
type Hit struct {
	Start, End int
	Term       *Term
}
