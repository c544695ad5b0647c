package api

import (
	"context"

	"frontdesk/api/clean"
)

// Answer is what a journal keeps of an answer of the server.
type Answer struct {
	Status  int // HTTP status
	TraceID clean.Text
}

// answerFuncKey is where a context carries who is told of answers.
type answerFuncKey struct{}

// OnAnswer is ctx for calls whose answers somebody wants to know of: tell gets each of
// them as it comes, also one that is an error.
func OnAnswer(ctx context.Context, tell func(Answer)) context.Context {
	return context.WithValue(ctx, answerFuncKey{}, tell)
}

func reportAnswer(ctx context.Context, a Answer) {
	if tell, wanted := ctx.Value(answerFuncKey{}).(func(Answer)); wanted {
		tell(a)
	}
}
