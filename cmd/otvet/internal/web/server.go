package web

import (
	stdlog "log"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// NewServer returns an HTTP server with every limit set: Go's defaults are none.
func NewServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          stdlog.New(anonymous{log}, "", 0),
	}
}

// anonymous is where http.Server writes its complaints, which name clients by address.
type anonymous struct{ log *slog.Logger }

var address = regexp.MustCompile(`(\d{1,3}(\.\d{1,3}){3}|\[[0-9A-Fa-f:.]+(%\w+)?\])(:\d+)?`)

// Write logs a complaint without addresses.
func (a anonymous) Write(complaint []byte) (int, error) {
	a.log.Debug("http server", "complaint", address.ReplaceAllString(strings.TrimSpace(string(complaint)), "(address)"))
	return len(complaint), nil
}
