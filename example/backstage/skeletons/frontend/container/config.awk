# Prints /config.json: every variable PUBLIC_X of the environment, as X.

function quoted(text,    i, character, out) {
  for (i = 1; i <= length(text); i++) {
    character = substr(text, i, 1)
    out = out (character in escaped ? escaped[character] : character)
  }
  return "\"" out "\""
}

BEGIN {
  for (code = 1; code < 32; code++) escaped[sprintf("%c", code)] = sprintf("\\u%04x", code)
  escaped["\""] = "\\\""
  escaped["\\"] = "\\\\"

  for (name in ENVIRON) {
    if (name !~ /^PUBLIC_./) continue
    printf "%s%s:%s", separator == "" ? "{" : separator, quoted(substr(name, 8)), quoted(ENVIRON[name])
    separator = ","
  }
  print separator == "" ? "{}" : "}"
}
