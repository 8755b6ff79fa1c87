package policy_test

import (
	"testing"
	"time"

	"otvet/tickets/policy"
)

func load(t *testing.T) policy.Packs {
	t.Helper()
	packs, err := policy.Load(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return packs
}

func TestShippedPacksLoad(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"default", "ukgc", "cga"} {
		if _, err := load(t).Latest(name); err != nil {
			t.Error(err)
		}
	}
}
