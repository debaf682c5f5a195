package demo

// members goes through the keys and values of a JSON object that is known to be
// valid. Both are good as long as the object is.
func members(object []byte, each func(key, value []byte)) {
	i := blank(object, 1)
	for object[i] != '}' {
		end := valueEnd(object, i)
		key := wordOf(object[i:end])
		i = blank(object, blank(object, end)+1) // the colon
		end = valueEnd(object, i)
		each(key, object[i:end])
		if i = blank(object, end); object[i] == ',' {
			i = blank(object, i+1)
		}
	}
}

func blank(b []byte, i int) int {
	for b[i] == ' ' || b[i] == '\t' || b[i] == '\n' || b[i] == '\r' {
		i++
	}
	return i
}

// valueEnd is where the value that begins at i ends.
func valueEnd(b []byte, i int) int {
	switch b[i] {
	case '"':
		return stringEnd(b, i)
	case '{', '[':
		depth := 0
		for ; ; i++ {
			switch b[i] {
			case '"':
				i = stringEnd(b, i) - 1
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
	}
	for i < len(b) {
		switch b[i] {
		case ',', '}', ']', ' ', '\t', '\n', '\r':
			return i
		}
		i++
	}
	return i
}

func stringEnd(b []byte, i int) int {
	for i++; b[i] != '"'; i++ {
		if b[i] == '\\' {
			i++
		}
	}
	return i + 1
}
