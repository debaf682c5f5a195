package demo

import "testing"

// FuzzPacked holds that a text comes back as it was, and that no two are kept alike.
func FuzzPacked(f *testing.F) {
	for _, s := range []string{"", "demo-3uv", "0f0e0d0c-0b0a-4908-8706-050403020100", "0F0E0D0C-0B0A-4908-8706-050403020100", "0f0e0d0c-0b0a-4908-8706+050403020100", "\x00", "\x0112345678", "\x001234567890123456"} {
		f.Add([]byte(s), []byte("demo-3uv"))
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		var column texts
		room := make([]byte, 0, 64)
		column.append(packed(a, room))
		column.append(packed(b, room))
		if unpacked(column.at(0)) != string(a) || unpacked(column.at(1)) != string(b) {
			t.Fatalf("%q and %q come back as %q and %q", a, b, unpacked(column.at(0)), unpacked(column.at(1)))
		}
		if (string(column.at(0)) == string(column.at(1))) != (string(a) == string(b)) {
			t.Fatalf("%q and %q are kept as %q and %q", a, b, column.at(0), column.at(1))
		}
	})
}
