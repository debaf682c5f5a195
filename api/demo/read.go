package demo

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"

	"amptui/api/text"
)

// mostLine bounds a line of an event file.
const mostLine = 16 << 20

// Report is what reading event files has found besides events.
type Report struct {
	Events  int
	Double  int // events that were there before, by $insert_id
	Bad     int // lines that are no events
	Samples []string
}

// Lines says in words what was left out.
func (r Report) Lines() []string {
	var out []string
	if r.Bad > 0 {
		out = append(out, fmt.Sprintf("%d of %d lines are no events: %s", r.Bad, r.Events+r.Bad+r.Double, strings.Join(r.Samples, "; ")))
	}
	if r.Double > 0 {
		out = append(out, fmt.Sprintf("%d events were there twice and count once", r.Double))
	}
	return out
}

// Progress is how far event files are read. Size is 0 where the end is not known, as of
// a pipe.
type Progress struct {
	Read, Size int64 // bytes of the files as they lie there
	Events     int
	Ordering   bool // all is read, and put in order
}

// Open reads event files as one project, and tells now and then how far it is. A line
// that is no event is counted and named in the report; files without any event are an
// error. The context ends it.
func Open(ctx context.Context, paths []string, tell func(Progress)) (*Log, Report, error) {
	b := newBuilder()
	b.ctx, b.tell = ctx, tell
	b.progress.Size = size(paths)
	var report Report
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return nil, report, fmt.Errorf("the event file %s cannot be opened: %s", text.Clean(path), cause(err))
		}
		err = b.file(filepath.Base(path), &metered{f, &b.read}, &report)
		f.Close()
		if err != nil && ctx.Err() != nil {
			return nil, report, ctx.Err()
		}
		if err != nil {
			return nil, report, fmt.Errorf("the event file %s cannot be read: %s", text.Clean(path), cause(err))
		}
	}
	return b.finish(report)
}

// size is how long files are together; 0 where it is not known of one.
func size(paths []string) int64 {
	var all int64
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() {
			return 0
		}
		all += info.Size()
	}
	return all
}

// metered counts what is read of a file.
type metered struct {
	*os.File
	read *atomic.Int64
}

func (m *metered) Read(b []byte) (int, error) {
	n, err := m.File.Read(b)
	m.read.Add(int64(n))
	return n, err
}

// ReadAt counts as Read does; zips are read so.
func (m *metered) ReadAt(b []byte, off int64) (int, error) {
	n, err := m.File.ReadAt(b, off)
	m.read.Add(int64(n))
	return n, err
}

// Read reads one event file.
func Read(name string, r io.Reader) (*Log, Report, error) {
	b := newBuilder()
	var report Report
	if err := b.file(name, r, &report); err != nil {
		return nil, report, fmt.Errorf("the event file %s cannot be read: %s", text.Clean(name), cause(err))
	}
	return b.finish(report)
}

func (b *builder) finish(report Report) (*Log, Report, error) {
	if report.Events == 0 {
		return nil, report, fmt.Errorf("there is no event in these files: a line of JSON with event_type and event_time is one, as the Amplitude Export API writes it (%s)", append(report.Samples, "no lines")[0])
	}
	b.progress.Events, b.progress.Ordering = report.Events, true
	b.tell(b.progress)
	l, double := b.distinct()
	report.Events, report.Double = report.Events-double, double
	return l, report, nil
}

func cause(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		return text.Clean(p.Err.Error())
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends in the middle; is it still being written?"
	}
	return text.Clean(err.Error())
}

// file reads JSON lines, plain or gzip, or a zip of such files.
func (b *builder) file(name string, r io.Reader, report *Report) error {
	buffered := bufio.NewReaderSize(r, 1<<16)
	head, _ := buffered.Peek(4)
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		if m, ok := r.(*metered); ok && b.progress.Size > 0 {
			info, err := m.Stat()
			if err != nil {
				return err
			}
			m.read.Add(-int64(buffered.Buffered())) // it is read again
			return b.archive(m, info.Size(), report)
		}
		all, err := io.ReadAll(buffered)
		if err != nil {
			return err
		}
		return b.archive(bytes.NewReader(all), int64(len(all)), report)
	}
	return b.unzipped(name, buffered, report)
}

// unzipped reads JSON lines, plain or gzip.
func (b *builder) unzipped(name string, r *bufio.Reader, report *Report) error {
	var in io.Reader = r
	if head, _ := r.Peek(2); bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(r)
		if err != nil {
			return err
		}
		in = z
	}
	ahead := readAhead(b.ctx, in)
	defer ahead.Close()
	return b.lines(name, bufio.NewReaderSize(ahead, 1<<16), report)
}

// archive reads the files of a zip. What lies in it as a zip once more are no
// lines of events.
func (b *builder) archive(r io.ReaderAt, size int64, report *Report) error {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return err
	}
	for _, f := range z.File {
		if f.FileInfo().IsDir() || strings.HasPrefix(f.Name, "__MACOSX/") {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return err
		}
		err = b.unzipped(path.Base(f.Name), bufio.NewReaderSize(in, 1<<16), report)
		in.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) lines(name string, r *bufio.Reader, report *Report) error {
	var room []byte
	for n := 1; ; n++ {
		line, long, err := readLine(r, room[:0])
		room = line
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
		}
		if line = bytes.TrimSpace(line); len(line) > 0 || long {
			report.take(name, n, b.line(line, long))
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if n%linesATime == 0 {
			b.progress.Read, b.progress.Events = b.read.Load(), report.Events
			b.tell(b.progress)
			if err := b.ctx.Err(); err != nil {
				return err
			}
		}
	}
}

// linesATime is after how many lines it is told how far reading is.
const linesATime = 1024

// readLine reads a line; of one that is too long only the beginning.
func readLine(r *bufio.Reader, room []byte) (line []byte, long bool, err error) {
	line = room
	for {
		part, err := r.ReadSlice('\n')
		if long = long || len(line)+len(part) > mostLine; !long {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

// take counts a line as an event, or names what is wrong with it.
func (r *Report) take(name string, n int, err error) {
	if err == nil {
		r.Events++
		return
	}
	r.Bad++
	if len(r.Samples) < 3 {
		r.Samples = append(r.Samples, fmt.Sprintf("%s:%d %s", text.Clean(name), n, err))
	}
}
