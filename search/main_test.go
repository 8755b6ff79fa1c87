package search_test

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain fails when an engine leaves a goroutine behind. bleve starts its analysis
// workers with the process and never stops them.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}
