package attachments

import (
	"encoding/binary"
	"image"
	"image/draw"
	"io"
)

// jpegInfo is what the headers of a JPEG say besides its size.
type jpegInfo struct {
	progressive bool
	orientation int // of EXIF, 1 to 8; 0: not given
}

// maxSegments is more than any JPEG has before its pixels.
const maxSegments = 200

// readJPEG walks through the segments before the pixels (ITU-T T.81, B.1.1.3). What it
// does not understand it leaves out: the decoder judges the file.
func readJPEG(r io.ReaderAt) (info jpegInfo) {
	at := int64(2)
	for range maxSegments {
		head := make([]byte, 4)
		if _, err := r.ReadAt(head, at); err != nil || head[0] != 0xff {
			return info
		}
		length := int64(binary.BigEndian.Uint16(head[2:]))
		switch marker := head[1]; {
		case marker == 0xff: // padding
			at++
			continue
		case marker == 0xda || marker == 0xd9: // the pixels, or the end
			return info
		case marker == 0xc2:
			info.progressive = true
		case marker == 0xe1 && info.orientation == 0 && length > 2:
			segment := make([]byte, length-2)
			if _, err := r.ReadAt(segment, at+4); err != nil {
				return info
			}
			info.orientation = orientationIn(segment)
		}
		at += 2 + length
	}
	return info
}

// orientationIn finds the tag 0x0112 in the first directory of an EXIF segment (CIPA
// DC-008, 4.6.4), or returns 0.
func orientationIn(segment []byte) int {
	const header = "Exif\x00\x00"
	if len(segment) < len(header)+8 || string(segment[:len(header)]) != header {
		return 0
	}
	tiff := segment[len(header):]
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	start := uint64(order.Uint32(tiff[4:]))
	if start+2 > uint64(len(tiff)) {
		return 0
	}
	entries := tiff[start+2:]
	for range order.Uint16(tiff[start:]) {
		if len(entries) < 12 {
			return 0
		}
		if value := order.Uint16(entries[8:]); order.Uint16(entries) == 0x0112 && value <= 8 {
			return int(value)
		}
		entries = entries[12:]
	}
	return 0
}

// upright turns and mirrors a picture as its orientation says.
func upright(m image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return m
	}
	b := m.Bounds()
	from := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(from, from.Bounds(), m, b.Min, draw.Src)
	w, h := b.Dx(), b.Dy()
	if orientation > 4 {
		w, h = h, w
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			i := from.PixOffset(origin(x, y, w, h, orientation))
			copy(to.Pix[to.PixOffset(x, y):][:4], from.Pix[i:i+4])
		}
	}
	return to
}

// origin returns which pixel of the file comes to x, y of the upright picture of w × h.
func origin(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, w - 1 - x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return h - 1 - y, x
	}
	return x, y
}
