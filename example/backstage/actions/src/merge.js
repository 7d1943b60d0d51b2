import { InputError } from '@backstage/errors';
import { isMap, parseAllDocuments } from 'yaml';

/**
 * A YAML text with what another one has more: documents, and keys of their objects. Only lines are
 * added, because comments of the other lines may be read by automation, and people wrote them.
 */
export function merged(given, more) {
  const text = given.endsWith('\n') ? given : `${given}\n`;
  const ours = parseAllDocuments(text);
  const added = [];
  let result = text;
  for (const document of parseAllDocuments(more)) {
    const same = ours.find((each) => identity(each) === identity(document));
    const { contents } = document;
    if (same)
      added.push(...insertions({ text, map: same.contents }, { text: more, map: contents }));
    else
      result = `${result.trimEnd()}\n---\n${more.slice(contents.range[0], contents.range[2]).trimEnd()}\n`;
  }
  // From the end to the start: what is inserted then moves nothing, and at one place the order stays.
  for (const { at, lines } of added.reverse().sort((one, other) => other.at - one.at)) {
    result = result.slice(0, at) + lines + result.slice(at);
  }
  return result === text ? given : result;
}

const identity = (document) => `${document.get('kind')}/${document.getIn(['metadata', 'name'])}`;

/** Where which lines are added, so that a map has all keys of another one. */
function insertions(ours, theirs) {
  if (!isMap(ours.map) || !isMap(theirs.map)) return [];
  return theirs.map.items.flatMap((pair, index) => {
    const key = pair.key.value;
    if (ours.map.has(key)) {
      const below = { text: ours.text, map: ours.map.get(key, true) };
      return insertions(below, { text: theirs.text, map: pair.value });
    }
    if (ours.map.flow) {
      throw new InputError(
        `Write the map with ${ours.map.items[0]?.key} on lines of its own, to add ${key} to it.`,
      );
    }
    const next = theirs.map.items[index + 1];
    const end = next ? lineStart(theirs.text, next.key.range[0]) : theirs.map.range[2];
    const lines = theirs.text.slice(lineStart(theirs.text, pair.key.range[0]), end).trimEnd();
    const [wanted, given] = [column(ours), column(theirs)];
    const shifted = lines.split('\n').map((line) => line && ' '.repeat(wanted) + line.slice(given));
    return [{ at: endOf(ours), lines: `${shifted.join('\n')}\n` }];
  });
}

const lineStart = (text, offset) => text.lastIndexOf('\n', offset - 1) + 1;

function column({ text, map }) {
  const first = map.items[0].key.range[0];
  return first - lineStart(text, first);
}

/** The start of the line below a map: below its last value, and a comment beside that. */
function endOf({ text, map }) {
  const last = text.slice(0, map.range[1]).trimEnd().length;
  const end = text.indexOf('\n', last);
  return end < 0 ? text.length : end + 1;
}
