package views

import (
	"strconv"
	"strings"
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
