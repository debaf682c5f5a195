//go:build race

package ui

// raceDetector says that everything takes ten times as long.
const raceDetector = true
