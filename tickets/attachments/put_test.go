package attachments_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"otvet/tickets"
	"otvet/tickets/attachments"
)

// archive returns a ZIP file with entries of these names.
func archive(t *testing.T, names ...string) []byte {
	t.Helper()
	return encoded(t, func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, name := range names {
			f, err := z.Create(name)
			if err != nil {
				return err
			}
			if _, err := f.Write([]byte("<x/>")); err != nil {
				return err
			}
		}
		return z.Close()
	})
}

func inUTF16(text string) []byte {
	b := []byte("\xff\xfe")
	for _, unit := range utf16.Encode([]rune(text)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return b
}

func TestDocumentsAreKeptAsTheyAre(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t)
	word := archive(t, "[Content_Types].xml", "_rels/.rels", "word/document.xml")
	for _, c := range []struct {
		name, want, mime string
		data             []byte
	}{
		{"чек.pdf", "чек.pdf", "application/pdf", []byte(pdf)},
		{"app.log", "app.log", "text/plain", []byte("2026-11-22 10:00 ошибка E-17\n")},
		{"app.log", "app.log", "text/plain", inUTF16("2026-11-22 10:00 ошибка E-17\r\n")},
		{"old.txt", "old.txt", "text/plain", []byte("\xce\xf8\xe8\xe1\xea\xe0 17\n")}, // "Ошибка" in Windows-1251
		{"run.bat", "run.bat.txt", "text/plain", []byte("echo this is only a text\n")},
		{"state.json", "state.json", "application/json", []byte(`{"error": 17, "at": "home"}`)},
		{"claim.docx", "claim.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word},
		{"bets", "bets.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", archive(t, "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")},
	} {
		a := put(t, s, c.data, c.name)
		if a.Name != c.want || a.MIME != c.mime || a.Picture() || !bytes.Equal(read(t, s, a.Hash), c.data) {
			t.Errorf("%s is kept as %+v", c.name, a)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t)
	const page = `<!DOCTYPE html><html><body><script>alert(1)</script></body></html>`
	for _, c := range []struct {
		what, name string
		data       []byte
		code       tickets.Code
	}{
		{"page", "photo.jpg", []byte(page), tickets.TypeRefused},
		{"page in UTF-16", "log.txt", inUTF16(page), tickets.TypeRefused},
		{"XHTML", "x.txt", []byte(`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>`), tickets.TypeRefused},
		{"SVG", "a.png", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), tickets.TypeRefused},
		{"Windows program", "a.pdf", append([]byte("MZ\x90\x00"), make([]byte, 200)...), tickets.TypeRefused},
		{"Linux program", "a", append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 200)...), tickets.TypeRefused},
		{"shell script", "a.txt", []byte("#!/bin/sh\nrm -rf /\n"), tickets.TypeRefused},
		{"PHP", "a.log", []byte("<?php system($_GET['c']);"), tickets.TypeRefused},
		{"unknown bytes", "a.log", []byte("\x00\x01\x02\x03\xfe\xff\x00\x17"), tickets.TypeRefused},
		{"text with bytes behind its beginning", "a.log", append([]byte(strings.Repeat("log\n", 1000)), 0, 1, 2), tickets.TypeRefused},
		{"ZIP", "a.docx", archive(t, "a.txt"), tickets.TypeRefused},
		{"document with macros", "a.docx", archive(t, "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/vbaProject.bin"), tickets.TypeRefused},
		{"document that leads out", "a.docx", archive(t, "[Content_Types].xml", "_rels/.rels", "word/document.xml", "../../x"), tickets.TypeRefused},
		{"document cut off", "a.docx", archive(t, "[Content_Types].xml", "_rels/.rels", "word/document.xml")[:200], tickets.Damaged},
		{"PDF that is a ZIP too", "a.pdf", append([]byte(pdf), archive(t, "x.html")...), tickets.TypeRefused},
		{"PDF cut off", "a.pdf", []byte(pdf[:40]), tickets.Damaged},
		{"nothing", "a.txt", nil, tickets.Damaged},
	} {
		_, err := s.Put(t.Context(), bytes.NewReader(c.data), c.name)
		if code := codeOf(err); code != c.code {
			t.Errorf("%s: %v, want %s", c.what, err, c.code)
		}
	}
	if names := kept(t, dir); len(names) != 0 {
		t.Errorf("left behind: %v", names)
	}
}

func TestTheLargestFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := attachments.Open(dir, attachments.Limits{File: 1000})
	put(t, s, bytes.Repeat([]byte("a"), 1000), "a.txt")
	if _, err := s.Put(t.Context(), strings.NewReader(strings.Repeat("a", 1001)), "a.txt"); codeOf(err) != tickets.FileTooLarge {
		t.Errorf("one byte more: %v", err)
	}
}

func TestTheFolderHoldsOnlySoMuch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := attachments.Open(dir, attachments.Limits{Total: 1000})
	const log = "2026-11-22 10:00 error\n"
	var err error
	for i := 0; err == nil && i < 100; i++ {
		_, err = s.Put(t.Context(), strings.NewReader(strings.Repeat(log, i+1)), "a.log")
	}
	if codeOf(err) != tickets.QuotaReached {
		t.Fatalf("the folder never gets full: %v", err)
	}
	put(t, s, []byte(log), "again.log") // which takes no more room
	var size int64
	for _, name := range kept(t, dir) {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	if size > 1000 {
		t.Errorf("%d bytes are kept", size)
	}
}

func TestEqualFilesAreKeptOnce(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t)
	first, second := put(t, s, []byte(pdf), "a.pdf"), put(t, s, []byte(pdf), "b.pdf")
	if first.Hash != second.Hash || second.Name != "b.pdf" {
		t.Errorf("%+v and %+v", first, second)
	}
	if names := kept(t, dir); len(names) != 1 || names[0] != first.Hash[:2]+"/"+first.Hash[2:4]+"/"+first.Hash {
		t.Errorf("the folder holds %v", names)
	}
}

func TestNoNameReachesTheDisk(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t)
	for _, name := range []string{
		"../../etc/passwd", `..\..\win.ini`, "nul\x00.txt", "\u200b.htaccess", "a\u202egnp.exe", strings.Repeat("я", 300) + ".log", "", ".", "..",
		"con.txt", "a\r\nSet-Cookie: x=y.txt", "\xff\xfe.txt", "x.php;.jpg", `"quoted".txt`,
	} {
		a := put(t, s, []byte("canary "+name[:0]+"\n"), name)
		if strings.ContainsAny(a.Name, "/\\\x00\r\n\u202e\u200b\"") || len([]rune(a.Name)) > tickets.MaxFileName {
			t.Errorf("%q became %q", name, a.Name)
		}
	}
	if names := kept(t, dir); len(names) != 2 { // the file and its preview
		t.Errorf("the folder holds %v", names)
	}
}

func TestASenderWhoGoesAwayLeavesNothing(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t)
	gone := errors.New("connection reset")
	_, err := s.Put(t.Context(), io.MultiReader(strings.NewReader("text"), &broken{gone}), "a.txt")
	if !errors.Is(err, gone) || errors.Is(err, attachments.ErrUnavailable) || len(kept(t, dir)) != 0 {
		t.Errorf("%v, left behind: %v", err, kept(t, dir))
	}
}

type broken struct{ err error }

func (b *broken) Read([]byte) (int, error) { return 0, b.err }

func TestPreviewsHideSecrets(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t)
	const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N"
	log := "2026-11-22 10:00:01 GET /bets\nAuthorization: Bearer " + jwt + "\ncard=4111 1111 1111 1111\n" +
		"{\"password\": \"hunter2 and more\"}\nпароль: Секрет99\n" + strings.Repeat("x", 1000) + "\n" + strings.Repeat("line\n", 8000) + jwt
	a := put(t, s, []byte(log), "a.log")
	got, err := s.Preview(a.Hash)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"eyJ", "4111 1111", "41111111", "hunter2", "more", "Секрет99"} {
		if strings.Contains(got, secret) {
			t.Errorf("the preview shows %s", secret)
		}
	}
	for _, want := range []string{"2026-11-22 10:00:01 GET /bets", "411111•••••1111"} {
		if !strings.Contains(got, want) {
			t.Errorf("the preview lacks %s: %.300s", want, got)
		}
	}
	if len(got) > 21<<10 {
		t.Errorf("the preview has %d bytes", len(got))
	}
	if !bytes.Equal(read(t, s, a.Hash), []byte(log)) {
		t.Error("the file is not what was sent")
	}
}
