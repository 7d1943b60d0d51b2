"""What Argo CD calls healthy or degraded: Lua for its ConfigMap `argocd-cm`, written from the models.

It says the same as the expressions for Flux in `health.py`, and NodeApp's own sentence besides.
Argo CD runs it as Lua 5.1, with the base and table libraries: `runLua` in its util/lua/lua.go.
"""

import textwrap

from function.api.names import CLAIM, GROUP
from function.api.nodeapp import KEYS
from package.health import NODEAPP_CONDITIONS, PACKAGE_CONDITIONS

PACKAGE_GROUP = "pkg.crossplane.io"
PACKAGE_KINDS = ("Configuration", "Function")

HEAD = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
  labels:
    app.kubernetes.io/part-of: argocd
data:
"""

HOLD = """\
local status = obj.status or {}

-- Whether conditions are True for this generation. One that is missing isn't.
local function hold(types)
  for _, wanted in ipairs(types) do
    local found = false
    for _, condition in ipairs(status.conditions or {}) do
      found = found or (condition.type == wanted and condition.status == "True"
        and condition.observedGeneration == obj.metadata.generation)
    end
    if not found then
      return false
    end
  end
  return true
end
"""

SAME = """\
local function same(one, other)
  if type(one) ~= "table" or type(other) ~= "table" then
    return one == other
  end
  for key, value in pairs(one) do
    if not same(value, other[key]) then
      return false
    end
  end
  for key in pairs(other) do
    if one[key] == nil then
      return false
    end
  end
  return true
end

-- Whether a part of the status repeats the spec, in all of NodeApp's own keys. Crossplane adds others.
local function repeats(part)
  for _, key in ipairs({%s}) do
    if part == nil or not same(obj.spec[key], part[key]) then
      return false
    end
  end
  return true
end
"""

NODEAPP = """\
if repeats(status.refused) then
  return {status = "Degraded", message = status.message or ""}
end
if status.ready and repeats(status.accepted) and hold({%s}) then
  return {status = "Healthy", message = status.message or ""}
end
return {status = "Progressing", message = status.message or ""}
"""

PACKAGE = """\
if hold({%s}) and status.currentIdentifier == obj.spec.package then
  return {status = "Healthy", message = ""}
end
return {status = "Progressing", message = "doesn't serve from " .. obj.spec.package .. " yet"}
"""


def quoted(names: tuple[str, ...]) -> str:
    """The items of a Lua list of texts."""
    return ", ".join(f'"{name}"' for name in names)


def nodeapp() -> str:
    """A NodeApp: degraded if this spec is refused, healthy if what it asks for is what runs."""
    return f"{HOLD}\n{SAME % quoted(KEYS)}\n{NODEAPP % quoted(NODEAPP_CONDITIONS)}"


def package() -> str:
    """A Function or Configuration: healthy once it serves from the package that its spec names.

    Never degraded: a package that is being installed says the same as one that will never be Healthy.
    """
    return f"{HOLD}\n{PACKAGE % quoted(PACKAGE_CONDITIONS)}"


def config_map() -> str:
    """The keys for Argo CD's own ConfigMap, as YAML."""
    scripts = {f"{GROUP}_{CLAIM}": nodeapp()} | {
        f"{PACKAGE_GROUP}_{kind}": package() for kind in PACKAGE_KINDS
    }
    return HEAD + "".join(
        f"  resource.customizations.health.{kind}: |\n{textwrap.indent(script, '    ')}"
        for kind, script in scripts.items()
    )
