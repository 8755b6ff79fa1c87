package kb

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Reference describes the format of the content in Markdown, for editors. It is made from
// what the loader and the proofreader use, so that it cannot say anything else than they do.
func Reference() string {
	var b strings.Builder
	b.WriteString(layoutReference)
	table(&b, "Front matter of an article", articleKeys())
	table(&b, "Front matter of a letter", letterKeys())
	table(&b, "An item of `"+categoriesFile+"`", categoryKeys())
	table(&b, "An item of `"+departmentsFile+"`", departmentKeys())
	table(&b, "`"+decisionFile+"`", decisionKeys())
	table(&b, "`"+styleFile+"`", styleKeys())
	lettersReference(&b)
	numbersReference(&b)
	limitsReference(&b)
	return b.String()
}

const layoutReference = "#### Files\n\n" +
	"| file | what |\n|---|---|\n" +
	"| `" + factsFile + "` | the numbers, each once, for all languages |\n" +
	"| `" + styleFile + "` | the house style: your domains, words to avoid |\n" +
	"| `ru/`, `en/` | the articles: the same files and anchors in both |\n" +
	"| `<locale>/" + categoriesFile + "` | the categories, in the order players see them |\n" +
	"| `<locale>/" + departmentsFile + "` | who works on requests; `department` of a category names one |\n" +
	"| `<locale>/" + synonymsFile + "` | sets of words that mean the same, `- [withdrawal, payout]`; a word belongs to one set |\n" +
	"| `<locale>/" + decisionFile + "` | how sure search must be to answer; `otvet tune` writes it |\n" +
	"| `<locale>/faq/<slug>.md` | each `## Question? {#anchor}` is one question |\n" +
	"| `<locale>/help/<slug>.md` | a guide; `##` and `###` headings with `{#anchor}` |\n" +
	"| `<locale>/terms/<slug>.md` | Terms: `## 4. Withdrawals {#s4}`, `### 4.2 Times {#c4-2}` |\n" +
	"| `<locale>/terms/<slug>@<date>.md` | the version in force from that day |\n" +
	"| `<locale>/" + lettersDir + "/<name>.md` | a letter or a fixed message |\n" +
	"| names that begin with `_` or `.` | drafts, passed over |\n\n" +
	"Links lead to a file, `[text](../terms/payments.md#c3-2)`, to a section of the same file, `[text](#steps)`, " +
	"or to the contact form, `[text](/contact)`. Raw HTML and images are not shown.\n"

// table writes keys as a table.
func table(b *strings.Builder, title string, keys []key) {
	fmt.Fprintf(b, "\n#### %s\n\n| key | required | meaning |\n|---|---|---|\n", title)
	for _, k := range keys {
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", k.name, k.required, k.meaning)
	}
}

// numbersReference shows how facts are written and read.
func numbersReference(b *strings.Builder) {
	fmt.Fprintf(b, "\n#### Numbers\n\n"+
		"`%s` holds lines such as `withdrawal-review: 24 hours` or `bank-time: 3-5 business days`. "+
		"Units: %s. Currencies: %s. Odds have none.\n\n", factsFile, code(slices.Sorted(maps.Keys(units()))), code(slices.Sorted(maps.Keys(currencies()))))
	b.WriteString("| in an article | English | Russian |\n|---|---|---|\n")
	for _, row := range []struct {
		q     quantity
		forms []string
	}{
		{quantity{low: "24", unit: "hours"}, []string{"", formNumber, formAdj, formAcc, formGen, formDat, formIns, formPre}},
		{quantity{low: "1", high: "5", unit: "business days"}, []string{""}},
		{quantity{low: "2000", unit: "EUR"}, []string{""}},
	} {
		for _, form := range row.forms {
			ref := "{{name" + strings.TrimSuffix(":"+form, ":") + "}}"
			fmt.Fprintf(b, "| `%s` | %s | %s |\n", ref, shownAs(EN, row.q, form), shownAs(RU, row.q, form))
		}
	}
	fmt.Fprintf(b, "\n`{{%s:a stake of €50}}` marks a number that only illustrates; `{{%s:the answer}}` marks what is still to be written.\n",
		exampleMark, writeMark)
}

// lettersReference names every letter with its placeholders.
func lettersReference(b *strings.Builder) {
	b.WriteString("\n#### Letters\n\nA letter is Markdown of paragraphs, lists, headings and emphasis; each goes out as plain text and as HTML. " +
		"It has no links: `{{link}}` on a line of its own becomes a button. It is not sent when one of its placeholders has no value; a paragraph with an optional one is left out then. " +
		"Content without the letters " + code(RequiredLetters()) + " is refused; for any other that is missing in both languages, the program sends a text of its own.\n\n" +
		"| letter | must have | may have | optional |\n|---|---|---|---|\n")
	for _, spec := range LetterSpecs() {
		may := slices.DeleteFunc(slices.Clone(spec.May), func(f string) bool { return slices.Contains(spec.Must, f) })
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", spec.Name, code(spec.Must), code(may), code(spec.Optional))
	}
}

// shownAs returns a quantity in a form that the locale has.
func shownAs(loc Locale, q quantity, form string) string {
	if form != "" && !slices.Contains(forms(loc), form) {
		return ""
	}
	return q.write(loc, form)
}

// limitsReference names the bounds of the checks.
func limitsReference(b *strings.Builder) {
	fmt.Fprintf(b, "\n#### Bounds\n\nA file has at most %d KiB, a line and a paragraph %d KiB, quotes and lists are nested at most %d deep. "+
		"An FAQ answer has %d to %d words and a link; an entry knows at least %d other ways to ask. "+
		"A sentence has at most %d words in English and %d in Russian, in Terms %d and %d.\n",
		maxFile>>10, maxBlock>>10, maxNesting, shortestAnswer, longestAnswer, enoughQuestions,
		longest(EN, FAQ), longest(RU, FAQ), longest(EN, Terms), longest(RU, Terms))
}

// code lists words as code.
func code(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "`" + strings.Join(words, "`, `") + "`"
}
