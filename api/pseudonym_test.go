package api

import (
	"bytes"
	"testing"

	"amptui/api/text"
)

func TestThePseudonymKeyIsOfTheSecretAndDoesNotShowIt(t *testing.T) {
	key := func(secret string) []byte {
		c, err := New(Options{BaseURL: "https://amplitude.com", Key: text.NewSecret("key"), Secret: text.NewSecret(secret)})
		if err != nil {
			t.Fatal(err)
		}
		return c.PseudonymKey()
	}
	one := key("hunter2")
	if !bytes.Equal(one, key("hunter2")) || bytes.Equal(one, key("hunter3")) || len(one) != 32 || bytes.Contains(one, []byte("hunter")) {
		t.Errorf("%x, %x, %x", one, key("hunter2"), key("hunter3"))
	}
}
