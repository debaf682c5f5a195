package users

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"amptui/api/text"
)

// target is whom the user means: an Amplitude ID where what was pasted says that
// it is one, else a word to search for.
type target struct {
	word text.Raw
	id   int64 // 0 is not known
}

// pasted reads what somebody pastes: an id of any kind with blanks, quotes or
// brackets round it, a mail address, the address of a profile in the web.
func pasted(s string) target {
	s = trimmed(s)
	if address, err := url.Parse(s); err == nil && (address.Scheme == "http" || address.Scheme == "https") && address.Host != "" {
		return profileAddress(address)
	}
	s = strings.TrimPrefix(s, "mailto:")
	if name, id, ok := strings.Cut(s, "="); ok && strings.TrimSpace(name) == "amplitude_id" {
		if t, ok := amplitudeID(strings.TrimSpace(id)); ok {
			return t
		}
	}
	return target{word: text.New(s)}
}

// trimmed cuts what stands round an id in mails, tables and logs.
func trimmed(s string) string {
	const round = " \t\r\n\u00a0\u200b\ufeff\"'`“”„‘’«»<>()[]{},;"
	for {
		cut := strings.Trim(s, round)
		if cut == s {
			return s
		}
		s = cut
	}
}

// profileAddress finds the Amplitude ID in the address of a profile. The web
// page was seen to write it as amplitude_id=N in path, query or fragment, and as
// the number behind "user"; other long numbers in the path are ids of the
// organisation and the project.
func profileAddress(address *url.URL) target {
	whole := address.Path + "?" + address.RawQuery + "#" + address.Fragment
	if unescaped, err := url.QueryUnescape(whole); err == nil {
		whole = unescaped
	}
	if m := regexp.MustCompile(`amplitude_id[=/:](\d+)`).FindStringSubmatch(whole); m != nil {
		if t, ok := amplitudeID(m[1]); ok {
			return t
		}
	}
	parts := strings.Split(strings.Trim(address.Path, "/"), "/")
	for i, part := range parts[:max(len(parts)-1, 0)] {
		switch part {
		case "user", "users", "user_id", "search":
			if t, ok := amplitudeID(parts[i+1]); ok {
				return t
			}
			return target{word: text.New(strings.TrimPrefix(parts[i+1], "user_id="))}
		}
	}
	if id := address.Query().Get("user_id"); id != "" {
		return target{word: text.New(id)}
	}
	return target{word: text.New(address.String())}
}

func amplitudeID(s string) (target, bool) {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil || id <= 0 {
		return target{}, false
	}
	return target{word: text.New(s), id: id}, true
}
