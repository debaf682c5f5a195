# bash completion for amptui

# __amptui_split LINE: the words of a line as far as it is typed, into the array typed,
# as the shell would hand them over, and the quote that is open into quote. Nothing that
# stands in the line is run.
__amptui_split() {
  local line=$1 word='' begun='' c next i
  typed=() quote=''
  for ((i = 0; i < ${#line}; i++)); do
    c=${line:i:1} next=${line:i+1:1}
    if [[ $quote == "'" ]]; then
      if [[ $c == "'" ]]; then quote=''; else word+=$c; fi
      continue
    fi
    if [[ -z $quote && $c == [[:space:]] ]]; then
      [[ -n $begun ]] && typed+=("$word")
      word='' begun=''
      continue
    fi
    case $c in
    \\)
      if [[ -n $quote && $next != [\"\\\$\`] ]]; then
        word+=$c
      else
        word+=$next
        i=$((i + 1))
      fi
      ;;
    '"') if [[ -n $quote ]]; then quote=''; else quote=$c; fi ;;
    "'") if [[ -n $quote ]]; then word+=$c; else quote=$c; fi ;;
    '$')
      if [[ ${line:i+1} =~ ^([A-Za-z_][A-Za-z0-9_]*) || ${line:i+1} =~ ^\{([A-Za-z_][A-Za-z0-9_]*)\} ]]; then
        next=${BASH_REMATCH[1]}
        word+=${!next-}
        i=$((i + ${#BASH_REMATCH[0]}))
      else
        word+=$c
      fi
      ;;
    '~') if [[ -z $begun && ($next == / || -z $next) ]]; then word+=$HOME; else word+=$c; fi ;;
    *) word+=$c ;;
    esac
    begun=1
  done
  typed+=("$word")
}

# __amptui_quoted TEXT: what stands for TEXT where the cursor is, into quoted.
__amptui_quoted() {
  local out='' c i
  case $quote in
  '') [[ -z $1 ]] || printf -v out %q "$1" ;;
  *)
    for ((i = 0; i < ${#1}; i++)); do
      c=${1:i:1}
      case $quote$c in
      \"[\"\\\$\`]) out+=\\$c ;;
      '"!') out+="\"'!'\"" ;;
      "''") out+="'\\''" ;;
      *) out+=$c ;;
      esac
    done
    ;;
  esac
  quoted=$out
}

_amptui() {
  local IFS=$' \t\n' typed quote quoted line word told begun directive='' offered=() tab=$'\t' widest=0 room
  COMPREPLY=()
  __amptui_split "${COMP_LINE:0:COMP_POINT}"
  ((${#typed[@]} > 1)) || return 0
  word=${typed[0]}
  type -P -- "$word" >/dev/null || word=amptui
  begun=${typed[${#typed[@]} - 1]}
  while IFS= read -r line; do
    directive=$line
    offered+=("$line")
  done < <("$word" __complete "${typed[@]:1}" 2>/dev/null)
  [[ $directive == :* ]] || return 0
  unset "offered[${#offered[@]}-1]"
  # The value alone is offered of a flag that has it after a "=".
  [[ $begun != -*=* ]] || begun=${begun#*=}
  if ((${directive#:} & 5)) && type compopt >/dev/null 2>&1; then
    compopt +o default
  fi

  # A list is only looked at; there the words stand as they are, with what they do.
  if [[ ${COMP_TYPE-} == 63 ]]; then
    for line in "${offered[@]}"; do
      word=${line%%"$tab"*}
      ((${#word} <= widest)) || widest=${#word}
    done
    for line in "${offered[@]}"; do
      word=${line%%"$tab"*} told=${line#"$word"} told=${told#"$tab"}
      room=$((${COLUMNS:-80} - widest - 5))
      if [[ -n $told ]] && ((room > 8)); then
        ((${#told} <= room)) || told=${told:0:room-1}…
        printf -v word "%s%*s  (%s)" "$word" "$((widest - ${#word}))" '' "$told"
      fi
      COMPREPLY+=("$word")
    done
    return 0
  fi
  # Readline puts these in the place of $2: what is typed stays as it is typed.
  for line in "${offered[@]}"; do
    word=${line%%"$tab"*}
    [[ $word == "$begun"* ]] || continue
    __amptui_quoted "${word:${#begun}}"
    COMPREPLY+=("$2$quoted")
  done
}

complete -o default -F _amptui amptui
