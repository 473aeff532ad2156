package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/stretchr/testify/require"
)

// inbox is a directory that is watched by a test which says itself what the
// system notices, in a time of its own.
type inbox struct {
	*arrivals

	dir     string
	began   time.Time
	notice  chan<- fsnotify.Event
	problem chan<- error
	ended   chan error
	stop    context.CancelFunc

	mu     sync.Mutex
	told   []string
	came   []arrived
	refuse func(document string) error
}

// arrived is what was published, and when.
type arrived struct {
	name, document string
	at             time.Duration
}

// openInbox watches a directory which holds files already. It is for a bubble
// of synctest.
func openInbox(t *testing.T, files ...string) *inbox {
	t.Helper()
	events, problems := make(chan fsnotify.Event), make(chan error)
	in := &inbox{dir: t.TempDir(), began: time.Now(), notice: events, problem: problems, ended: make(chan error, 1)}
	for _, file := range files {
		in.write(t, file, "text of "+file)
	}
	nothing := func(string) error { return nil }
	in.arrivals = newArrivals([]string{in.dir}, time.Second, notices{nothing, nothing, events, problems})
	in.publish = func(_ context.Context, path string, document []byte) (string, error) {
		in.mu.Lock()
		defer in.mu.Unlock()
		if in.refuse != nil {
			if err := in.refuse(string(document)); err != nil {
				return "", err
			}
		}
		name, err := filepath.Rel(in.dir, path)
		in.came = append(in.came, arrived{name, string(document), time.Since(in.began)})
		return "published  " + name, err
	}
	in.tell = func(line string) {
		in.mu.Lock()
		defer in.mu.Unlock()
		in.told = append(in.told, strings.ReplaceAll(line, in.dir+"/", ""))
	}
	ctx, stop := context.WithCancel(t.Context())
	in.stop = stop
	go func() { in.ended <- in.run(ctx) }()
	synctest.Wait()
	return in
}

// lines are what was told so far.
func (in *inbox) lines() []string {
	in.mu.Lock()
	defer in.mu.Unlock()
	return slices.Clone(in.told)
}

// publications are what was published so far.
func (in *inbox) publications() []arrived {
	in.mu.Lock()
	defer in.mu.Unlock()
	return slices.Clone(in.came)
}

// refuses has publishing fail as a function says from now on.
func (in *inbox) refuses(with func(document string) error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.refuse = with
}

func (in *inbox) path(name string) string { return filepath.Join(in.dir, name) }

// write writes a file without the system noticing.
func (in *inbox) write(t *testing.T, name, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(in.path(name)), 0o700))
	require.NoError(t, os.WriteFile(in.path(name), []byte(text), 0o600))
}

// noticed has the system notice something.
func (in *inbox) noticed(name string, what fsnotify.Op) {
	in.notice <- fsnotify.Event{Name: in.path(name), Op: what}
	synctest.Wait()
}

// arrives writes a file and has the system notice it.
func (in *inbox) arrives(t *testing.T, name, text string) {
	t.Helper()
	in.write(t, name, text)
	in.noticed(name, fsnotify.Create)
}

// after lets time go by.
func (in *inbox) after(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// close ends the watch as Ctrl-C does.
func (in *inbox) close(t *testing.T) {
	t.Helper()
	in.stop()
	require.NoError(t, <-in.ended)
}

func bubble(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, test)
}

func TestWhatIsThereIsPublishedInItsOrder(t *testing.T) {
	bubble(t, func(t *testing.T) {
		in := openInbox(t, "b.txt", "a.json", "sub/c.HTML", ".hidden.txt", ".git/d.txt", "e.pdf", "f.txt.part")
		in.after(time.Hour)
		require.Equal(t, []string{"published  a.json", "published  b.txt", "published  sub/c.HTML"}, in.lines())
		require.Equal(t, "text of b.txt", in.publications()[1].document)
		in.close(t)
	})
}

func TestAFileIsPublishedOnceNobodyWritesToItAnyMore(t *testing.T) {
	bubble(t, func(t *testing.T) {
		in := openInbox(t)
		in.arrives(t, "a.txt", "One.")
		for _, text := range []string{"One. Two.", "One. Two. Three."} {
			in.after(900 * time.Millisecond)
			in.write(t, "a.txt", text)
			in.noticed("a.txt", fsnotify.Write)
		}
		in.after(time.Hour)
		require.Equal(t, []arrived{{"a.txt", "One. Two. Three.", 2800 * time.Millisecond}}, in.publications())
		in.close(t)
	})
}

func TestAFileThatGrowsUnnoticedIsNotPublishedHalf(t *testing.T) {
	bubble(t, func(t *testing.T) {
		in := openInbox(t)
		in.arrives(t, "a.txt", "One.")
		in.after(900 * time.Millisecond)
		in.write(t, "a.txt", "One. Two.")
		in.after(time.Hour)
		require.Equal(t, []arrived{{"a.txt", "One. Two.", 2 * time.Second}}, in.publications())
		in.close(t)
	})
}

func TestAFileThatGrewSinceItSettledIsNotPublishedHalf(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.txt")
	a := newArrivals([]string{dir}, 0, notices{})
	a.publish = func(context.Context, string, []byte) (string, error) {
		require.FailNow(t, "half a file was published")
		return "", nil
	}
	require.NoError(t, os.WriteFile(path, []byte("One."), 0o600))
	a.found(path)
	found := a.settling.due(time.Now())
	require.Len(t, found, 1)
	require.NoError(t, os.WriteFile(path, []byte("One. Two."), 0o600))
	line, err := a.publishOne(t.Context(), path, found[0].stamp)
	require.NoError(t, err)
	require.Empty(t, line)
	again := a.settling.due(time.Now())
	require.Len(t, again, 1, "it settles again")
	require.NotEqual(t, found[0].stamp, again[0].stamp, "as it is now")
}

func TestATemporaryNameIsNoArrivalAndARenameIsOne(t *testing.T) {
	bubble(t, func(t *testing.T) {
		in := openInbox(t)
		for _, name := range []string{".a.txt", "a.txt.part", "a.txt.tmp", "a.txt~", "a.TMP", "notes.md"} {
			in.arrives(t, name, "half a te")
		}
		in.after(time.Minute)
		require.Empty(t, in.publications())
		require.NoError(t, os.Rename(in.path("a.txt.part"), in.path("a.txt")))
		in.noticed("a.txt.part", fsnotify.Rename)
		in.noticed("a.txt", fsnotify.Create)
		in.after(time.Minute)
		require.Equal(t, []string{"published  a.txt"}, in.lines())
		in.close(t)
	})
}

func TestAFileThatChangesIsPublishedAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		in := openInbox(t, "a.txt")
		in.after(time.Minute)
		in.noticed("a.txt", fsnotify.Write)
		in.noticed("a.txt", fsnotify.Chmod)
		in.after(time.Minute)
		require.Len(t, in.publications(), 1, "a notice of what is known already")
		in.write(t, "a.txt", "a corrected text")
		in.noticed("a.txt", fsnotify.Write)
		in.after(time.Minute)
		require.Len(t, in.publications(), 2)
		require.Equal(t, "a corrected text", in.publications()[1].document)
		in.close(t)
	})
}

func TestAFileThatFailsIsToldAndTriedAgainWhenItChanges(t *testing.T) {
	bubble(t, func(t *testing.T) {
		in := openInbox(t)
		in.refuses(func(document string) error {
			if strings.Contains(document, "bad") {
				return errors.New("not a transcript")
			}
			return nil
		})
		in.arrives(t, "a.txt", "a bad text")
		in.arrives(t, "b.txt", "a good text")
		in.after(time.Hour)
		require.Equal(t, []string{"failed     a.txt: not a transcript", "published  b.txt"}, in.lines())
		in.write(t, "a.txt", "a better text")
		in.noticed("a.txt", fsnotify.Write)
		in.after(time.Hour)
		require.Equal(t, "published  a.txt", in.lines()[2])
		in.close(t)
	})
}

func TestAFileThatCouldNotBeReadIsTriedAgainWhenItIsAllowed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		in := openInbox(t)
		in.refuses(func(string) error { return os.ErrPermission })
		in.arrives(t, "a.txt", "text")
		in.after(time.Minute)
		in.refuses(nil)
		in.noticed("a.txt", fsnotify.Chmod)
		in.after(time.Minute)
		require.Equal(t, []string{"failed     a.txt: permission denied", "published  a.txt"}, in.lines())
		in.close(t)
	})
}

func TestWithoutABrokerFilesWaitAndItIsSaidOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		in := openInbox(t)
		tries := 0
		away := func(string) error {
			tries++
			return &brokerError{errors.New("NATS is reconnecting")}
		}
		in.refuses(away)
		in.arrives(t, "a.txt", "text")
		in.after(10 * time.Minute)
		require.Equal(t, []string{"waiting    a.txt: NATS is reconnecting; it is tried again until the broker takes it"}, in.lines())
		in.refuses(nil)
		require.Greater(t, tries, 15, "it goes on")
		require.Less(t, tries, 60, "it grows slow")
		in.refuses(away)
		in.arrives(t, "b.txt", "text")
		in.arrives(t, "c.txt", "text")
		require.NoError(t, os.Remove(in.path("c.txt")))
		in.noticed("c.txt", fsnotify.Remove)
		in.refuses(nil)
		in.after(time.Minute)
		require.Equal(t, []string{"published  a.txt", "published  b.txt"}, in.lines()[1:])

		in.refuses(away)
		in.arrives(t, "d.txt", "text")
		in.after(2 * time.Second)
		require.Contains(t, in.lines()[3], "waiting    d.txt", "the next time it is said again")
		in.close(t)
	})
}

func TestWhereNoticesWereLostEverythingIsLookedAt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		in := openInbox(t, "a.txt", "b.txt")
		in.after(time.Minute)
		in.write(t, "b.txt", "a corrected text")
		in.write(t, "sub/deep/c.txt", "new")
		in.problem <- fsnotify.ErrEventOverflow
		in.after(time.Minute)
		require.Equal(t, []string{"published  a.txt", "published  b.txt", "published  b.txt", "published  sub/deep/c.txt"}, in.lines())
		in.close(t)
	})
}

func TestADirectoryThatArrivesIsLookedInto(t *testing.T) {
	bubble(t, func(t *testing.T) {
		in := openInbox(t)
		in.write(t, "q4/us/a.txt", "text")
		in.noticed("q4", fsnotify.Create)
		in.after(time.Minute)
		require.Equal(t, []string{"published  q4/us/a.txt"}, in.lines())
		require.True(t, in.watched[in.path("q4/us")])
		// Away with it, and there again: that is another one.
		in.noticed("q4", fsnotify.Rename)
		require.False(t, in.watched[in.path("q4/us")])
		in.noticed("q4", fsnotify.Create)
		in.after(time.Minute)
		require.Len(t, in.publications(), 2)
		in.close(t)
	})
}

func TestAWatchedDirectoryThatIsGoneIsAnError(t *testing.T) {
	bubble(t, func(t *testing.T) {
		in := openInbox(t)
		in.noticed(".", fsnotify.Remove)
		require.ErrorContains(t, <-in.ended, in.dir+" is gone")

		in = openInbox(t)
		require.NoError(t, os.RemoveAll(in.dir))
		in.problem <- fsnotify.ErrEventOverflow
		require.ErrorContains(t, <-in.ended, in.dir+" is gone")

		in = openInbox(t)
		in.problem <- errors.New("the system has had enough")
		require.ErrorContains(t, <-in.ended, "watch "+in.dir+": the system has had enough")
	})
}

// follow watches a directory as the system notices it, and returns what is
// told.
func follow(t *testing.T, dir string) (lines <-chan string, ended <-chan error) {
	t.Helper()
	watcher, err := fsnotify.NewWatcher()
	require.NoError(t, err)
	a := newArrivals([]string{dir}, 20*time.Millisecond, noticesOf(watcher))
	told, end := make(chan string, 100), make(chan error, 1)
	a.tell = func(line string) { told <- line }
	a.publish = func(_ context.Context, path string, document []byte) (string, error) {
		return string(bytes.TrimSpace(document)) + " in " + filepath.Base(path), nil
	}
	ctx, stop := context.WithCancel(t.Context())
	go func() { end <- a.run(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, watcher.Close())
	})
	return told, end
}

// place puts a file into its place whole, as careful programs do: however slow
// the machine is, no half of it is ever there.
func place(t *testing.T, path, text string) {
	t.Helper()
	hidden := filepath.Join(filepath.Dir(path), ".being-written")
	require.NoError(t, os.WriteFile(hidden, []byte(text), 0o600))
	require.NoError(t, os.Rename(hidden, path))
}

const arrivalPatience = 20 * time.Second

// next is what comes next over a channel.
func next[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case got := <-from:
		return got
	case <-time.After(arrivalPatience):
		require.FailNow(t, "nothing came")
		panic("unreachable")
	}
}

func TestTheSystemNoticesWhatArrives(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put := func(name, text string) { place(t, filepath.Join(dir, name), text) }
	put("a.txt", "first")
	lines, _ := follow(t, dir)
	require.Equal(t, "first in a.txt", next(t, lines))

	put("b.txt", "second")
	require.Equal(t, "second in b.txt", next(t, lines))
	file, err := os.OpenFile(filepath.Join(dir, "b.txt"), os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = file.WriteString("changed")
	require.NoError(t, err)
	require.NoError(t, file.Close())
	require.Equal(t, "changed in b.txt", next(t, lines))

	// From outside, a file and then a directory.
	outside := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(outside, "d.txt"), []byte("fourth"), 0o600))
	require.NoError(t, os.Rename(filepath.Join(outside, "d.txt"), filepath.Join(dir, "d.txt")))
	require.Equal(t, "fourth in d.txt", next(t, lines))
	require.NoError(t, os.MkdirAll(filepath.Join(outside, "x", "y"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(outside, "x", "y", "e.txt"), []byte("fifth"), 0o600))
	require.NoError(t, os.Rename(filepath.Join(outside, "x"), filepath.Join(dir, "x")))
	require.Equal(t, "fifth in e.txt", next(t, lines))
	put("x/y/f.txt", "sixth")
	require.Equal(t, "sixth in f.txt", next(t, lines))

	// A directory under another name is watched under that one.
	require.NoError(t, os.Rename(filepath.Join(dir, "x"), filepath.Join(dir, "z")))
	require.Equal(t, "fifth in e.txt", next(t, lines))
	require.Equal(t, "sixth in f.txt", next(t, lines))
	put("z/y/g.txt", "seventh")
	require.Equal(t, "seventh in g.txt", next(t, lines))

	// One that is deleted and created again is watched again.
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "z")))
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "z", "y"), 0o700))
	put("z/y/h.txt", "eighth")
	require.Equal(t, "eighth in h.txt", next(t, lines))
	require.Empty(t, lines)
}

func TestALinkToADirectoryIsThatDirectory(t *testing.T) {
	t.Parallel()
	dir, link := t.TempDir(), filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(dir, link))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.txt"), []byte("first"), 0o600))
	lines, _ := follow(t, link)
	require.Equal(t, "first in a.txt", next(t, lines))
	place(t, filepath.Join(dir, "b.txt"), "second")
	require.Equal(t, "second in b.txt", next(t, lines))
}

func TestTheSystemNoticesThatAWatchedDirectoryIsGone(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]func(dir string) error{
		"deleted": os.RemoveAll,
		"renamed": func(dir string) error { return os.Rename(dir, dir+"-old") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "inbox")
			require.NoError(t, os.Mkdir(dir, 0o700))
			require.NoError(t, os.WriteFile(filepath.Join(dir, "a.txt"), []byte("first"), 0o600))
			lines, ended := follow(t, dir)
			next(t, lines)
			require.NoError(t, away(dir))
			require.ErrorContains(t, next(t, ended), dir+" is gone")
		})
	}
}
