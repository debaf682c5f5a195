package demo

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const wireTime = "2006-01-02 15:04:05.000000"

// Write writes the log in the Amplitude Export format: JSON lines, in the order
// of time. What exports have no word for, that an event is hidden or does not
// make a user active, stands in its data.
func (l *Log) Write(w io.Writer) error {
	const room = 1 << 16
	out := make([]byte, 0, room+room/4)
	for i := range l.times {
		out = append(l.appendEvent(out, int32(i)), '\n')
		if len(out) < room {
			continue
		}
		if _, err := w.Write(out); err != nil {
			return err
		}
		out = out[:0]
	}
	_, err := w.Write(out)
	return err
}

// eventField is a built-in user property's name in an event.
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

// noFields are what live events have and this log has not.
const noFields = `,"$insert_key":null,"$schema":null,"adid":null,"amplitude_attribution_ids":null,"amplitude_event_type":null,"app":1,` +
	`"data_type":"event","device_brand":null,"device_manufacturer":null,"device_model":null,"global_user_properties":null,` +
	`"group_properties":{},"groups":{},"idfa":null,"ip_address":null,"is_attribution_event":null,"location_lat":null,` +
	`"location_lng":null,"os_version":null,"partner_id":null,"plan":{},"sample_rate":null,"source_id":"","user_creation_time":null`

// appendEvent adds an event as exports and user activity have it. All its times
// are the one that is known.
func (l *Log) appendEvent(b []byte, i int32) []byte {
	b = append(b, `{"event_type":`...)
	b = appendText(b, l.names[l.kinds[i]])
	at := time.UnixMicro(l.times[i]).UTC()
	for _, name := range []string{"event_time", "client_event_time", "client_upload_time", "server_received_time", "server_upload_time", "processed_time"} {
		b = append(append(append(b, `,"`...), name...), `":"`...)
		b = append(at.AppendFormat(b, wireTime), '"')
	}
	b = strconv.AppendInt(append(b, `,"event_id":`...), int64(i), 10)
	b = strconv.AppendInt(append(b, `,"amplitude_id":`...), l.people[l.users[i]].amplitude, 10)
	b = appendOrNull(append(b, `,"user_id":`...), l.words[l.id[i]])
	b = appendOrNull(append(b, `,"device_id":`...), l.words[l.device[i]])
	b = strconv.AppendInt(append(b, `,"session_id":`...), l.session[i], 10)
	b = appendOrNull(append(b, `,"$insert_id":`...), unpacked(l.insert.at(i)))
	b = appendOrNull(append(b, `,"uuid":`...), unpacked(l.uuid.at(i)))
	b = l.appendSet(append(b, `,"event_properties":`...), l.own[i], "event:")
	b = l.appendSet(append(b, `,"user_properties":`...), l.state[i], "gp:")
	for k, name := range l.builtIn.fields {
		b = append(append(append(b, `,"`...), name...), `":`...)
		if v := l.in(l.state[i], l.builtIn.keys[k]); v >= 0 {
			b = appendText(b, l.values[v].text)
		} else {
			b = append(b, "null"...)
		}
	}
	b = append(append(b, noFields...), `,"data":{`...)
	if l.inactive[l.kinds[i]] || l.hidden[l.kinds[i]] {
		b = strconv.AppendBool(append(b, `"non_active":`...), l.inactive[l.kinds[i]])
		b = strconv.AppendBool(append(b, `,"hidden":`...), l.hidden[l.kinds[i]])
	}
	return append(b, "}}"...)
}

// appendSet adds the properties of a scope as an object.
func (l *Log) appendSet(b []byte, set int32, scope string) []byte {
	b = append(b, '{')
	first := true
	for _, p := range l.sets[set] {
		name, ok := strings.CutPrefix(l.keys[p.key], scope)
		if !ok {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(appendText(b, name), ':')
		if v := l.values[p.value]; v.kind == textValue {
			b = appendText(b, v.text)
		} else {
			b = append(b, v.text...)
		}
	}
	return append(b, '}')
}

// appendText adds a JSON string.
func appendText(b []byte, s string) []byte {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' }) {
		quoted, _ := json.Marshal(s) // a string always can be
		return append(b, quoted...)
	}
	return append(append(append(b, '"'), s...), '"')
}

func appendOrNull(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return appendText(b, s)
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// json is the value as it was written.
func (v value) json() any {
	if v.kind == textValue {
		return v.text
	}
	return json.RawMessage(v.text)
}
