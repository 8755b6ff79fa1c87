package local

import (
	"context"
	"time"
)

// How often the watch looks, and how long it waits at most between attempts to start a
// server that does not start.
const (
	watchEvery = time.Second
	watchPause = time.Minute
)

// watch starts the server again whenever it dies, until the returned function is called.
func (c *Cluster) watch() (end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		pause := watchEvery
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(pause):
			}
			if c.lives(ctx) {
				pause = watchEvery
			} else {
				pause = min(2*pause, watchPause)
			}
		}
	}()
	return func() { cancel(); <-done }
}

// lives starts the server again unless it runs, and reports whether it does now. It does
// not initialise: data that have gone are for a person to look after.
func (c *Cluster) lives(ctx context.Context) bool {
	if pid, err := c.server.pid(); pid != 0 && err == nil {
		return true
	}
	c.log.Error("the database server has died: starting it again")
	err := c.resume(ctx)
	if err != nil && ctx.Err() == nil {
		c.log.Error("the database server does not start; trying again later", "error", err)
	}
	return err == nil
}
