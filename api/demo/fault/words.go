package fault

import (
	"fmt"
	"slices"
	"strings"
)

// Words are hostile words: what drives a terminal, hides, turns text round, is
// wide or endless, or means something to a shell, a spreadsheet or a program. No
// two are the same.
func Words() []string {
	return slices.Concat(controls(), sequences(), strung(), unseen(), bytesAlone(), marks(), scripts(), typed())
}

// controls are all control characters: C0 and DEL, C1 as code points and as bytes.
func controls() []string {
	var out []string
	for c := range 0x20 {
		out = append(out, fmt.Sprintf("a%cb", c))
	}
	out = append(out, "\x7f", "abc\x7f\x7f\x7f", "Sales\b\b\b\b\b0    ", "Total\rHacked", "a\r\nb\n", "\n", "\t", "\r", "\x00")
	for c := rune(0x80); c < 0xa0; c++ {
		out = append(out, fmt.Sprintf("a%cb", c), "a"+string([]byte{byte(c)})+"b")
	}
	return out
}

// sequences are what a terminal would obey: of ECMA-48, xterm, iTerm, kitty, tmux.
func sequences() []string {
	var out []string
	for _, final := range "ABCDEFGHIJKLMPSTXZ`abcdefghilmnpqrstuvwxyz@" {
		out = append(out, fmt.Sprintf("\x1b[2%c", final))
	}
	for _, mode := range []string{"?1049h", "?1049l", "?25l", "?7l", "?1000h", "?1003h", "?1006h", "?2004l", "?2026h", "?1004h", "4h", "20h", "!p", ">4;2m", ">1u", "=1u", "?u", "?1$p", "18t", "21t", "8;1;1t", "6n", "c", ">c", "=c", "5n", "?15n", "3J", "1;1r", "201~", "200~", "38;5;1m", "38:2::1:2:3m", "8m", "7m", "5m"} {
		out = append(out, "\x1b["+mode+"x", "\u009b"+mode, "\x9b"+mode)
	}
	for _, command := range []string{"0;pwned", "1;pwned", "2;pwned", "4;1;?", "7;file:///etc", "8;;http://evil.example", "8;;", "9;done", "9;4;3", "10;?", "11;?", "11;#000000", "12;red", "22;pointer", "50;font", "52;c;cHduZWQ=", "52;c;?", "52;p;!", "104", "112", "133;A", "133;C", "633;E;rm -rf /", "777;notify;a;b", "1337;File=inline=1:AAAA", "1337;SetMark", "1337;Copy=:cHduZWQ=", "5522;x"} {
		out = append(out, "\x1b]"+command+"\x07x", "\x1b]"+command+"\x1b\\x")
	}
	return append(out, "\x1b]0;never ended", "\u009d0;title\u009c", "\x9d0;title\x9c", "\x9d52;c;cHduZWQ=\x07",
		"\x1bP+q544e\x1b\\", "\x1bP$qm\x1b\\", "\x1bP0;1|17/17\x1b\\", "\x1bPq#0;2;0;0;0~-\x1b\\", "\x1bPtmux;\x1b\x1b]0;x\x07\x1b\\", "\x1bP never ended", "\x90q\x9c", "\u0090q\u009c",
		"\x1b_Gf=24,s=1,v=1;AAAA\x1b\\", "\x1b_ never ended", "\x1b^private\x1b\\", "\x1bXstart\x1b\\", "\x1bk title\x1b\\",
		"\x1bc", "\x1b7\x1b8", "\x1b=", "\x1b>", "\x1bD", "\x1bE", "\x1bH", "\x1bM", "\x1bN", "\x1bO", "\x1bZ", "\x1b#8", "\x1b%@", "\x1b%G", "\x1b(0lqk\x1b(B", "\x1b)0\x0e", "\x1bn", "\x1bo", "\x1b|", "\x1b~", "\x1b F", "\x1b", "\x1b[", "\x1b]", "\x1bP", "\x9b", "\u009b", "\x1b\x1b[A", "\x1b[\x1b[31m", "\x1b[3\x181m", "\x1b[31",
		"\x1b["+strings.Repeat("1;", 40)+"m", "\x1b["+strings.Repeat("1:", 40)+"m", "\x9b"+strings.Repeat(";", 100)+"m", "\x1b[99999999999999999999999A", "\x1b[-1A", "\x1bP"+strings.Repeat("1;", 40)+"q",
		"^[[31m", `\x1b[31m`, `\033[31m`, `\e[31m`, `\u001b[31m`, "␛[31m", "%1b%5b31m", "&#27;[31m")
}

// strung are words that are fine one by one.
func strung() []string {
	return []string{
		strings.Repeat("x", 201), strings.Repeat("x", 5000), strings.Repeat("long word ", 3000), strings.Repeat("é", 300), strings.Repeat("購", 400), strings.Repeat("\n", 100), strings.Repeat("\t", 100),
		strings.Repeat(" ", 300), strings.Repeat("👩‍👩‍👧‍👦", 120), strings.Repeat("\x1b[31m", 500), strings.Repeat("\u200b", 500), strings.Repeat("a\u0301", 500), strings.Repeat("🇩", 401), strings.Repeat("\u202e", 50) + "x", strings.Repeat("\xff", 300),
		strings.Repeat("x", 100000), " ", "  ", " leading", "trailing ", "a  b",
	}
}

// unseen are characters without a picture, and those that turn text round.
func unseen() []string {
	var out []string
	for _, r := range []rune{
		0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x200e, 0x200f, 0x061c,
		0x200b, 0x200c, 0x200d, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x206a, 0x206f, 0xfeff, 0x00ad, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x3164, 0xffa0, 0xfff9, 0xfffa, 0xfffb, 0xfffc, 0xfffd,
		0x2028, 0x2029, 0x0085, 0x00a0, 0x1680, 0x2000, 0x2003, 0x200a, 0x202f, 0x205f, 0x3000, 0x2800,
		0xfe00, 0xfe0e, 0xfe0f, 0xe0100, 0xe0001, 0xe0041, 0xe007f, 0xe000, 0xf8ff, 0xf0000, 0x10fffd, 0xfdd0, 0xfdef, 0xfffe, 0xffff, 0x1ffff, 0x10ffff, 0x0378, 0x1d173, 0x1bca0, 0x13430, 0x110bd,
	} {
		out = append(out, "user"+string(r)+"1", string(r))
	}
	return append(out, "admin\u202egpj.exe", "\u2067اهلا\u2069 x", "a\u200db", "\u200d\u200d", "\u2066\u2066\u2066x")
}

// bytesAlone are bytes that are no UTF-8.
func bytesAlone() []string {
	return []string{
		"\xff", "\xfe\xff", "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xf0\x80\x80\x80", "\xc3", "\xe2\x82", "\xf0\x9f\x98", "\xed\xa0\x80", "\xed\xb0\x80", "\xed\xa0\xbd\xed\xb8\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80",
		"\xc0\x9b31m", "\xe0\x80\x9b31m", "\xc2", "\xc2\x41", "M\xfcller", "caf\xe9", "\x93quoted\x94", "\xa4\xb3\xa4\xf3", "a\xcc", "\xf0\x28\x8c\xbc",
	}
}

// marks are clusters of many code points.
func marks() []string {
	storm := func(base string, n int, m ...rune) string {
		for i := range n {
			base += string(m[i%len(m)])
		}
		return base
	}
	return []string{
		"\u0301alone", "\u0301", storm("e", 10, 0x301), storm("Z", 200, 0x310, 0x317, 0x352, 0x489), storm("", 50, 0x20dd), "e\u0301", "é", "o\u0308\u0323", storm("ก", 20, 0xe49, 0xe33), "\u0e33", "\u0488", storm("क", 20, 0x94d, 0x930), "क्षि", "நி", "\u0bcd", "\ud55c", "\u1112\u1161\u11ab", "\u1100\u1100\u1100\u1161\u1161\u11a8",
		"👩‍👩‍👧‍👦", "👨🏿‍🦰", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "✈️", "✈︎", "❤️‍🔥", "1️⃣", "#️⃣", "🇩🇪", "🇩", "🇩🇪🇫", "🇦🇦", "☺️", "⌚", "⏏️", "©️", "👩\u200d", "\u200d👩", "👩\u200d\u200d👧", "👩🏽🏽🏽", "a\ufe0f", "a\u20e3", "🫠", "🫨", "\U0001fae9",
	}
}

// scripts are harmless: they must stay readable.
func scripts() []string {
	return []string{
		"購入完了", "구매 완료", "購入ｶﾝﾘｮｳ", "ＡＢＣ", "عملية الشراء", "רכישה", "שלום world 123", "ซื้อแล้ว", "खरीदा गया", "Покупка", "Αγορά", "Ação concluída", "naïve café", "ﷺ", "﷽", "𒐫", "⸻", "꧅", "𝓢𝓮𝓽", "Ⅷ", "①", "½", "ß", "ﬃ", "İstanbul", "ı", "ſ", "K", "Å", "a/b", "α → β", "“quoted”", "—", "…", "●", "█", "⣿", "│", "▲", "–",
	}
}

// typed are words that mean something to a shell, a spreadsheet or a program.
func typed() []string {
	return []string{
		"=1+1", "=HYPERLINK(\"http://evil.example\")", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "-2", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "|calc", "%0A=1+1", "＝1+1", "\"=1+1", "'=1+1", "a,b", "a;b", "\"a\"\"b\"", "a\"b", "a\nb,c",
		"--output=json", "-o", "--help", "--", "-", "--demo", "--secret=x", "-rf", "--last", "[by x]", "[event:a is b]", "name[", "name]", "\\[", "[[", "a\\", "\\", "\\\\", "'", "\"", "`", "''", "'a", "$'a'", "#", ":", "/", "?", "!", "*", "~", "&", ">", "<",
		"../../etc/passwd", "/etc/passwd", "/dev/stdout", "~/.ssh/id_rsa", "C:\\Windows\\win.ini", "\\\\host\\share", "CON", "NUL", "a/../b", "file:///etc/passwd", ".", "..", "con.csv", "-.csv", strings.Repeat("../", 40),
		"$(id)", "`id`", "${HOME}", "$HOME", "; rm -rf /", "&& id", "| sh", "a b", "a\\ b", "%s%s%n", "%!d(string=x)", "{{.}}", "{{", "<script>alert(1)</script>", "<b>x</b>", "&amp;", "]]>", "<!--", "' OR 1=1 --", "| a | b |", "| --- |", "# title", "[x](javascript:alert(1))", "![x](http://evil.example)", "```", "**x**", "_x_", "{\"a\":1}", "[1]", "null", "true", "undefined", "NaN", "Infinity", "-Infinity", "1e400", "0x10", "1_000", "007", "1,234", "9223372036854775808", "(none)", "(empty)", "none", "None", "", "0", "-0", "2026-02-30", "9999-12-31", "_active", "_new", "_all", "gp:", "gp:x", "event:", "event:x", "user_id", "amplitude", "events", "segment", "__proto__", "constructor", "key:secret", "Basic ZGVtbzpkZW1v",
	}
}
