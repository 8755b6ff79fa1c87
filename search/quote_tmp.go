package search

import "strings"

func sentences(text string) []string { return strings.Split(text, "\n") }
