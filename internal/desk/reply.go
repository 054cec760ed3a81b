package desk

import (
	"fmt"
	"runtime"
	"strings"
	"sync"

	"factbot/internal/qa"
	"factbot/internal/reply"
)

// Reply is an answer that can be shown.
type Reply struct {
	qa.Answer
	desk    *Desk
	written func() reply.Written // once, however often it is shown
}

func (d *Desk) reply(a qa.Answer) Reply {
	return Reply{a, d, sync.OnceValue(func() reply.Written { return shown(d, "words", d.printer.Write, a) })}
}

// Text is the reply without markup.
func (r Reply) Text() string { return r.written().Text() }

// HTML is the reply as Telegram reads it.
func (r Reply) HTML() string { return r.written().HTML() }

// JSON is the reply as the object of the contract, in one line without its end.
func (r Reply) JSON() string { return string(shown(r.desk, "json", r.desk.printer.JSON, r.Answer)) }

// shown writes an answer. What cannot be written is shown as not understood, and logged.
func shown[T any](d *Desk, form string, write func(qa.Answer) T, a qa.Answer) T {
	s, err := guard(write, a)
	if err == nil {
		return s
	}
	d.log.Error("answer not shown", "form", form, "error", err)
	s, err = guard(write, qa.Answer{Question: a.Question, Lang: a.Lang, Status: qa.NotUnderstood, Revision: a.Revision})
	if err != nil {
		d.log.Error("decline not shown", "form", form, "error", err)
	}
	return s
}

func guard[T any](write func(qa.Answer) T, a qa.Answer) (s T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %s at %s", whatOf(p), origin())
		}
	}()
	return write(a), nil
}

// whatOf is a panic's value for the log. Only errors of the runtime are shown: others may hold what people wrote.
func whatOf(v any) string {
	if e, ok := v.(runtime.Error); ok {
		return e.Error()
	}
	return fmt.Sprintf("%T", v)
}

// origin is the line that panicked, for the log. It is called while panicking.
func origin() string {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s:%d", f.Function, f.Line)
		}
		if !more {
			return "unknown"
		}
	}
}
