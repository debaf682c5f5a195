package config

// Template is a configuration file with every key in a comment; it means the
// same as no file at all.
func Template() string {
	return `# amptui reads this file. Every key is optional.

# profile = "default"      # the profile that is used when --profile names none
# theme = "auto"           # auto, dark, light, mono, high-contrast
# glyphs = "auto"          # auto, braille, block, ascii
# color = "auto"           # auto, always, never
# mouse = false            # take the mouse from the start
# accessible = false       # sentences and tables, line by line, instead of a screen
# restore = true           # begin as the profile was left
# cache = "disk"           # answers outlive the program, sealed with the secret key; or "memory"

# Other keystrokes for actions, by the action's name: amptui keys lists both.
# [keys]
# metric = ["m", "ctrl+x"] # a letter as it is typed, or space, tab, up, pgdn, ctrl+x and so on
# zero = []                # no key: the palette still has it

# A profile is one project. The API key and the secret key never stand here:
# amptui login puts them into the keyring.
# [profiles.default]
# region = "us"            # us or eu
# base_url = "https://amplitude.example.com"    # another host, in region's place
# project = "Music store"  # what the header calls it
# zone = "Europe/Berlin"   # the project's time zone; without it, this computer's
# color = "blue"           # the accent of the name in the header
# credential_command = ["pass", "show", "amplitude"]    # prints the API key and the secret key, a line each
# insecure_storage = false # keys in a file that only you can read, not in the keyring
# mask = false             # pseudonyms for ids, places and text, from the start
# mask_shows = ["gp:plan", "event:source"]    # properties that the mask leaves as they are
# pins = ["gp:plan"]       # properties of a user that stand first
# web = "https://app.amplitude.com/analytics/ORG/project/ID"    # the project's pages, for links
`
}
