package web_test

import (
	"bytes"
	"errors"
	"log/slog"
	"net"
	"strings"
	"testing"

	"otvet/cmd/otvet/internal/web"
)

func TestTheServersComplaintsNameNoClient(t *testing.T) {
	t.Parallel()
	for _, complaint := range []string{
		"http: TLS handshake error from 203.0.113.7:4711: EOF",
		"http: panic serving [2001:db8::1]:4711: boom",
		"read tcp 192.0.2.1:80->203.0.113.7:4711: connection reset",
	} {
		var log bytes.Buffer
		handler := slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})
		web.NewServer(nil, slog.New(handler)).ErrorLog.Print(complaint)
		if text := log.String(); !strings.Contains(text, "(address)") || strings.Contains(text, "4711") || strings.Contains(text, "203") {
			t.Errorf("%q is logged as %s", complaint, text)
		}
	}
}

func TestABrokenConnectionNamesNoClient(t *testing.T) {
	t.Parallel()
	broken := &net.OpError{Op: "read", Net: "tcp", Addr: &net.TCPAddr{IP: net.IPv4(203, 0, 113, 7)}, Err: errors.New("reset")}
	if got := web.Unread("form", broken).Error(); got != "read form: reset" {
		t.Errorf("got %q", got)
	}
}
