import semver from 'semver';

const FILE = 'package.json';
const GROUPS = ['dependencies', 'devDependencies'];

/**
 * Skeletons as they would be, had Renovate made the updates here that it made in this repository.
 *
 * Renovate moves dependencies of skeletons and of repositories, each in its own time, so nearly every merge would
 * be in conflict. Of a dependency that all three have, the later version counts.
 */
export function withUpdates({ former, newer }, ours) {
  const texts = [former, newer].map((files) => files.get(FILE)?.content.toString());
  const [was, becomes] = texts.map(parsed);
  const is = parsed(ours);
  if (!was || !becomes || !is) return { former, newer };
  for (const group of GROUPS) {
    for (const [name, version] of Object.entries(is[group] ?? {})) {
      const versions = [was[group]?.[name], becomes[group]?.[name]];
      if (![version, ...versions].every((each) => semver.valid(each))) continue;
      const later = semver.gt(version, versions[1]) ? version : versions[1];
      texts[0] = texts[0].replace(`"${name}": "${versions[0]}"`, `"${name}": "${version}"`);
      texts[1] = texts[1].replace(`"${name}": "${versions[1]}"`, `"${name}": "${later}"`);
    }
  }
  const [moved, kept] = [former, newer].map((files, index) =>
    new Map(files).set(FILE, { ...files.get(FILE), content: texts[index] }),
  );
  return { former: moved, newer: kept };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // It isn't there, or isn't JSON: it is merged as text.
  }
}
