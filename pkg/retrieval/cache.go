package retrieval

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// extension of the file of a document.
const extension = ".json"

// cache keeps documents in a directory, a file for each address. A file is
// written whole or not at all, so several processes may share the directory.
type cache struct {
	dir     string
	maxBody int64
}

// newCache makes the directory where it is not there.
func newCache(dir string, maxBody int64) (*cache, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("make the cache of documents: %w", err)
	}
	return &cache{dir: dir, maxBody: maxBody}, nil
}

// path names the file: the end of the address for people, and the hash of all
// of it, so that no two share one and none leaves the directory.
func (c *cache) path(address string) string {
	const longest, hashed = 40, 16
	plain, _, _ := strings.Cut(address, "?")
	plain = plain[strings.LastIndexByte(plain, '/')+1:]
	plain = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-' {
			return r
		}
		return -1
	}, strings.TrimSuffix(plain, extension))
	sum := sha256.Sum256([]byte(address))
	return filepath.Join(c.dir, plain[:min(len(plain), longest)]+"."+hex.EncodeToString(sum[:hashed])+extension)
}

// read returns what is kept of an address and when it was got. It reports false
// where there is nothing that can be used.
func (c *cache) read(address string) (Document, bool) {
	file, err := os.Open(c.path(address))
	if err != nil {
		return Document{}, false
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return Document{}, false
	}
	body, err := io.ReadAll(io.LimitReader(file, c.maxBody+1))
	if err != nil || int64(len(body)) > c.maxBody {
		return Document{}, false
	}
	return Document{Body: body, Got: info.ModTime()}, true
}

// write keeps a document.
func (c *cache) write(address string, body []byte, got time.Time) (err error) {
	file, err := os.CreateTemp(c.dir, ".new-*")
	if err != nil {
		return fmt.Errorf("keep a document: %w", err)
	}
	defer func() {
		// After the renaming there is nothing left to remove.
		if removed := os.Remove(file.Name()); removed != nil && !errors.Is(removed, fs.ErrNotExist) {
			err = errors.Join(err, removed)
		}
	}()
	_, written := file.Write(body)
	if err := errors.Join(written, file.Sync(), file.Close(), os.Chtimes(file.Name(), got, got)); err != nil {
		return fmt.Errorf("keep a document: %w", err)
	}
	if err := os.Rename(file.Name(), c.path(address)); err != nil {
		return fmt.Errorf("keep a document: %w", err)
	}
	return nil
}
