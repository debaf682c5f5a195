package demo

// What the generated music store is made of.

// place is where users come from: share of all users, hours from UTC.
type place struct {
	country, region, city, language string
	share                           float64
	offset                          int
}

func places() []place {
	return []place{
		{"United States", "California", "San Francisco", "English", 0.16, -8},
		{"United States", "New York", "New York", "English", 0.14, -5},
		{"Germany", "Berlin", "Berlin", "German", 0.15, 1},
		{"United Kingdom", "England", "London", "English", 0.11, 0},
		{"Brazil", "São Paulo", "São Paulo", "Portuguese", 0.10, -3},
		{"Japan", "Tokyo", "東京", "Japanese", 0.09, 9},
		{"France", "Île-de-France", "Paris", "French", 0.08, 1},
		{"India", "Maharashtra", "Mumbai", "English", 0.07, 5},
		{"Ukraine", "Kyiv", "Київ", "Ukrainian", 0.05, 2},
		{"Egypt", "Cairo", "القاهرة", "Arabic", 0.03, 2},
		{"Korea", "Seoul", "서울", "Korean", 0.02, 9},
	}
}

type platform struct {
	name, os, device, kind string
	share                  float64
}

func platforms() []platform {
	return []platform{
		{"iOS", "ios 18.1", "Apple iPhone", "Apple iPhone 15", 0.44},
		{"Android", "android 15", "Android Phone", "Samsung Galaxy S24", 0.38},
		{"Web", "Chrome 130", "Mac", "Mac", 0.14},
		{"Web", "Firefox 132", "Windows", "Windows", 0.04},
	}
}

type song struct{ title, artist, genre string }

func songs() []song {
	return []song{
		{"Northern Line", "The Lamplighters", "Rock"},
		{"Paper Boats", "Mira Sol", "Pop"},
		{"夜の電車", "青い鳥", "J-Pop"},
		{"Slow Tuesday", "Harbour", "Jazz"},
		{"Сніг у квітні", "Лелека", "Folk"},
		{"Glass Garden", "Mira Sol", "Pop"},
		{"Basement Tape", "Kid Volt", "Hip-Hop"},
		{"Adagio for Two", "Ensemble Nord", "Classical"},
		{"Saudade Elétrica", "Banda Maré", "Pop"},
		{"ليلة طويلة", "نور", "Pop"},
		{"Static Bloom", "Kid Volt", "Hip-Hop"},
		{"Copper Sky", "The Lamplighters", "Rock"},
		{"Zwei Uhr früh", "Tagtraum", "Electronic"},
		{"Neonregen", "Tagtraum", "Electronic"},
		{"First Light", "Harbour", "Jazz"},
		{"별빛", "하늘", "K-Pop"},
		{"Long Way Down", "Rust & Rye", "Country"},
		{"Petite Pluie", "Anaïs", "Folk"},
		{"Red Shift", "Orbital Choir", "Electronic"},
		{"Winterreise", "Ensemble Nord", "Classical"},
	}
}

func sources() []string { return []string{"home", "search", "playlist", "radio", "push"} }

type product struct {
	name  string
	price float64
	share float64
}

func products() []product {
	return []product{{"song", 1.29, 0.55}, {"album", 9.99, 0.25}, {"month of premium", 10.99, 0.15}, {"year of premium", 99, 0.05}}
}

// activity is an event type of a session, and how often a session has it.
type activity struct {
	name   string
	weight float64
}

// activities are the event types besides those that tell the store's stories
// (sign-up, playing, paying).
func activities() []activity {
	return []activity{
		{"Page Viewed", 22},
		{"Search", 9},
		{"Artist Viewed", 7},
		{"Album Viewed", 6},
		{"Song Liked", 5},
		{"Song Skipped", 8},
		{"Playlist Opened", 5},
		{"Playlist Created", 1.1},
		{"Song Added to Playlist", 2.6},
		{"Song Shared", 0.9},
		{"Radio Started", 1.6},
		{"Queue Cleared", 0.5},
		{"Volume Changed", 2.2},
		{"Download Started", 1.4},
		{"Download Finished", 1.3},
		{"Podcast Played", 1.7},
		{"Video Played", 1.1},
		{"Concert Viewed", 0.6},
		{"Friend Followed", 0.5},
		{"Comment Posted", 0.4},
		{"Settings Opened", 0.9},
		{"Equalizer Changed", 0.2},
		{"Sleep Timer Set", 0.3},
		{"Offline Mode On", 0.5},
		{"Cast Started", 0.4},
		{"Car Mode On", 0.25},
		{"歌詞を表示", 0.5},
		{"Плейлист поширено", 0.3},
		{"مشاركة الأغنية", 0.25},
		{"🎧 Headphones Connected", 1.5},
		{"Help Opened", 0.3},
		{"App Crashed", 0.12},
		{"Ad Shown", 4},
		{"Ad Clicked", 0.25},
	}
}
