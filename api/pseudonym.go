package api

// PseudonymKey is a key for pseudonyms that all who have the project's secret
// key get, and nobody else. The secret itself cannot be worked out from it.
func (c *Client) PseudonymKey() []byte {
	return derived([]byte(c.options.Secret.Reveal()), "amptui pseudonyms 1")
}
