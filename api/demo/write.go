package demo

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
	"time"
)

const wireTime = "2006-01-02 15:04:05.000000"

// Write writes the log in the Amplitude Export format: JSON lines, in the order
// of time.
func (l *Log) Write(w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	for i := range l.times {
		if err := e.Encode(l.event(int32(i))); err != nil {
			return err
		}
	}
	return out.Flush()
}

// names of built-in user properties in an event, where they differ from the
// property's own.
func eventField(key string) string {
	switch key {
	case "os":
		return "os_name"
	case "version":
		return "version_name"
	case "device":
		return "device_family"
	case "carrier":
		return "device_carrier"
	case "DMA":
		return "dma"
	}
	return key
}

// event is an event as exports and user activity have it.
func (l *Log) event(i int32) map[string]any {
	at := time.UnixMicro(l.times[i]).UTC().Format(wireTime)
	p := l.people[l.users[i]]
	own, custom := map[string]any{}, map[string]any{}
	e := map[string]any{
		"event_type": l.names[l.kinds[i]], "event_id": i, "event_time": at, "client_event_time": at, "server_upload_time": at,
		"amplitude_id": p.amplitude, "user_id": orNull(p.id), "device_id": orNull(p.device), "session_id": l.session[i],
		"$insert_id": orNull(l.insert[i]), "uuid": orNull(l.uuid[i]),
		"event_properties": own, "user_properties": custom, "group_properties": map[string]any{}, "groups": map[string]any{},
		"platform": nil, "country": nil, "region": nil, "city": nil, "language": nil, "os_name": nil, "version_name": nil,
		"device_type": nil, "device_family": nil, "ip_address": nil, "data": map[string]any{}, "library": nil, "$schema": nil,
	}
	for _, prop := range l.sets[l.own[i]] {
		own[strings.TrimPrefix(l.keys[prop.key], "event:")] = l.values[prop.value].json()
	}
	for _, prop := range l.sets[l.state[i]] {
		key := l.keys[prop.key]
		if name, ok := strings.CutPrefix(key, "gp:"); ok {
			custom[name] = l.values[prop.value].json()
			continue
		}
		e[eventField(key)] = l.values[prop.value].text
	}
	return e
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// json is the value as it was written.
func (v value) json() any {
	switch v.kind {
	case numberValue, boolValue, jsonValue:
		return json.RawMessage(v.text)
	}
	return v.text
}
