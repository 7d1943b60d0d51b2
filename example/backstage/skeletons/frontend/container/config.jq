# /config.json: every variable PUBLIC_X as X, and the issuer that the platform names for all.
env
| with_entries(select(.key | test("^(PUBLIC_.|OIDC_ISSUER$)")) | select(.value != ""))
| with_entries(select(.key == "OIDC_ISSUER"))
  + with_entries(select(.key != "OIDC_ISSUER") | .key |= ltrimstr("PUBLIC_"))
