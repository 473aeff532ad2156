package providers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/callrank/callrank/pkg/fundamentals"
)

// maxFile is the size in bytes above which a file is refused unread.
const maxFile = 4 << 20

// FileSource reads companies from files named TICKER.json, in the form that
// fundamentals.Parse documents. A file is read anew each time it is asked for,
// so a change counts from the next question on.
type FileSource struct {
	open func() (fs.FS, io.Closer, error)
}

// Files reads companies from a directory of the file system. Nothing outside
// the directory is read, whatever the ticker and wherever links point. The
// directory need not exist yet.
func Files(dir string) *FileSource {
	return &FileSource{open: func() (fs.FS, io.Closer, error) {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, nil, err
		}
		return root.FS(), root, nil
	}}
}

// FilesIn reads companies from the top directory of a file system, such as an
// embedded one.
func FilesIn(fsys fs.FS) *FileSource {
	return &FileSource{open: func() (fs.FS, io.Closer, error) { return fsys, io.NopCloser(nil), nil }}
}

// Company reads TICKER.json. The error wraps fundamentals.ErrUnknown where
// there is no such file, a *fundamentals.FieldError where the file is broken,
// and what the file system says otherwise.
func (s *FileSource) Company(ctx context.Context, ticker string) (*fundamentals.Company, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	folded, ok := fundamentals.Ticker(ticker)
	if !ok {
		return nil, fmt.Errorf("%q is not a ticker: %w", ticker, fundamentals.ErrUnknown)
	}
	name := folded + extension
	content, err := s.read(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("no file %s: %w", name, fundamentals.ErrUnknown)
	case err != nil:
		return nil, fmt.Errorf("read fundamentals %s: %w", name, err)
	}
	company, err := fundamentals.Parse(content)
	if err != nil {
		return nil, fmt.Errorf("read fundamentals %s: %w", name, err)
	}
	if company.Ticker != folded {
		return nil, fmt.Errorf("read fundamentals %s: %w", name, &fundamentals.FieldError{
			Field: "ticker", Problem: fmt.Sprintf("want %s as the file is named, got %s", folded, company.Ticker),
		})
	}
	company.Document = "file " + name
	return company, nil
}

func (s *FileSource) read(name string) (content []byte, err error) {
	fsys, closer, err := s.open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closer.Close()) }()
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fundamentals.FieldError{Problem: "not a regular file"}
	}
	content, err = io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(content) > maxFile {
		return nil, &fundamentals.FieldError{Problem: fmt.Sprintf("larger than %d bytes", maxFile)}
	}
	return content, nil
}
