package attachments_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"otvet/tickets"
	"otvet/tickets/attachments"
)

func newStore(t *testing.T) (*attachments.Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "files")
	return attachments.Open(dir, attachments.Limits{}), dir
}

func put(t *testing.T, s *attachments.Store, data []byte, name string) tickets.Attachment {
	t.Helper()
	a, err := s.Put(t.Context(), bytes.NewReader(data), name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return a
}

// codeOf returns why a file was refused, or "".
func codeOf(err error) tickets.Code {
	var refused *attachments.RefusedError
	if errors.As(err, &refused) {
		return refused.Code
	}
	return ""
}

func read(t *testing.T, s *attachments.Store, hash string) []byte {
	t.Helper()
	f, err := s.Get(hash)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// kept lists the files in the folder, without its key.
func kept(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != "key" {
			names = append(names, strings.TrimPrefix(path, dir+"/"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// drawing is a picture with one red corner, top left.
func drawing(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{0, 0, uint8(x + y), 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{255, 0, 0, 255}
			}
			m.Set(x, y, c)
		}
	}
	return m
}

func encoded(t *testing.T, encode func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t *testing.T, m image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return png.Encode(w, m) })
}

func jpegOf(t *testing.T, m image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return jpeg.Encode(w, m, nil) })
}

func gifOf(t *testing.T, m image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return gif.Encode(w, m, nil) })
}

// exif returns an APP1 segment with an orientation and a place.
func exif(orientation uint16) []byte {
	order := binary.LittleEndian
	b := []byte("II*\x00\x08\x00\x00\x00")
	entry := func(tag, kind uint16, count, value uint32) {
		b = order.AppendUint16(order.AppendUint16(b, tag), kind)
		b = order.AppendUint32(order.AppendUint32(b, count), value)
	}
	b = order.AppendUint16(b, 2)
	entry(0x0112, 3, 1, uint32(orientation))
	entry(0x8825, 4, 1, 38) // where the GPS directory is
	b = order.AppendUint32(b, 0)
	b = order.AppendUint16(b, 1)
	entry(0x0002, 5, 3, 56) // latitude
	b = append(order.AppendUint32(b, 0), "GPSCANARY-55.7558-37.6173"...)
	segment := append([]byte("Exif\x00\x00"), b...)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(segment)+2)), segment...)
}

// withSegment puts a segment behind the start of a JPEG.
func withSegment(picture, segment []byte) []byte {
	return append(append(append([]byte{}, picture[:2]...), segment...), picture[2:]...)
}

// hugePNG is a few bytes that claim to be a picture of w × h.
func hugePNG(w, h uint32) []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h)
	head = append(head, 8, 6, 0, 0, 0)
	b = append(binary.BigEndian.AppendUint32(b, uint32(len(head)-4)), head...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(head))
}

const pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
