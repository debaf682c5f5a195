// Amptui explores one product-analytics project in the terminal.
package main

import (
	"os"

	"amptui/ui"
)

func main() { os.Exit(ui.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
