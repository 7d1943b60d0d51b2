# What of nginx's server depends on the environment: where it listens, and what pages may do and call.
# $policy: the Content-Security-Policy without the origins that pages may call.

def fail: "\(.)\n" | halt_error(1);

# The scheme, host and port of a URL. Nothing else of it may reach nginx's configuration.
def origin($name):
  . as $url
  | [capture("\\A(?<origin>https?://[-A-Za-z0-9.]+(:[0-9]+)?)(/[^\\s\\p{Cc}]*)?\\z")]
  | if . == [] then "\($name) must be a URL such as https://id.example.com, not '\($url)'" | fail
    else .[0].origin end;

def given($name): env[$name] // "";

def port:
  given("PORT")
  | if . == "" then "8080"
    elif test("\\A[0-9]+\\z") then .
    else "PORT must be a number, not '\(.)'" | fail end;

def issuer: [given("PUBLIC_OIDC_ISSUER"), given("OIDC_ISSUER")] | map(select(. != "")) | .[0] // "";

(issuer | origin("OIDC_ISSUER")) as $issuer
| (given("CONNECT_SRC") | [splits("\\s+") | select(. != "") | origin("CONNECT_SRC")]) as $more
| ($policy[0] | ."connect-src" += [$issuer] + $more | to_entries | map("\(.key) \(.value | join(" "))")
   | join("; ")) as $header
| "listen \(port);",
  (if $ipv6 == "yes" then "listen [::]:\(port);" else empty end),
  "set $policy \"\($header)\";"
