package local

import (
	"context"
	"time"
)

// watch starts the server again whenever it dies, until the returned function is called.
func (c *Cluster) watch() (end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				c.revive(ctx)
			}
		}
	}()
	return func() { cancel(); <-done }
}

func (c *Cluster) revive(ctx context.Context) {
	if pid, err := c.server.pid(); pid != 0 && err == nil {
		return
	}
	c.log.Error("the database server has died: starting it again")
	c.server.collect() // else its own zombie keeps the next one from starting
	if err := c.up(ctx); err != nil && ctx.Err() == nil {
		c.log.Error("the database server does not start; trying again", "error", err)
	}
}
