package kb

import (
	"regexp"
	"strings"
)

// host finds what a reader takes for an address: labels with a well-known ending.
var host = regexp.MustCompile(`(?i)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+` +
	`(?:com|net|org|info|biz|ru|su|kz|by|ua|uz|am|ge|uk|eu|de|fr|es|mt|cw|io|me|tv|app|bet|casino|poker|games?|online|site|club|shop|link|top|xyz|pro|vip|win|example)\b`)

// deadHosts are addresses that are wrong for everybody: the European platform for disputes closed
// on 20 July 2025 (Regulation (EU) 2024/3228).
const deadHosts = "ec.europa.eu/consumers/odr"

// proofDomains finds addresses that are not the operator's, in what is read and in links.
func (p prose) proofDomains(s *style) {
	text := p.src.text
	if at := strings.Index(text, deadHosts); at >= 0 {
		p.src.problem(p.src.at(at), "dead address %s: the platform closed in July 2025; name the dispute service that serves you", deadHosts)
	}
	for _, m := range host.FindAllStringIndex(text, -1) {
		name := text[m[0]:m[1]]
		isFile := strings.HasPrefix(text[m[1]:], ".md")
		if !s.owns(name) && !isFile && !strings.Contains(deadHosts, name) {
			p.src.problem(p.src.at(m[0]), "foreign address %q: the help section leads nowhere else; if it is yours, list it under domains in %s", name, styleFile)
		}
	}
}
