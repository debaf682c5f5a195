// Package api is a client of the Amplitude Dashboard REST API.
package api
