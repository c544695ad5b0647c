package journal

import "context"

// openWithin limits how many records OpenIntents searches. Older open intents were found
// when the program was started before.
const openWithin = 20_000

// OpenIntents returns the intents without an outcome whose process has ended, newest first.
// The process was killed, or could not write the outcome.
func (j *Journal) OpenIntents(ctx context.Context) ([]Entry, error) {
	var open []Entry
	now := j.who().Kernel
	var newest uint64
	for e, err := range j.Entries(ctx, Filter{}) {
		if err != nil {
			return open, err
		}
		newest = max(newest, e.Seq)
		if newest-e.Seq > openWithin {
			break
		}
		if e.IsOpen() && !e.Who.Kernel.IsRunning(now) {
			open = append(open, e)
		}
	}
	return open, nil
}
