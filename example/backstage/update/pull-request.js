const LOCK = 'package-lock.json';

/** What a pull request says: what it is, and each file that needs a look. */
export function body({ skeleton, from, to, added, conflicts, unmerged, tangled, deleted, kept }) {
  const parts = [
    `This repository was made from the skeleton \`${skeleton}\` ${from}. ` +
      `This pull request merges what has changed from ${from} to ${to}. Your own changes stay.`,
    section(
      'Resolve these conflicts first',
      'Here you and the skeleton changed the same lines. ' +
        `Both are in the file, between \`<<<<<<< yours\` and \`>>>>>>> skeleton-${to}\`. ` +
        `Check out the branch \`skeleton-${to}\`, edit these files, and push. Until then, CI fails.`,
      conflicts.filter((name) => name !== LOCK),
    ),
    conflicts.includes(LOCK) &&
      `Then run \`npm install\`: it resolves the conflict in \`${LOCK}\` by itself.`,
    section(
      'Merge these by hand',
      'Git can merge no lines of these files. They are as you have them.',
      unmerged,
    ),
    section(
      'Choose between these',
      'You and the skeleton moved the same file, or gave a name to different things. Both are there: delete one.',
      tangled,
    ),
    section(
      'You deleted these, so they stay deleted',
      'The skeleton changed them. If you need what changed, look at it in the repository of the template.',
      deleted,
    ),
    section(
      'The skeleton no longer has these',
      'You changed them, so they stay. Delete them if you don’t need them.',
      kept,
    ),
    section(
      'New answers',
      'The form asks more than it did. These are its defaults: change them in `.skeleton.json` for later updates.',
      added.map(([value, answer]) => `${value}: ${answer}`),
    ),
    `Close this pull request if you don’t want ${to}: the next version asks again. ` +
      'Delete `.skeleton.json` to be asked no more.',
  ];
  return parts.filter(Boolean).join('\n\n');
}

function section(title, text, items) {
  return items.length > 0 && [`### ${title}`, text, list(items)].join('\n\n');
}

const list = (items) => items.map((item) => `- \`${item}\``).join('\n');
