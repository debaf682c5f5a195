package api

import (
	"crypto/hmac"
	"crypto/sha256"
)

// PseudonymKey is a key for pseudonyms that all who have the project's secret
// key get, and nobody else. The secret itself cannot be worked out from it.
func (c *Client) PseudonymKey() []byte {
	mac := hmac.New(sha256.New, []byte(c.options.Secret.Reveal()))
	mac.Write([]byte("amptui pseudonyms 1"))
	return mac.Sum(nil)
}
