# fish completion for amptui

# __amptui_offer finds what may stand at the cursor. It fails where that is a file.
function __amptui_offer
    set -g __amptui_offered
    # The words as the shell would hand them over. Nothing that stands in them is run.
    set -l typed
    for word in (commandline -opc)
        if string match -q -- '~/*' $word
            set word $HOME(string sub -s 2 -- $word)
        else if set -l found (string match -r -- '^\$([A-Za-z_]\w*)(.*)$' $word); and set -q $found[2]
            set -l name $found[2]
            set word "$$name$found[3]"
        end
        set -a typed $word
    end
    set -l program $typed[1]
    command -q -- $program; or set program amptui
    # A quote may still be open.
    set -l raw (commandline -ct)
    set -l begun (string unescape -- $raw; or string unescape -- $raw\"; or string unescape -- $raw\')
    set -l offered ($program __complete $typed[2..-1] "$begun" 2>/dev/null)
    string match -qr '^:\d+$' -- $offered[-1]; or return
    set -l directive (string sub -s 2 -- $offered[-1])
    set -e offered[-1]

    if test (count $offered) -eq 0
        test (math "$directive % 2 + floor($directive / 4) % 2") -ne 0
        return
    end
    # After a flag's "=" the value alone is offered; fish wants the flag too.
    set -l flag (string match -r -- '^-[^=]*=' "$begun")
    set -g __amptui_offered "$flag"$offered
    return 0
end

complete -c amptui -e
complete -c amptui -n __amptui_offer -f -a '$__amptui_offered'
