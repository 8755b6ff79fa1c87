package attachments

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"

	"otvet/tickets"
)

// How large a picture may be, in pixels: what has more bytes a pixel while it is decoded,
// because of 16 bits a colour or several passes, may have half as many. Together with
// one picture at a time that bounds the memory to some 400 MB, whatever is sent.
const (
	maxPixels     = 40_000_000
	maxPixelsDeep = 20_000_000
	maxSide       = 30_000
)

// growth is how many times larger than the largest file a picture may become when it is
// drawn anew.
const growth = 2

// quality is that of JPEG: text on a photo stays sharp.
const quality = 90

// smooth is up to how many pixels PNG is packed well, beyond it fast.
const smooth = 8_000_000

// picture is what came out of drawing.
type picture struct {
	width, height int
	kept          kind
}

// redraw decodes a picture and writes its pixels, and nothing else, to a new file, which
// is the caller's. Errors: *RefusedError with Bomb or Damaged, ErrUnavailable, ctx's.
func (s *Store) redraw(ctx context.Context, f *os.File, k kind) (*os.File, picture, error) {
	from, err := measured(f, k)
	if err != nil {
		return nil, picture{}, err
	}
	select {
	case s.drawing <- struct{}{}:
		defer func() { <-s.drawing }()
	case <-ctx.Done():
		return nil, picture{}, ctx.Err()
	}
	drawn, err := decode(f, k)
	if err != nil {
		return nil, picture{}, refused(tickets.Damaged, err)
	}
	drawn = upright(drawn, from.orientation)
	out, err := s.temporary()
	if err != nil {
		return nil, picture{}, err
	}
	kept, err := encode(&capped{w: out, left: growth * s.limits.File}, drawn, k)
	switch {
	case errors.Is(err, errTooLong):
		discard(out)
		return nil, picture{}, refused(tickets.Bomb, err)
	case err != nil:
		discard(out)
		return nil, picture{}, unavailable(err)
	}
	return out, picture{drawn.Bounds().Dx(), drawn.Bounds().Dy(), kept}, nil
}

// measured reads the headers of a picture and refuses one that is too large to decode.
func measured(f *os.File, k kind) (jpegInfo, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return jpegInfo{}, unavailable(err)
	}
	c, err := k.config(f)
	if err != nil || c.Width <= 0 || c.Height <= 0 {
		return jpegInfo{}, refused(tickets.Damaged, err)
	}
	var info jpegInfo
	if k.mime == "image/jpeg" {
		info = readJPEG(f)
	}
	most := maxPixels
	if info.progressive || c.ColorModel == color.NRGBA64Model || c.ColorModel == color.RGBA64Model || c.ColorModel == color.Gray16Model {
		most = maxPixelsDeep
	}
	if c.Width > maxSide || c.Height > maxSide || c.Width*c.Height > most {
		return info, refused(tickets.Bomb, fmt.Errorf("%d × %d pixels", c.Width, c.Height))
	}
	return info, nil
}

// decode returns the pixels. A decoder that fails loudly fails like any other.
func decode(f *os.File, k kind) (drawn image.Image, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("decode: %v", v)
		}
	}()
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return k.decode(f)
}

// encode writes what came out of a lossy format as JPEG and everything else as PNG, and
// returns the kind.
func encode(w io.Writer, m image.Image, from kind) (kind, error) {
	if _, lossy := m.(*image.YCbCr); lossy || from.mime == "image/jpeg" {
		return kinds()["image/jpeg"], jpeg.Encode(w, m, &jpeg.Options{Quality: quality})
	}
	e := png.Encoder{}
	if b := m.Bounds(); b.Dx()*b.Dy() > smooth {
		e.CompressionLevel = png.BestSpeed
	}
	return kinds()["image/png"], e.Encode(w, m)
}

var errTooLong = errors.New("a picture becomes too long when it is drawn anew")

// capped writes so many bytes and no more.
type capped struct {
	w    io.Writer
	left int64
}

// Write implements io.Writer.
func (c *capped) Write(p []byte) (int, error) {
	if c.left -= int64(len(p)); c.left < 0 {
		return 0, errTooLong
	}
	return c.w.Write(p)
}
