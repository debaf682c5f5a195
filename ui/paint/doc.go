// Package paint owns the terminal: it paints frames cell by cell and runs the
// program's life from the first paint to the restored shell.
//
// [Screen] compares each frame with what the terminal already shows and writes
// only the cells that differ, in one write. It is also the last guard: nothing
// but text, colour and its own cursor movements leaves it, whatever a frame
// holds. [Run] lets Bubble Tea read keys and run commands, but keeps its
// renderer silent, and brings the terminal back however the program ends.
package paint
