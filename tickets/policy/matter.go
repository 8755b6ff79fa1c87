package policy

import "slices"

// Matter is what a pack tells requests apart by.
type Matter struct {
	Kind       string // one of [Kinds]
	Channel    string // one of [Channels]
	Class      string // "", or one of [Classes]
	Complexity string // "" while nobody has assessed it, or one of [Complexities]
}

// Kinds returns the kinds of request that packs have rules for.
func Kinds() []string {
	return []string{"question", "problem", "complaint", "dispute", "feedback", "data-request", "privacy-complaint", "safety"}
}

// Channels returns the ways by which a request arrives.
func Channels() []string { return []string{"form", "chat", "email", "phone", "post", "api"} }

// Classes returns what makes a request special: somebody may be in distress ("safety"),
// or it is a complaint about responsible gambling ("gambling").
func Classes() []string { return []string{"safety", "gambling"} }

// Complexities returns how much work a request may be.
func Complexities() []string { return []string{"simple", "normal", "complex"} }

// matters are those that a row is for: an empty list is for all.
type matters struct {
	Kinds        []string `yaml:"kinds"`
	Channels     []string `yaml:"channels"`
	Classes      []string `yaml:"classes"`
	Complexities []string `yaml:"complexities"`
}

// covers reports whether every matter of x is one of m.
func (m matters) covers(x matters) bool {
	return covers(m.Kinds, x.Kinds) && covers(m.Channels, x.Channels) &&
		covers(m.Classes, x.Classes) && covers(m.Complexities, x.Complexities)
}

func covers(list, other []string) bool {
	return len(list) == 0 || len(other) > 0 && !slices.ContainsFunc(other, func(s string) bool { return !slices.Contains(list, s) })
}

// fit reports whether a matter is one of those.
func (m matters) fit(x Matter) bool {
	return among(m.Kinds, x.Kind) && among(m.Channels, x.Channel) &&
		among(m.Classes, x.Class) && among(m.Complexities, x.Complexity)
}

func among(list []string, s string) bool { return len(list) == 0 || slices.Contains(list, s) }

// allMatters returns every matter that there can be.
func allMatters() (all []Matter) {
	for _, kind := range Kinds() {
		for _, channel := range Channels() {
			for _, class := range append([]string{""}, Classes()...) {
				for _, complexity := range append([]string{""}, Complexities()...) {
					all = append(all, Matter{kind, channel, class, complexity})
				}
			}
		}
	}
	return all
}
