package main

import (
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"otvet/cmd/otvet/internal/desk"
	"otvet/kb"
	"otvet/tickets"
)

// Settings are declared with the tag "setting", which names their environment variable:
// the program's environment is an argument, and kong's own tag would read the process's.

// contentFlags say which articles to use.
type contentFlags struct {
	Content folder `placeholder:"DIR" setting:"OTVET_CONTENT" help:"Folder with the articles, a checkout of your own content. Without it, the articles of the invented operator Demo Bet, which are compiled in."`
}

// indexFlags say where analysed articles are kept.
type indexFlags struct {
	IndexDir string `name:"index-dir" placeholder:"DIR" setting:"OTVET_INDEX_DIR" help:"Folder that keeps the search index, so that a start with the same articles takes a moment; safe to delete, and several processes may share it. Without it, serve uses index below --data and other commands keep nothing; none keeps nothing."`
}

// databaseFlags say where tickets are kept.
type databaseFlags struct {
	DatabaseURL string `name:"database-url" placeholder:"URL" setting:"DATABASE_URL" secret:"address" help:"PostgreSQL server to use, as postgres://USER:PASSWORD@HOST/DATABASE. Without it, a private server below --data."`
	Data        string `default:"./.otvet" placeholder:"DIR" setting:"OTVET_DATA" help:"Folder for the private PostgreSQL server and the search index (${default})."`
}

// fileFlags say where attachments are kept and how many.
type fileFlags struct {
	Dir    string   `name:"dir" placeholder:"DIR" setting:"OTVET_FILES_DIR" help:"Folder for the files that players and agents attach; all replicas must share it. Without it, files below --data."`
	Limit  fileSize `default:"10" placeholder:"MB" setting:"OTVET_FILES_LIMIT" help:"Largest file, in megabytes, at most 25 (${default})."`
	Quota  positive `default:"10240" placeholder:"MB" setting:"OTVET_FILES_QUOTA" help:"Most that the folder may hold, in megabytes (${default})."`
	PerDay positive `name:"per-day" default:"60" placeholder:"N" setting:"OTVET_FILES_PER_DAY" help:"Files that one client may send in 24 hours (${default})."`
}

// identityFlags say who runs the site and where.
type identityFlags struct {
	BaseURL    baseURL `name:"base-url" placeholder:"URL" setting:"OTVET_BASE_URL" help:"Address at which players reach the site, for links in letters and in the API, such as https://help.example.com. Without it, serve takes the address it listens on, and ask shows paths."`
	Operator   string  `default:"Demo Bet" placeholder:"NAME" setting:"OTVET_OPERATOR" help:"Name of the operator on pages and in letters (${default})."`
	HelplineRU string  `name:"helpline-ru" default:"[телефон помощи: задайте OTVET_HELPLINE_RU]" placeholder:"TEXT" setting:"OTVET_HELPLINE_RU" help:"Help with gambling, for readers of Russian: name, telephone, address. Stands on every page and in the safety message."`
	HelplineEN string  `name:"helpline-en" default:"[helpline: set OTVET_HELPLINE_EN]" placeholder:"TEXT" setting:"OTVET_HELPLINE_EN" help:"The same for readers of English."`

	DisputeServiceRU string `name:"dispute-service-ru" default:"Для этого сайта не назначена. Ваши права по закону вашей страны, включая право обратиться в суд, остаются за вами." placeholder:"TEXT" setting:"OTVET_DISPUTE_SERVICE_RU" help:"Who decides disputes with players independently, for readers of Russian: name, address, how to apply, that it is free. Stands in letters that tell a decision. Without it, they say that there is none."`
	DisputeServiceEN string `name:"dispute-service-en" default:"None is named for this site. Your rights under the law of your country, the right to go to court included, remain yours." placeholder:"TEXT" setting:"OTVET_DISPUTE_SERVICE_EN" help:"The same for readers of English."`
}

// siteFlags say how the site presents itself and what it allows.
type siteFlags struct {
	identityFlags
	TimeZone     zone `default:"UTC" placeholder:"ZONE" setting:"OTVET_TIME_ZONE" help:"Time zone in which times are shown and terms are counted, such as Europe/Berlin (${default})."`
	rulesFlags   `embed:""`
	EditURL      desk.EditURL `name:"edit-url" placeholder:"URL" setting:"OTVET_EDIT_URL" help:"Where your editors change an article, for links on the desk: an address with {file} for the path in the content and, if you like, {line}, such as https://git.example.com/kb/edit/main/content/{file}#L{line}. Without it, the desk names files as text."`
	mailFlags    `embed:"" prefix:"smtp-" group:"Mail:"`
	playerFlags  `embed:"" prefix:"player-" group:"Players:"`
	limitFlags   `embed:"" group:"Limits:"`
	loggingFlags `embed:"" prefix:"log-" group:"Log:"`
}

// mailFlags say how letters leave.
type mailFlags struct {
	Host     string `placeholder:"HOST" setting:"OTVET_SMTP_HOST" help:"Mail server for letters to players. Without it, letters are only noted in the log."`
	Port     int    `default:"587" placeholder:"PORT" setting:"OTVET_SMTP_PORT" help:"Its port (${default})."`
	User     string `placeholder:"NAME" setting:"OTVET_SMTP_USER" help:"User name at the mail server."`
	Password string `placeholder:"TEXT" setting:"OTVET_SMTP_PASSWORD" secret:"" help:"Password at the mail server."`
	From     string `placeholder:"ADDRESS" setting:"OTVET_SMTP_FROM" help:"Sender of letters, such as Demo Bet <help@example.com>."`
	TLS      string `name:"tls" enum:"mandatory,opportunistic,none" default:"mandatory" setting:"OTVET_SMTP_TLS" help:"Encryption to the mail server: mandatory, opportunistic or none (${default})."`
}

// limitFlags bound what one client may do.
type limitFlags struct {
	TrustedProxies  []netip.Prefix `placeholder:"NET" setting:"OTVET_TRUSTED_PROXIES" help:"Networks of your reverse proxies, whose X-Forwarded-For is believed, such as 10.0.0.0/8. Without them the header is ignored."`
	RateLimit       positive       `default:"300" placeholder:"N" setting:"OTVET_RATE_LIMIT" help:"Requests a minute that one client may make (${default})."`
	TicketRateLimit positive       `default:"20" placeholder:"N" setting:"OTVET_TICKET_RATE_LIMIT" help:"Of these, how many may send a ticket, by the form or the API (${default})."`
}

// loggingFlags say what is written to standard error. No text of players and no address
// of theirs is ever part of it.
type loggingFlags struct {
	Level  slog.Level `default:"info" placeholder:"LEVEL" setting:"OTVET_LOG_LEVEL" help:"Least level that is written: debug, info, which has a line for each request, warn or error (${default})."`
	Format string     `enum:"text,json" default:"text" setting:"OTVET_LOG_FORMAT" help:"Form of the log on standard error: text or json (${default})."`
}

// settings are all settings of the server.
type settings struct {
	Addr  string        `default:"127.0.0.1:8080" placeholder:"HOST:PORT" setting:"OTVET_ADDR" help:"Address to listen on (${default})."`
	Drain time.Duration `default:"0s" placeholder:"TIME" setting:"OTVET_DRAIN" help:"How long to go on serving after a signal to stop, with /readyz already saying no, so that a load balancer can turn away (${default})."`
	contentFlags
	indexFlags
	databaseFlags
	siteFlags
	Files fileFlags `embed:"" prefix:"files-" group:"Attachments:"`
}

// lacksHelpline reports whether a placeholder stands where people look for help.
func (i identityFlags) lacksHelpline() bool {
	return strings.Contains(i.HelplineRU+i.HelplineEN, "OTVET_HELPLINE_")
}

// helpline returns the words about help with gambling in a language.
func (i identityFlags) helpline(lang string) string {
	if lang == "ru" {
		return i.HelplineRU
	}
	return i.HelplineEN
}

// disputeService returns who may be asked when a player and the operator do not agree.
func (i identityFlags) disputeService(l kb.Locale) string {
	if l == kb.RU {
		return i.DisputeServiceRU
	}
	return i.DisputeServiceEN
}

// environment is the source of settings that are not given as flags. An empty variable
// counts as not set.
func environment(lookup func(string) (string, bool)) kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, f *kong.Flag) (any, error) {
		name := f.Tag.Get("setting")
		if name == "" {
			return nil, nil // kong's sign for "not mine"
		}
		if value, ok := lookup(name); ok && value != "" {
			return value, nil
		}
		return nil, nil
	})
}

// describeSetting adds the environment variable to a flag's help.
func describeSetting(v *kong.Value) string {
	name := v.Tag.Get("setting")
	if name == "" {
		return v.Help
	}
	return v.Help + " $" + name
}

// baseURL is the site's address without a slash at the end; nil until known. The URL is
// not embedded: kong would take its UnmarshalBinary.
type baseURL struct{ url *url.URL }

// UnmarshalText reads an address: http or https, a host, and nothing after it, since the
// pages' own links begin at the root.
func (b *baseURL) UnmarshalText(text []byte) error {
	u, err := url.Parse(strings.TrimSuffix(string(text), "/"))
	if err != nil {
		return err
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("%q is not of the form https://HOST", text)
	}
	b.url = u
	return nil
}

// String returns the address, empty when there is none.
func (b baseURL) String() string {
	if b.url == nil {
		return ""
	}
	return b.url.String()
}

// zone is a time zone.
type zone struct{ *time.Location }

// UnmarshalText reads a name of the time zone database.
func (z *zone) UnmarshalText(text []byte) error {
	location, err := time.LoadLocation(string(text))
	if err != nil {
		return err
	}
	z.Location = location
	return nil
}

// positive is a number from 1.
type positive int

// Validate implements kong's check of a value.
func (p positive) Validate() error {
	if p < 1 {
		return fmt.Errorf("must be at least 1")
	}
	return nil
}

// fileSize is a number of megabytes that one message can carry.
type fileSize int

// Validate implements kong's check of a value.
func (s fileSize) Validate() error {
	if s < 1 || s > tickets.MaxMessageSize>>20 {
		return fmt.Errorf("must be 1 to %d", tickets.MaxMessageSize>>20)
	}
	return nil
}

// folder is a folder that must be there.
type folder string

// Validate implements kong's check of a value.
func (f folder) Validate() error {
	if f == "" {
		return nil
	}
	info, err := os.Stat(string(f))
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is not a folder", f)
	}
	return err
}
