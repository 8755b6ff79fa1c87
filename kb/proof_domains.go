package kb

import (
	"iter"
	"regexp"
	"slices"
	"strings"
)

// address finds what may be the name of a host, with what stands before it: "https://" and "@"
// make one of any name, else its last labels must be a well-known ending.
var address = regexp.MustCompile(`(://|@)?([\pL\d](?:[\pL\d-]*[\pL\d])?(?:\.[\pL\d](?:[\pL\d-]*[\pL\d])?)+)`)

// endings are those that readers take for an address without "https://".
var endings = strings.Fields(`com net org info biz ru su kz by ua uz am ge uk eu de fr es mt cw io me tv co ai gg cc ly dev
	app bet casino poker game games online site club shop link top xyz pro vip win example рф рус бел қаз укр`)

// deadAddresses are wrong for everybody: the European platform for disputes closed on
// 20 July 2025 (Regulation (EU) 2024/3228).
var deadAddresses = regexp.MustCompile(`(?i)(?:webgate\.)?ec\.europa\.eu/(?:consumers/)?odr`)

// proofDomains finds addresses that are not the operator's, in what is read and in links.
func (p prose) proofDomains(s *style) {
	text := p.src.text
	dead := deadAddresses.FindAllStringIndex(text, -1)
	for _, m := range dead {
		p.src.problem(p.src.at(m[0]), "dead address %s: the platform closed in July 2025; name the dispute service that serves you", text[m[0]:m[1]])
	}
	for start, token := range dottedTokens(text) {
		isDead := slices.ContainsFunc(dead, func(d []int) bool { return d[0] < start+len(token) && start < d[1] })
		for _, m := range address.FindAllStringSubmatchIndex(token, -1) {
			name := token[m[4]:m[5]]
			isFile := strings.HasSuffix(name, ".md") // "bonuses@2025-11-01.md" too
			if !isDead && !isFile && !s.owns(name) && (m[2] >= 0 || looksLikeHost(name)) {
				p.src.problem(p.src.at(start+m[4]), "foreign address %q: the help section leads nowhere else; if it is yours, list it under domains in %s", name, styleFile)
			}
		}
	}
}

// dottedTokens returns what stands between blanks and has a dot inside, with its offset: the only
// places at which an address can be.
func dottedTokens(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for end := 0; end < len(text); {
			dot := strings.IndexByte(text[end:], '.')
			if dot < 0 {
				return
			}
			start := max(end, strings.LastIndexAny(text[:end+dot], " \t\n")+1)
			length := strings.IndexAny(text[start:], " \t\n")
			if length < 0 {
				length = len(text) - start
			}
			end = start + max(length, 1)
			if dot := strings.IndexByte(text[start:start+length], '.'); dot < length-1 && !yield(start, text[start:start+length]) {
				return
			}
		}
	}
}

// looksLikeHost says whether a reader takes a name for an address. The ending may be anywhere: "demo.example.evil.zz"
// only begins like ours.
func looksLikeHost(name string) bool {
	labels := strings.Split(strings.ToLower(name), ".")
	return slices.ContainsFunc(labels[1:], func(l string) bool { return slices.Contains(endings, l) })
}
