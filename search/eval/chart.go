package eval

import (
	"fmt"
	"math"
	"strings"
)

// The drawing area of a chart in an SVG of 480 by 280, axes left and below.
const (
	chartLeft, chartTop    = 44, 12
	chartWidth, chartDepth = 420, 220
)

// mark is a value on an axis, or a bar with its value.
type mark struct {
	X, Y, Width, Height float64
	Label, Value        string
}

// lineChart is the precision–coverage curve.
type lineChart struct {
	Points  string // of a polyline
	Across  []mark // coverage
	Upwards []mark // precision
}

// drawCurve places the curve: coverage to the right, precision upwards, both 0..1.
func drawCurve(curve []Point) lineChart {
	var points []string
	for _, p := range curve {
		points = append(points, fmt.Sprintf("%.1f,%.1f", across(p.Coverage), upwards(p.Precision)))
	}
	c := lineChart{Points: strings.Join(points, " ")}
	for _, value := range []float64{0, .2, .4, .6, .8, 1} {
		label := fmt.Sprintf("%.1f", value)
		c.Across = append(c.Across, mark{X: across(value), Y: chartTop + chartDepth, Label: label})
		c.Upwards = append(c.Upwards, mark{X: chartLeft, Y: upwards(value), Label: label})
	}
	return c
}

func across(share float64) float64  { return tenth(chartLeft + chartWidth*share) }
func upwards(share float64) float64 { return tenth(chartTop + chartDepth*(1-share)) }

// tenth is as fine as a drawing needs it.
func tenth(x float64) float64 { return math.Round(x*10) / 10 }

// drawRanks makes a bar of each bin, the fullest as high as the chart.
func drawRanks(bins []Bin) []mark {
	fullest := 1
	for _, b := range bins {
		fullest = max(fullest, b.Count)
	}
	const gap = 10
	step := float64(chartWidth) / float64(max(len(bins), 1))
	var bars []mark
	for i, b := range bins {
		height := (chartDepth - 20) * float64(b.Count) / float64(fullest)
		bars = append(bars, mark{
			X: tenth(chartLeft + step*float64(i) + gap/2), Y: tenth(chartTop + chartDepth - height), Width: tenth(step - gap), Height: tenth(height),
			Label: b.Ranks, Value: fmt.Sprint(b.Count),
		})
	}
	return bars
}

// Middle is where a bar's label stands.
func (m mark) Middle() float64 { return tenth(m.X + m.Width/2) }

// Above is where a bar's value stands.
func (m mark) Above() float64 { return tenth(m.Y - 5) }
