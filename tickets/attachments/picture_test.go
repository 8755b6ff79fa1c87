package attachments_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"runtime"
	"testing"
	"time"

	"otvet/tickets"
)

func TestThePlaceOfAPhotoIsGone(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t)
	photo := withSegment(jpegOf(t, drawing(64, 32)), exif(1))
	if !bytes.Contains(photo, []byte("GPSCANARY")) {
		t.Fatal("no test: the photo says nothing")
	}
	a := put(t, s, photo, "IMG_0001.JPG")
	got := read(t, s, a.Hash)
	for _, canary := range []string{"GPSCANARY", "Exif"} {
		if bytes.Contains(got, []byte(canary)) {
			t.Errorf("what is kept holds %s", canary)
		}
	}
	if a.MIME != "image/jpeg" || a.Name != "IMG_0001.JPG" || a.Width != 64 || a.Height != 32 || a.Size != int64(len(got)) {
		t.Errorf("kept as %+v", a)
	}
}

// The red corner of an upright picture is top left, whatever the file's orientation is.
func TestPhotosStandUpright(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t)
	for orientation, corner := range map[uint16]image.Point{
		1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {0, 1}, 7: {1, 1}, 8: {1, 0},
	} {
		m := image.NewRGBA(image.Rect(0, 0, 64, 32))
		for i := range m.Pix {
			m.Pix[i] = 255
		}
		for y := range 16 {
			for x := range 32 {
				m.Set(x+32*corner.X, y+16*corner.Y, color.RGBA{255, 0, 0, 255})
			}
		}
		a := put(t, s, withSegment(jpegOf(t, m), exif(orientation)), "photo.jpg")
		got, err := jpeg.Decode(bytes.NewReader(read(t, s, a.Hash)))
		if err != nil {
			t.Fatal(err)
		}
		if wide := orientation < 5; wide != (a.Width == 64 && a.Height == 32) {
			t.Errorf("orientation %d: %d × %d", orientation, a.Width, a.Height)
		}
		if _, g, _, _ := got.At(2, 2).RGBA(); g > 0x4000 {
			t.Errorf("orientation %d: the corner is %v", orientation, got.At(2, 2))
		}
		if _, g, _, _ := got.At(a.Width-3, a.Height-3).RGBA(); g < 0xc000 {
			t.Errorf("orientation %d: the other corner is %v", orientation, got.At(a.Width-3, a.Height-3))
		}
	}
}

func TestPicturesAreDrawnAnew(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t)
	const page = `<html><script>alert(1)</script>`
	m := drawing(40, 40)
	for _, c := range []struct {
		what, name, want, mime string
		data                   []byte
	}{
		{"JPEG with a page behind", "a.jpg", "a.jpg", "image/jpeg", append(jpegOf(t, m), page...)},
		{"JPEG with a page as a comment", "b.jpeg", "b.jpeg", "image/jpeg", withSegment(jpegOf(t, m), append([]byte{0xff, 0xfe, 0, byte(len(page) + 2)}, page...))},
		{"PNG with a page behind", "c.png", "c.png", "image/png", append(pngOf(t, m), page...)},
		{"GIF with a page behind", "d.gif", "d.png", "image/png", append(gifOf(t, m), page...)},
		{"PNG that says it is a page", "e.html", "e.html.png", "image/png", append(pngOf(t, m), page...)},
	} {
		a := put(t, s, c.data, c.name)
		if a.Name != c.want || a.MIME != c.mime || !a.Picture() {
			t.Errorf("%s is kept as %+v", c.what, a)
		}
		if bytes.Contains(read(t, s, a.Hash), []byte("script")) {
			t.Errorf("%s: the page is still there", c.what)
		}
	}
}

func TestPixelsStay(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t)
	m := drawing(50, 20)
	got, err := png.Decode(bytes.NewReader(read(t, s, put(t, s, pngOf(t, m), "a.png").Hash)))
	if err != nil {
		t.Fatal(err)
	}
	for y := range 20 {
		for x := range 50 {
			if color.RGBAModel.Convert(got.At(x, y)) != m.At(x, y) {
				t.Fatalf("pixel %d, %d is %v", x, y, got.At(x, y))
			}
		}
	}
}

// It measures the memory of the whole program, so that nothing runs beside it.
func TestBombsAreRefusedFast(t *testing.T) {
	s, dir := newStore(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	for _, side := range []uint32{7_100, 50_000, 65_000} { // 50 megapixels and more
		_, err := s.Put(t.Context(), bytes.NewReader(hugePNG(side, side)), "bomb.png")
		if code := codeOf(err); code != tickets.Bomb {
			t.Errorf("%d × %d: %v", side, side, err)
		}
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
		t.Errorf("%d MB were allocated", used>>20)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("took %s", took)
	}
	if names := kept(t, dir); len(names) != 0 {
		t.Errorf("left behind: %v", names)
	}
}

func TestDamagedPicturesAreRefused(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t)
	m := drawing(200, 200)
	for name, whole := range map[string][]byte{"a.jpg": jpegOf(t, m), "a.png": pngOf(t, m), "a.gif": gifOf(t, m)} {
		for _, part := range []int{len(whole) / 10, len(whole) / 2, len(whole) * 9 / 10} {
			_, err := s.Put(t.Context(), bytes.NewReader(whole[:part]), name)
			if code := codeOf(err); code != tickets.Damaged {
				t.Errorf("%d of %d bytes of %s: %v", part, len(whole), name, err)
			}
		}
	}
	script := []byte("GIF89a/*\x00\x00\x00\x00\x00*/=1;alert(1)//")
	if _, err := s.Put(t.Context(), bytes.NewReader(script), "a.gif"); codeOf(err) != tickets.Damaged {
		t.Errorf("a script that begins as a GIF: %v", err)
	}
	if names := kept(t, dir); len(names) != 0 {
		t.Errorf("left behind: %v", names)
	}
}
