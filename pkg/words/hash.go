package words

// block is how many bytes of a word are taken at a time.
const block = 8

const (
	// mixPrime spreads the bits of a block (2^64 divided by the golden ratio).
	mixPrime = 0x9e3779b97f4a7c15
	mixShift = 29
	hashBits = 32
)

// keyOf is a number for a word: the bytes of a short one themselves, so that two
// short words of one key are the same; of a longer one, a mixture of them.
func keyOf(word string) uint64 {
	if len(word) <= block {
		return pack(word)
	}
	key := uint64(0)
	for len(word) > block {
		key = mix(key ^ load(word))
		word = word[block:]
	}
	return mix(key ^ pack(word))
}

// hashOf is the hash of a key, for tables.
func hashOf(key uint64) uint32 { return uint32(key * mixPrime >> hashBits) }

// partOf is another part of the hash of a key.
func partOf(key uint64) uint32 { return uint32(key * mixPrime) }

func mix(x uint64) uint64 {
	x *= mixPrime
	return x ^ x>>mixShift
}

// pack is the at most eight bytes of a word.
func pack(word string) uint64 {
	x := uint64(0)
	for i := len(word) - 1; i >= 0; i-- {
		x = x<<8 | uint64(word[i])
	}
	return x
}

// load is the first eight bytes of a word that has them.
func load(word string) uint64 {
	_ = word[block-1]
	return uint64(word[0]) | uint64(word[1])<<8 | uint64(word[2])<<16 | uint64(word[3])<<24 |
		uint64(word[4])<<32 | uint64(word[5])<<40 | uint64(word[6])<<48 | uint64(word[7])<<56
}

// keyWithin is the key of the word low[start:end].
func keyWithin(low string, start, end int) uint64 {
	n := end - start
	if n > block || start+block > len(low) {
		return keyOf(low[start:end])
	}
	return load(low[start:]) & (1<<(8*n) - 1) // a shift by 64 leaves nothing, and the mask is whole
}
