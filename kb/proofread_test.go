package kb_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"otvet/kb"
)

const (
	enHelp  = "en/help/first-withdrawal.md"
	enTerms = "en/terms/payments.md"
	enOld   = "en/terms/payments@2025-11-01.md"
)

// checkProofs seeds one defect at a time into the tree of testdata/proofread.txtar and
// compares what Check says of it. Load must say nothing of it: the content can be shown.
func checkProofs(t *testing.T, defects []defect) {
	t.Helper()
	archive, err := os.ReadFile("testdata/proofread.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range defects {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			fsys := tree(string(archive))
			for _, e := range d.edits {
				e(t, fsys)
			}
			load(t, fsys, today())
			_, problems := kb.Check(fsys, today())
			var got []string
			for _, p := range problems {
				got = append(got, p.String())
			}
			if diff := cmp.Diff(strings.TrimSpace(d.want), strings.Join(got, "\n")); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestProofreaderIsSilentOnGoodContent(t *testing.T) {
	t.Parallel()
	checkProofs(t, []defect{{"clean", nil, ""}})
}

// instead is what a number in the English FAQ's first line is replaced by.
func instead(words string) []edit {
	return []edit{replace(enFAQ, "For instance, {{example:€50}} goes", words+" goes")}
}

// typed is the message on a typed number that no fact has.
func typed(place, words string) string {
	return place + `: typed number "` + words + `": write a reference such as {{name}} and its line in facts.yaml, or {{example:` + words + `}} if it only illustrates`
}

func TestTypedNumbers(t *testing.T) {
	t.Parallel()
	at := enFAQ + ":17:190"
	checkProofs(t, []defect{
		{"amount", instead("€50"), typed(at, "€50")},
		{"amount in words", instead("50 euro"), typed(at, "50 euro")},
		{"percentage", instead("50%"), typed(at, "50%")},
		{"odds", instead("1.75"), typed(at, "1.75")},
		{"age", instead("18+"), typed(at, "18+")},
		{"hours", instead("48 hours"), typed(at, "48 hours")},
		{"before a noun", instead("48-hour"), typed(at, "48-hour")},
		{"range", instead("7–9 days"), typed(at, "7–9 days")},
		{"business days", instead("2 business days"), typed(at, "2 business days")},
		{"in letters", instead("two days"), typed(at, "two days")},
		{"one", instead("one month"), typed(at, "one month")},
		{"unnumbered", instead("within an hour"), typed(at, "within an hour")},
		{"count", instead("3 times"), typed(at, "3 times")},
		{"size", instead("10 MB"), typed(at, "10 MB")},
		{
			"known to the facts", instead("24 hours"),
			at + `: typed number "24 hours": write {{withdrawal-review}}, or {{example:24 hours}} if it only illustrates`,
		},
		{
			"known in a form", instead("24-hour"),
			at + `: typed number "24-hour": write {{withdrawal-review:adj}}, or {{example:24-hour}} if it only illustrates`,
		},
		{
			"in the summary",
			[]edit{replace(enHelp, "for the first time.\n", "within 5 minutes.\n")},
			typed(enHelp+":4:33", "5 minutes"),
		},
		{
			"in a summary of two lines",
			[]edit{replace(enHelp, "for the first time.\n", "for the\n  first time in 5 minutes.\n")},
			typed(enHelp+":5:17", "5 minutes"),
		},
		{
			"in a letter",
			[]edit{replace("en/letters/ack.md", "We have received", "Within 2 days we have received")},
			typed("en/letters/ack.md:4:15", "2 days"),
		},
		{
			"in a heading that begins with it",
			[]edit{replace(enHelp, "## What to do", "## 24 hours, what to do")},
			enHelp + `:16:4: typed number "24 hours": write {{withdrawal-review}}, or {{example:24 hours}} if it only illustrates`,
		},
		{
			"twice on a line",
			instead("It takes 7 days or 1.75 hours and"),
			typed(enFAQ+":17:199", "7 days") + "\n" + typed(enFAQ+":17:209", "1.75 hours"),
		},
		{
			"in a table",
			[]edit{replace(enHelp, "| Transfer |", "| 7 days |")},
			typed(enHelp+":22:3", "7 days"),
		},
		{
			"Russian, in a case",
			[]edit{replace(ruFAQ, "Порядок описан", "Через 2 дня порядок описан")},
			typed(ruFAQ+":17:307", "2 дня"),
		},
		{
			"Russian, known in a case",
			[]edit{replace(ruFAQ, "Порядок описан", "До 24 часов порядок описан")},
			ruFAQ + `:17:304: typed number "24 часов": write {{withdrawal-review:gen}}, or {{example:24 часов}} if it only illustrates`,
		},
		{
			"Russian, in letters",
			[]edit{replace(ruFAQ, "Порядок описан", "Три рабочих дня порядок описан")},
			typed(ruFAQ+":17:301", "Три рабочих дня"),
		},
		{
			"Russian, unnumbered",
			[]edit{replace(ruFAQ, "Порядок описан", "В течение суток порядок описан")},
			typed(ruFAQ+":17:301", "В течение суток"),
		},
		{
			"Russian amount",
			[]edit{replace(ruFAQ, "Порядок описан", "Есть 100 рублей порядок описан")},
			typed(ruFAQ+":17:306", "100 рублей"),
		},
		{"two numbers that are none of each other", instead("in step 4 {{withdrawal-review}} a day"), ""},
		{"a year, a version and a step", instead("In 2026, version 3 of step 2"), ""},
		{"one account, once", instead("One account, once, in one request,"), ""},
		{
			"number that was in force",
			[]edit{replace(enOld, "72 hours", "{{withdrawal-review}}")},
			enOld + `:13:26: reference to "withdrawal-review" in an older version: write the number that was in force then`,
		},
		{
			"no facts file: numbers are typed",
			[]edit{
				remove("facts.yaml"), put(ruFAQ, answers("Мы проверяем заявку до 24 часов.")), put(enFAQ, answers("We review within 24 hours.")),
				replace(ruTerms, "{{withdrawal-review:gen}}", "24 часов"), replace(enTerms, "{{withdrawal-review}}", "24 hours"),
				replace(ruTerms, "{{stake-odds}}", "1,60"), replace(enTerms, "{{stake-odds}}", "1.60"),
				replace(ruHelp, "{{withdrawal-bank}}", "3 дня"), replace(enHelp, "{{withdrawal-bank}}", "3 days"),
				put("ru/synonyms.yaml", ""), put("en/synonyms.yaml", ""), remove("ru/synonyms.yaml"), remove("en/synonyms.yaml"),
			},
			"",
		},
	})
}

// answers is an FAQ of one good entry that begins with a sentence.
func answers(sentence string) string {
	ways := []string{"a", "b", "c", "d", "e"}
	return "---\ntitle: Title\ncategory: withdrawals\nsummary: Summary.\nquestions:\n  how-long:\n    - " +
		strings.Join(ways, "\n    - ") + "\nupdated: 2026-10-12\n---\n\n## Heading {#how-long}\n\n" + sentence +
		strings.Repeat(" These are eight words that stand for more.", 5) + " See [the terms](../terms/payments.md).\n"
}

func TestWordsOfTheHouse(t *testing.T) {
	t.Parallel()
	at := enFAQ + ":17:190"
	const decide = "describe the rule and the steps instead; only a person can decide about money"
	const nowhere = "the help section leads nowhere else; if it is yours, list it under domains in style.yaml"
	checkProofs(t, []defect{
		{"promise", instead("We will refund you, and it"), at + `: promise "we will refund": ` + decide},
		{"promise with any ending", instead("Guaranteed, it"), at + `: promise "guarantee*": ` + decide},
		{"Russian promise", []edit{replace(ruFAQ, "Порядок описан", "Мы вернём вам всё, порядок описан")}, ruFAQ + `:17:304: promise "вернём вам": ` + decide},
		{"promise in a letter", []edit{replace("en/letters/ack.md", "We have received", "We promise we have received")}, `en/letters/ack.md:4:8: promise "we promise": ` + decide},
		{"denied promise", instead("We cannot guarantee that it"), ""},
		{"denied promise, further away", instead("We are not in a position to guarantee that it"), ""},
		{"denied promise on the next line", instead("We never\nguarantee that it"), ""},
		{"denial of something else", instead("Do not worry, we guarantee that it"), enFAQ + `:17:207: promise "guarantee*": ` + decide},
		{"more than a promise", instead("We not only guarantee that it"), enFAQ + `:17:202: promise "guarantee*": ` + decide},
		{"denial in the list item before", []edit{replace(enHelp, "1. Open the cashier on demo.example and choose a method.", "- Fees: no\n- Guaranteed payout")}, enHelp + `:19:3: promise "guarantee*": ` + decide},
		{"contracted promise", instead("We'll refund it, and it"), at + `: promise "we'll refund": ` + decide},
		{"promise without its hyphen", instead("A risk free bet"), enFAQ + `:17:192: promise "risk-free": ` + decide},
		{"Russian promise in another order", []edit{replace(ruFAQ, "Порядок описан", "Мы вам вернём всё, порядок описан")}, ruFAQ + `:17:304: promise "вам вернём": ` + decide},
		{"Russian promise, a noun", []edit{replace(ruFAQ, "Порядок описан", "Даём гарантию, порядок описан")}, ruFAQ + `:17:306: promise "гаранти*": ` + decide},
		{"Russian word for what was said", []edit{replace(ruFAQ, "Порядок описан", "Обещанный порядок описан")}, ""},
		{"promise in a category", []edit{replace("en/categories.yaml", "Times and limits.", "Guaranteed times.")}, `en/categories.yaml:3:12: promise "guarantee*": ` + decide},
		{"denial in the sentence before", instead("Not so. Guaranteed, it"), enFAQ + `:17:198: promise "guarantee*": ` + decide},
		{"promotion", instead("A huge amount"), enFAQ + `:17:192: warning: promotion "huge": say what is true without praise`},
		{"Russian promotion", []edit{replace(ruFAQ, "Порядок описан", "Успейте прочесть, порядок описан")}, ruFAQ + `:17:301: warning: promotion "успей*": say what is true without praise`},
		{"word of our own", []edit{
			replace("style.yaml", "brands:", "promotion: {en: [juicy]}\nbrands:"), replace(enFAQ, "For instance, {{example:€50}} goes", "A juicy sum goes"),
		}, enFAQ + `:17:192: warning: promotion "juicy": say what is true without praise`},
		{"brand", instead("Acme Bet"), at + `: another brand, "acme bet": write what it is instead, such as "an e-wallet"`},
		{"brand that has something", instead("Wallet24's fee"), at + `: another brand, "wallet24": write what it is instead, such as "an e-wallet"`},
		{"brand with a hyphen", instead("An acme-bet"), enFAQ + `:17:193: another brand, "acme bet": write what it is instead, such as "an e-wallet"`},
		{"foreign address", instead("On casino.example it"), enFAQ + `:17:193: foreign address "casino.example": the help section leads nowhere else; if it is yours, list it under domains in style.yaml`},
		{"foreign link", instead("[This](https://play.bet/x)"), enFAQ + `:17:205: foreign address "play.bet": the help section leads nowhere else; if it is yours, list it under domains in style.yaml`},
		{"foreign e-mail", instead("help@demo-example.com"), enFAQ + `:17:195: foreign address "demo-example.com": the help section leads nowhere else; if it is yours, list it under domains in style.yaml`},
		{"below our domain", instead("On help.demo.example it"), ""},
		{"our domain in capitals", []edit{replace("style.yaml", "[demo.example]", "[Demo.Example]")}, ""},
		{"older version by its file", instead("[This](../terms/payments@2025-11-01.md)"), ""},
		{"foreign address that begins like ours", instead("On demo.example.evil.zz it"), enFAQ + `:17:193: foreign address "demo.example.evil.zz": ` + nowhere},
		{"foreign link to any ending", instead("[This](https://evil.zz/x)"), enFAQ + `:17:205: foreign address "evil.zz": ` + nowhere},
		{"foreign link to a machine", instead("[This](https://192.0.2.1/x)"), enFAQ + `:17:205: foreign address "192.0.2.1": ` + nowhere},
		{"foreign address in Cyrillic", []edit{replace(ruFAQ, "Порядок описан", "На казино.рф порядок описан")}, ruFAQ + `:17:304: foreign address "казино.рф": ` + nowhere},
		{"Europe", instead("On europa.eu it"), enFAQ + `:17:193: foreign address "europa.eu": ` + nowhere},
		{"dead platform in another spelling", instead("[It](https://webgate.EC.europa.eu/odr) goes"), enFAQ + `:17:203: dead address webgate.EC.europa.eu/odr: the platform closed in July 2025; name the dispute service that serves you`},
		{"dead platform", []edit{replace("style.yaml", "[demo.example]", "[demo.example, europa.eu]"), replace(enFAQ, "For instance, {{example:€50}} goes", "[It](https://ec.europa.eu/consumers/odr) goes")}, enFAQ + `:17:203: dead address ec.europa.eu/consumers/odr: the platform closed in July 2025; name the dispute service that serves you`},
		{"exclamation mark", instead("It is paid! It"), enFAQ + `:17:200: warning: exclamation mark: a reader in trouble hears shouting; end the sentence with a full stop`},
		{"style that cannot be read", []edit{put("style.yaml", "domain: x\n")}, `style.yaml:1:1: unknown key "domain": the keys here are domains, brands, promises, promotion, letter-promises, letter-offers, letter-rights, letter-internal`},
	})
}

func TestReadability(t *testing.T) {
	t.Parallel()
	long := strings.TrimSpace(strings.Repeat("word ", 30))
	checkProofs(t, []defect{
		{"long sentence", instead("The " + long + " it"), enFAQ + `:17:190: warning: sentence of 37 words: up to 30 read well; make two of it`},
		{"long Russian sentence", []edit{replace(ruHelp, "Инструкция в", strings.Repeat("слово ", 24)+"в")}, ruHelp + `:14:1: warning: sentence of 27 words: up to 25 read well; make two of it`},
		{"Terms may be longer", []edit{replace(enTerms, "We review", long+" we review")}, ""},
		{"but not without end", []edit{replace(enTerms, "We review", long+" and "+long[:24]+" we review")}, enTerms + `:13:1: warning: sentence of 43 words: up to 40 read well; make two of it`},
		{"list item", []edit{replace(enHelp, "1. Open the cashier", "1. Open "+long)}, enHelp + `:18:1: warning: sentence of 39 words: up to 30 read well; make two of it`},
		{"short answer", []edit{replace(enFAQ, " If the time has passed, [write to us](/contact) with the number of the request.", ""), replace(enFAQ, "We never guarantee that the bank is faster.", ""), replace(enFAQ, " For instance, {{example:€50}} goes out in one request.", "")}, enFAQ + `:15:1: warning: answer of 36 words: give the exceptions and the next step too; 40 to 120 words`},
		{"long answer", instead(strings.Repeat("Some words. ", 40) + "It"), enFAQ + `:15:1: warning: answer of 144 words: move the details into a guide; 40 to 120 words`},
		{"answer without a link", []edit{replace(enFAQ, "[clause 1.10](../terms/payments.md#c1-10)", "the terms, as they stand"), replace(enFAQ, "[write to us](/contact)", "write to us")}, enFAQ + `:15:1: warning: answer without a link: lead to the clause or the guide that it rests on`},
		{"few questions", []edit{replace(enFAQ, "    - how many days to my card\n", "")}, enFAQ + `:14:1: warning: known in 4 other ways to ask: write at least 5 under questions, as players type them`},
		{"few questions of a guide", []edit{replace(enHelp, "  - never took money out before\n", "")}, enHelp + `:1:1: warning: known in 4 other ways to ask: write at least 5 under questions, as players type them`},
		{"question that is the title", []edit{replace(enHelp, "- first payout what do i do", "- your first withdrawal")}, enHelp + `:7:5: warning: question "your first withdrawal" only repeats the title or the heading: write it as a player types it`},
	})
}

func TestDatesAndTranslations(t *testing.T) {
	t.Parallel()
	checkProofs(t, []defect{
		{"translation older than its original", []edit{replace(enFAQ, "updated: 2026-10-12", "updated: 2026-10-11")}, enFAQ + `:12:1: warning: older than its translation ru/faq/withdrawals.md (2026-10-12): bring it up to date, then write the same day`},
		{"review day passed", []edit{replace(enFAQ, "updated: 2026-10-12", "updated: 2026-10-12\nreview: 2026-11-01")}, enFAQ + `:13:1: warning: to be reviewed by 2026-11-01: read it against the rules of today, then write a new "updated" (and "review", if it has one)`},
		{"review day is today", []edit{replace(enFAQ, "updated: 2026-10-12", "updated: 2026-10-12\nreview: 2026-11-20")}, ""},
		{"a year without an update", []edit{replace(enHelp, "2026-10-12", "2025-11-19"), replace(ruHelp, "2026-10-12", "2025-11-19")}, `
en/help/first-withdrawal.md:11:1: warning: to be reviewed by 2026-11-19: read it against the rules of today, then write a new "updated" (and "review", if it has one)
ru/help/first-withdrawal.md:11:1: warning: to be reviewed by 2026-11-19: read it against the rules of today, then write a new "updated" (and "review", if it has one)`},
		{"changed tomorrow", []edit{replace(enHelp, "2026-10-12", "2026-12-24"), replace(ruHelp, "2026-10-12", "2026-12-24")}, `
en/help/first-withdrawal.md:11:1: warning: updated is 2026-12-24, which is still to come: write the day of the change
ru/help/first-withdrawal.md:11:1: warning: updated is 2026-12-24, which is still to come: write the day of the change`},
		{"fact in one language only", []edit{replace(ruFAQ, ", в день можно вывести {{withdrawal-daily}}", "")}, enFAQ + `:15:1: warning: names "withdrawal-daily", and ru/faq/withdrawals.md#how-long does not: say the same in every language`},
		{"fact that nobody uses", []edit{replace("facts.yaml", "stake-odds", "old-fee: 5 percent\nstake-odds")}, `facts.yaml:5:1: warning: "old-fee" is used nowhere: write {{old-fee}} where the number belongs, or remove the line`},
	})
}

// TestTermsAndFactsAgreeOnEachDay: an FAQ must not say today what the Terms say from next year on.
func TestTermsAndFactsAgreeOnEachDay(t *testing.T) {
	t.Parallel()
	later := []edit{
		replace(ruTerms, "effective: 2026-06-01", "effective: 2027-01-01"), replace(enTerms, "effective: 2026-06-01", "effective: 2027-01-01"),
		replace(ruFAQ, "payments.md#c1-10", "payments.md#c1-1"), replace(enFAQ, "payments.md#c1-10", "payments.md#c1-1"),
	}
	checkProofs(t, []defect{
		{"number of next year, shown today", later, `
facts.yaml:3:1: "withdrawal-review" is 24 hours already, but en/terms/payments@2025-11-01.md, in force until 2026-12-31, does not say so in #c1-1: change the number on the day on which it takes effect
facts.yaml:3:1: "withdrawal-review" is 24 часа already, but ru/terms/payments@2025-11-01.md, in force until 2026-12-31, does not say so in #c1-1: change the number on the day on which it takes effect`},
		{"the same number in both versions", slices.Concat(later, []edit{
			replace(enOld, "72 hours", "24 hours"), replace("ru/terms/payments@2025-11-01.md", "до 72 часов", "в течение 24 часов"),
		}), ""},
		{"changed while in force", []edit{replace(enTerms, "2026-05-01", "2026-07-01"), replace(ruTerms, "2026-05-01", "2026-07-01")}, `
en/terms/payments.md:5:1: warning: changed on 2026-07-01, after it took effect on 2026-06-01: what players agreed to must stay; write a new version with "otvet new terms"
ru/terms/payments.md:5:1: warning: changed on 2026-07-01, after it took effect on 2026-06-01: what players agreed to must stay; write a new version with "otvet new terms"`},
	})
}

func TestSynonymsAreProofread(t *testing.T) {
	t.Parallel()
	checkProofs(t, []defect{
		{"word that occurs nowhere", []edit{put("en/synonyms.yaml", "- [withdrawal, payout, disbursement]\n")}, `en/synonyms.yaml:1:24: warning: "disbursement" stands in no article and no question: write it under the questions that it helps, or remove it`},
		{"word of a phrase", []edit{put("en/synonyms.yaml", "- [withdrawal, taking zebras out]\n")}, `en/synonyms.yaml:1:16: warning: "taking" stands in no article and no question: write it under the questions that it helps, or remove it`},
		{"circle", []edit{put("en/synonyms.yaml", "- [withdrawal, payout request]\n- [request, withdrawal number]\n")}, `
en/synonyms.yaml:1:4: synonyms lead in a circle: a phrase of this set holds a word whose set leads back here; take the phrase out of one
en/synonyms.yaml:2:4: synonyms lead in a circle: a phrase of this set holds a word whose set leads back here; take the phrase out of one`},
		{"phrase that holds its own word", []edit{put("en/synonyms.yaml", "- [bank, bank transfer]\n")}, ""},
	})
}

// TestSeverities: what may stop a release, and what an editor decides.
func TestSeverities(t *testing.T) {
	t.Parallel()
	archive, err := os.ReadFile("testdata/proofread.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := tree(string(archive))
	for _, e := range instead("A huge 48 hours") {
		e(t, fsys)
	}
	_, problems := kb.Check(fsys, today())
	got := slices.Collect(func(yield func(kb.Severity) bool) {
		for _, p := range problems {
			if !yield(p.Severity) {
				return
			}
		}
	})
	if diff := cmp.Diff([]kb.Severity{kb.Warning, kb.Error}, got); diff != "" {
		t.Errorf("severities (-want +got):\n%s", diff)
	}
}
