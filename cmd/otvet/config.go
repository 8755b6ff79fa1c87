package main

import (
	"fmt"
	"net/url"
	"reflect"
	"text/tabwriter"

	"github.com/alecthomas/kong"
)

// configCommand is "otvet config": it takes the flags of "serve".
type configCommand struct {
	settings
}

// Help is the end of the command's help.
func (configCommand) Help() string {
	return `Takes the same flags as "serve" and shows what they and the environment come to. Of passwords it says only that they are set.`
}

// Run prints each setting with its source.
func (c *configCommand) Run(w world, parsed *kong.Context) error {
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SETTING\tVARIABLE\tSOURCE\tVALUE")
	sources := sourcesOf(parsed)
	for _, f := range parsed.Selected().Flags {
		if name := f.Tag.Get("setting"); name != "" {
			fmt.Fprintf(table, "--%s\t%s\t%s\t%s\n", f.Name, name, sources[f], shown(f))
		}
	}
	return table.Flush()
}

// sourcesOf says of each flag whether its value stood on the command line or in the
// environment, or is the default.
func sourcesOf(parsed *kong.Context) map[*kong.Flag]string {
	sources := map[*kong.Flag]string{}
	for _, f := range parsed.Selected().Flags {
		sources[f] = "default"
	}
	for _, p := range parsed.Path {
		switch {
		case p.Flag == nil:
		case p.Resolved:
			sources[p.Flag] = "env"
		default:
			sources[p.Flag] = "flag"
		}
	}
	return sources
}

// shown writes a flag's value without what is secret in it.
func shown(f *kong.Flag) string {
	value := f.Target.Interface()
	text := fmt.Sprint(value)
	if v := reflect.ValueOf(value); text == "" || v.Kind() == reflect.Slice && v.Len() == 0 {
		return "(not set)"
	}
	switch {
	case f.Tag.Get("secret") == "address":
		return masked(text)
	case f.Tag.Has("secret"):
		return "(set)"
	}
	return text
}

// masked leaves of an address who connects to where, and nothing of what is none.
func masked(secret string) string {
	u, err := url.Parse(secret)
	if err != nil || u.Host == "" {
		return "(set)"
	}
	u.RawQuery, u.Fragment = "", "" // may hold a password too
	return u.Redacted()
}
