package demo

import "encoding/hex"

// texts is a column of texts in one piece: a string each would be sixteen bytes more,
// and a pointer for the garbage collector to follow.
type texts struct {
	data []byte
	ends []int // of each text in data
}

func (t *texts) append(s []byte) {
	t.data = append(t.data, s...)
	t.ends = append(t.ends, len(t.data))
}

// at is a text where it lies.
func (t *texts) at(i int32) []byte {
	from := 0
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.data[from:t.ends[i]]
}

// pick is the column in another order.
func (t *texts) pick(order []int32) texts {
	out := texts{data: make([]byte, 0, len(t.data)), ends: make([]int, 0, len(order))}
	for _, i := range order {
		out.append(t.at(i))
	}
	return out
}

// bytes is how much memory the column takes.
func (t *texts) bytes() int { return cap(t.data) + 8*cap(t.ends) }

// Most ids are UUIDs: 36 letters that stand for 16 bytes. They are kept as a zero byte
// and those; of other texts those that begin with a byte like it get a one before them,
// so that no two texts are kept alike.

// packed is a text as it is kept, in the room given where it is a UUID.
func packed(s []byte, room []byte) []byte {
	if id, ok := uuidOf(s); ok {
		return append(append(room[:0], 0), id[:]...)
	}
	if len(s) > 0 && s[0] <= 1 {
		return append(append(room[:0], 1), s...)
	}
	return s
}

// unpacked is the text that was packed.
func unpacked(s []byte) string {
	switch {
	case len(s) == 17 && s[0] == 0:
		h := hex.EncodeToString(s[1:])
		return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
	case len(s) > 0 && s[0] == 1:
		return string(s[1:])
	}
	return string(s)
}

// uuidOf reads a UUID as it is mostly written, in small letters.
func uuidOf(s []byte) (id [16]byte, ok bool) {
	if len(s) != 36 {
		return id, false
	}
	n := 0
	for i, c := range s {
		digit := c - '0'
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return id, false
			}
			continue
		case c >= 'a' && c <= 'f':
			digit = c - 'a' + 10
		case digit > 9:
			return id, false
		}
		id[n/2] = id[n/2]<<4 | digit
		n++
	}
	return id, true
}
