package desk

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// EditURL is where an operator's editors change a file of the content: an address with
// {file} and, if it is wanted, {line}. The zero value leads nowhere.
type EditURL struct{ pattern string }

// The placeholders of an EditURL.
const (
	fileMark = "{file}"
	lineMark = "{line}"
)

var markForm = regexp.MustCompile(`[{}][^{}]*[{}]?`)

// UnmarshalText reads a pattern: https or http, a host, {file}, and no other placeholder
// than the two. The empty text is the zero value. A user name or password is refused,
// since every agent would see it.
func (e *EditURL) UnmarshalText(text []byte) error {
	pattern := string(text)
	if pattern == "" {
		*e = EditURL{}
		return nil
	}
	for _, mark := range markForm.FindAllString(pattern, -1) {
		if mark != fileMark && mark != lineMark {
			return fmt.Errorf("%s is no placeholder: there are only %s and %s", mark, fileMark, lineMark)
		}
	}
	u, err := url.Parse(pattern)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.Contains(u.Host, "{"):
		return fmt.Errorf("%q is not of the form https://HOST/PATH/%s", pattern, fileMark)
	case u.User != nil:
		return errors.New("a user name or password in the address would be shown to every agent")
	case !strings.Contains(pattern, fileMark):
		return fmt.Errorf("%q lacks %s", pattern, fileMark)
	}
	e.pattern = pattern
	return nil
}

// String returns the pattern, empty when there is none.
func (e EditURL) String() string { return e.pattern }

// For returns the address of a line of a file, whose path is one in the content; line 0
// stands for the whole file. Empty when there is no pattern, and for the folder itself.
func (e EditURL) For(file string, line int) string {
	if e.pattern == "" || file == "." {
		return ""
	}
	segments := strings.Split(file, "/")
	for i, s := range segments {
		segments[i] = escaped(s)
	}
	return strings.NewReplacer(fileMark, strings.Join(segments, "/"), lineMark, strconv.Itoa(max(line, 1))).Replace(e.pattern)
}

// escaped returns a segment of a path so that it means the same in the path, in the query
// and in the fragment of an address.
func escaped(segment string) string {
	return strings.ReplaceAll(url.QueryEscape(segment), "+", "%20")
}
