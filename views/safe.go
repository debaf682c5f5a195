package views

import (
	"slices"
	"strconv"
	"strings"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

// textKind is what is masked without a name that says more.
const textKind = "text"

// isSafeField says whether a built-in property, as filters or the API name it,
// is of the kinds that tell nobody apart: what happened, when, on what sort of
// device and program, for how much money, and the API's own bookkeeping.
func isSafeField(name string) bool {
	switch name {
	case "event_type", "raw_event_type", "amplitude_event_type", "event_id", "session_id",
		// when
		"event_time", "client_event_time", "client_upload_time", "server_received_time", "server_upload_time",
		"processed_time", "user_creation_time", "first_used", "last_used", "usage_time", "num_events", "num_sessions",
		// on what
		"platform", "os", "os_name", "os_version", "version", "version_name", "start_version",
		"device", "device_family", "device_type", "device_model", "device_brand", "device_manufacturer", "brand",
		"language", "library", "paying",
		// for how much
		"revenue", "purchases", "$revenue", "$price", "$quantity", "event:$revenue", "event:$price", "event:$quantity",
		"event:revenue", "event:price", "event:quantity",
		// bookkeeping
		"$schema", "app", "is_attribution_event", "sample_rate":
		return true
	}
	return false
}

// kindOf says what sort of thing a value that is masked is. It is for the
// reader only: whether a value is masked does not depend on it.
func kindOf(name, value string) string {
	switch strings.ToLower(name) {
	case "user_id":
		return "user"
	case "device_id", "device_ids", "last_device_id", "idfa", "idfv", "adid", "android_id", "android_app_set_id":
		return "device"
	case "amplitude_id", "canonical_amplitude_id", "merged_amplitude_ids", "uuid", "$insert_id", "insert_id",
		"amplitude_event_id", "partner_id", "global_user_id":
		return "id"
	case "ip_address":
		return "ip"
	case "country", "region", "city", "dma", "location_lat", "location_lng", "last_location", "lat", "lng":
		return "place"
	}
	if at := strings.IndexByte(value, '@'); at > 0 && strings.Contains(value[at:], ".") && !strings.ContainsAny(value, " \t\n") {
		return "email"
	}
	if _, err := strconv.ParseFloat(value, 64); err == nil {
		return "number"
	}
	return textKind
}

// NamesSomebody says whether a word of a query line has a filter by what tells one
// user from all others: an id, a mail or network address, a telephone number, a
// person's name.
func NamesSomebody(word string) bool {
	if flag, value, ok := strings.Cut(word, "="); ok && strings.HasPrefix(flag, "--") {
		word = value
	}
	found := false
	query.MaskedWord(word, func(p api.Property, v text.Raw) text.Raw {
		found = found || namesSomebody(strings.TrimPrefix(query.PrintWord(p.Key), "gp:"), query.PrintWord(v))
		return v
	})
	return found
}

func namesSomebody(property, value string) bool {
	switch kindOf(property, value) {
	case "user", "device", "id", "ip", "email":
		return true
	}
	parts := strings.FieldsFunc(strings.ToLower(property), func(r rune) bool { return strings.ContainsRune(" _-.:$", r) })
	whose := func(part string) bool {
		return slices.Contains([]string{"first", "last", "full", "user", "customer"}, part)
	}
	return slices.ContainsFunc(parts, func(part string) bool {
		return slices.Contains([]string{
			"email", "mail", "phone", "telephone", "mobile", "login", "ip", "userid", "uid",
			"username", "firstname", "lastname", "fullname", "surname",
		}, part)
	}) || slices.Contains(parts, "name") && (len(parts) == 1 || slices.ContainsFunc(parts, whose))
}
