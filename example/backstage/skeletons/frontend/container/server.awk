# Prints what of nginx's server depends on the environment: where it listens, and whom pages may call.

function fail(message) {
  print "entrypoint: " message | "cat >&2"
  close("cat >&2")
  exit 1
}

# The scheme, host and port of a URL. Nothing else of it may reach nginx's configuration.
function origin(name, url) {
  if (url !~ /^https?:\/\/[-A-Za-z0-9.]+(:[0-9]+)?(\/[^[:space:][:cntrl:]]*)?$/)
    fail(name " must be a URL such as https://id.example.com, not '" url "'")
  split(url, part, "/")
  return part[1] "//" part[3]
}

BEGIN {
  port = ENVIRON["PORT"] == "" ? "8080" : ENVIRON["PORT"]
  if (port !~ /^[0-9]+$/) fail("PORT must be a number, not '" port "'")
  print "listen " port ";"
  if ((getline line < "/proc/net/if_inet6") > 0) print "listen [::]:" port ";"

  sources = "'self' " origin("PUBLIC_OIDC_ISSUER", ENVIRON["PUBLIC_OIDC_ISSUER"])
  count = split(ENVIRON["CONNECT_SRC"], more, " ")
  for (i = 1; i <= count; i++) sources = sources " " origin("CONNECT_SRC", more[i])
  print "set $connect_src \"" sources "\";"
}
