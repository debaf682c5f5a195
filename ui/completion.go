package ui

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"amptui/api/demo/fault"
	"amptui/api/text"
	"amptui/charts/theme"
	"amptui/keys"
	"amptui/views"
)

// What the shells read. cobra's own take a word in quotes apart at its blanks, and run
// what is typed as soon as it is to be completed.
var (
	//go:embed completions/amptui.bash
	forBash string
	//go:embed completions/_amptui
	forZsh string
	//go:embed completions/amptui.fish
	forFish string
	//go:embed completions/amptui.ps1
	forPowerShell string
)

// A words function lists what may stand in a place of the command line.
type words func() []string

// completions makes the shell complete what the program knows without asking
// anybody: flags' choices, events, properties, and what is saved.
func (p *program) completions(root *cobra.Command) {
	for _, spec := range catalog() {
		p.completeView(root, spec)
	}
	saved := map[string]words{
		"open":  func() []string { return p.library().queryNames() },
		"board": func() []string { return p.library().boardNames() },
		"keys":  keyNames,
	}
	for _, c := range root.Commands() {
		if of, ok := saved[c.Name()]; ok {
			c.ValidArgsFunction = completing(of)
		}
	}
	for name, of := range map[string]words{
		"output": formats, "theme": theme.Names,
		"glyphs": func() []string { return []string{"auto", "braille", "block", "ascii"} },
		"color":  func() []string { return []string{"auto", "always", "never"} },
		"watch":  func() []string { return []string{"1m", "15m", "1h"} },
		"profile": func() []string {
			c, _ := p.settings()
			var names []string
			for _, profile := range c.List() {
				names = append(names, profile.Name)
			}
			return names
		},
		"demo-fault": func() []string {
			var names []string
			for _, k := range fault.Kinds() {
				names = append(names, k.Name)
			}
			return names
		},
		"zone":     func() []string { return []string{"UTC", "local"} },
		"demo-now": nil, "demo-seed": nil, "demo-listen": nil, "fail-if": nil, "width": nil,
	} {
		complete(root, name, of)
	}
}

// completeView completes a view's words and flags, by what the flags hold.
func (p *program) completeView(root *cobra.Command, spec views.Spec) {
	c, _, err := root.Find([]string{spec.Name})
	if err != nil {
		return
	}
	c.ValidArgsFunction = completing(nil)
	if !spec.Personal && spec.Begin != nil || spec.Name == catalog()[0].Name {
		c.ValidArgsFunction = completing(p.eventWords)
	}
	own := pflag.NewFlagSet(spec.Name, pflag.ContinueOnError)
	spec.Bind(own)
	own.VisitAll(func(f *pflag.Flag) {
		switch kind := f.Value.Type(); {
		case strings.Contains(kind, "|"):
			complete(c, f.Name, func() []string { return strings.Split(kind, "|") })
		case kind == "EVENT":
			complete(c, f.Name, p.eventWords)
		case kind == "PROPERTY", strings.HasPrefix(kind, "FILTER"):
			complete(c, f.Name, p.propertyWords)
		case kind == "SPAN":
			complete(c, f.Name, func() []string { return []string{"48h", "7d", "30d", "12w", "6mo"} })
		case kind == "DATE":
			complete(c, f.Name, func() []string { return []string{"today", "yesterday", "last monday", "30d ago"} })
		case kind != "bool":
			complete(c, f.Name, nil)
		}
	})
}

// complete makes a shell offer these words as a flag's value; never files.
func complete(c *cobra.Command, flag string, of words) {
	if c.Flag(flag) == nil && c.PersistentFlags().Lookup(flag) == nil {
		return
	}
	// It fails for a flag that is completed already, which is then well.
	_ = c.RegisterFlagCompletionFunc(flag, completing(of))
}

// completing offers words in any place. What a shell must not print is left out, and
// what begins or ends with a blank, which cobra takes away.
func completing(of words) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		var offered []cobra.Completion
		if of != nil {
			for _, w := range of() {
				if strings.HasPrefix(w, begun) && text.IsFit(w) && strings.TrimSpace(w) == w && !strings.ContainsAny(w, "\t\n") && !slices.Contains(args, w) {
					offered = append(offered, w)
				}
			}
		}
		return offered, cobra.ShellCompDirectiveNoFileComp
	}
}

func keyNames() []string {
	m := keys.Default()
	var names []string
	for _, k := range m.All() {
		names = append(names, k.Name)
	}
	return names
}

// queryNames are the names of the saved queries.
func (l library) queryNames() []string {
	names := make([]string, len(l.queries))
	for i, q := range l.queries {
		names[i] = q.Name
	}
	return names
}

// completionCommand writes what a shell needs to complete our command lines.
func (p *program) completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use: "completion bash|zsh|fish|powershell", Short: "Write what a shell needs to complete commands",
		Long: "Write the completion of commands, flags, events, properties and saved queries for a shell.\n\n" +
			"Events and properties are those of the demo with --demo, of the log with --events, else those that\n" +
			"you have seen or saved: completing asks neither the network nor the keyring.\n\n" +
			"bash reads that folder with its package bash-completion; without it, source the file in ~/.bashrc.\n" +
			"zsh needs compinit in ~/.zshrc and a folder of its fpath.",
		Example: "  amptui completion bash > ~/.local/share/bash-completion/completions/amptui\n" +
			"  amptui completion zsh > ~/.zfunc/_amptui\n" +
			"  amptui completion fish > ~/.config/fish/completions/amptui.fish\n" +
			"  amptui completion powershell >> $PROFILE",
		Args: cobra.MaximumNArgs(1), ValidArgs: shells,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{fmt.Errorf("name the shell: %s", strings.Join(shells, ", "))}
			}
			script, ok := map[string]string{"bash": forBash, "zsh": forZsh, "fish": forFish, "powershell": forPowerShell}[args[0]]
			if ok {
				_, err := fmt.Fprint(p.out, script)
				return quietly(err)
			}
			return usageError{noSuch("shell", args[0], shells)}
		},
	}
}
