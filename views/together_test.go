package views

import (
	"context"
	"errors"
	"testing"
)

func TestTogetherGivesTheFirstErrorAndEndsTheOthers(t *testing.T) {
	wrong := errors.New("wrong")
	err := Together(t.Context(),
		func(context.Context) error { return wrong },
		func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
	if !errors.Is(err, wrong) {
		t.Errorf("the error is %v", err)
	}
}

func TestTogetherThrowsAPanicWhereItIsGuarded(t *testing.T) {
	defer func() {
		if v := recover(); v != "odd" {
			t.Errorf("caught %v", v)
		}
	}()
	err := Together(t.Context(),
		func(context.Context) error { panic("odd") },
		func(context.Context) error { return nil })
	t.Errorf("came back with %v", err)
}
