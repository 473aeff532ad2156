// Package realcalls finds the transcripts of real calls that tests read.
//
// They belong to their publishers and are not part of this repository. They
// are looked for in the directory that CALLRANK_SHARED names, else in a
// directory "shared" beside the repository; where there is none, the test that
// wants them is skipped and says so.
package realcalls

import (
	"os"
	"path/filepath"
	"testing"
)

// Path returns the path of a file or directory among the shared material, such
// as "seeds/AMZN_2024_Q1.txt". It skips the test where that is absent.
func Path(tb testing.TB, name string) string {
	tb.Helper()
	root := os.Getenv("CALLRANK_SHARED")
	if root == "" {
		root = filepath.Join(repository(tb), "..", "shared")
	}
	path := filepath.Join(root, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("%s is not here: transcripts of real calls belong to their publishers; set CALLRANK_SHARED to a directory that has them", name)
	}
	return path
}

// Read returns the bytes of a file among the shared material, or skips the
// test as Path does.
func Read(tb testing.TB, name string) []byte {
	tb.Helper()
	b, err := os.ReadFile(Path(tb, name))
	if err != nil {
		tb.Fatalf("read %s: %v", name, err)
	}
	return b
}

// repository is the directory that holds go.work, at or above the test's.
func repository(tb testing.TB) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatalf("find the working directory: %v", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.work")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			tb.Fatal("no go.work at or above the working directory")
		}
		dir = up
	}
}
