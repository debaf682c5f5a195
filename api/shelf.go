package api

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Shelf is where answers outlive the program, such as a folder. What stands on it
// is sealed with a key that comes from the project's secret key: names and contents
// tell nothing to who has not got that, and what somebody else put there is not
// taken for an answer.
type Shelf struct {
	Names  []string                               // of what stands there when the client is made
	Load   func(name string) ([]byte, error)      // what stands there under a name
	Save   func(name string, sealed []byte) error // puts it there at once, or not at all
	Drop   func(name string)                      // takes it away, if it is there
	Allows func(Question) bool                    // may the answer to this leave the memory
}

// maxShelved is how large an answer may be to be put on the shelf.
const maxShelved = 4 << 20

// shelf finds what stands on a Shelf. An answer is named by its question, hashed,
// and by when it ends to be good, so that a list of names says what there is.
type shelf struct {
	Shelf
	seal   cipher.AEAD
	naming []byte
	now    func() time.Time

	mu   sync.Mutex
	byID map[string]shelved // by the hash of the question
}

type shelved struct {
	name  string
	until time.Time
}

// newShelf is nil where there is none.
func newShelf(s Shelf, key []byte, origin string, now func() time.Time) *shelf {
	if s.Load == nil {
		return nil
	}
	block, err := aes.NewCipher(derived(key, "amptui answers 1 "+origin))
	if err != nil {
		return nil // the key is 32 bytes: it cannot be
	}
	seal, err := cipher.NewGCM(block)
	if err != nil {
		return nil
	}
	out := &shelf{Shelf: s, seal: seal, naming: derived(key, "amptui questions 1 "+origin), now: now, byID: map[string]shelved{}}
	for _, name := range s.Names {
		id, end, ok := strings.Cut(name, "-")
		until, err := strconv.ParseInt(end, 10, 64)
		one := shelved{name, time.Unix(until, 0)}
		if ok && err == nil && !one.until.After(now().Add(goodPast)) && one.until.After(out.byID[id].until) {
			out.byID[id] = one
		}
	}
	return out
}

// derived is a key that is used for one thing only.
func derived(key []byte, use string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(use))
	return mac.Sum(nil)
}

func (s *shelf) hash(id string) string { return hex.EncodeToString(derived(s.naming, id)[:16]) }

// until is how long an answer on the shelf is good; false where none is.
func (s *shelf) until(id string) (time.Time, bool) {
	if s == nil {
		return time.Time{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.byID[s.hash(id)]
	return one.until, ok && isGood(one.until, s.now())
}

// take is an answer that stands on the shelf and is still good.
func (s *shelf) take(id string) (kept, bool) {
	until, ok := s.until(id)
	if !ok {
		return kept{}, false
	}
	hash := s.hash(id)
	s.mu.Lock()
	name := s.byID[hash].name
	s.mu.Unlock()
	sealed, err := s.Load(name)
	if n := s.seal.NonceSize(); err == nil && len(sealed) > n {
		plain, wrong := s.seal.Open(nil, sealed[:n], sealed[n:], []byte(name))
		if wrong == nil && len(plain) >= 8 {
			at := time.Unix(0, int64(binary.BigEndian.Uint64(plain)))
			return kept{id: id, body: plain[8:], at: at, until: until}, true
		}
	}
	s.drop(id) // it is gone, or none of ours
	return kept{}, false
}

// put puts an answer on the shelf, in the place of the one that was there. That it
// could not be written is no reason to fail: the answer is here.
func (s *shelf) put(q Question, k kept) {
	if s == nil || len(k.body) > maxShelved || !isGood(k.until, s.now()) || !s.Allows(q) {
		return
	}
	name := s.hash(k.id) + "-" + strconv.FormatInt(k.until.Unix(), 10)
	s.mu.Lock()
	was := s.byID[s.hash(k.id)].name
	s.mu.Unlock()
	if was == name {
		return
	}
	plain := append(binary.BigEndian.AppendUint64(nil, uint64(k.at.UnixNano())), k.body...)
	sealed := make([]byte, s.seal.NonceSize(), s.seal.NonceSize()+len(plain)+s.seal.Overhead())
	_, _ = rand.Read(sealed) // it never fails
	if s.Save(name, s.seal.Seal(sealed, sealed, plain, []byte(name))) != nil {
		return
	}
	if was != "" {
		s.Drop(was)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byID[s.hash(k.id)] = shelved{name, time.Unix(k.until.Unix(), 0)}
}

// drop takes an answer away.
func (s *shelf) drop(id string) {
	if s == nil {
		return
	}
	s.mu.Lock()
	one, ok := s.byID[s.hash(id)]
	delete(s.byID, s.hash(id))
	s.mu.Unlock()
	if ok {
		s.Drop(one.name)
	}
}
