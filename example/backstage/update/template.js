import { parse } from 'yaml';
import { createTemplateRenderer } from 'nunjitsu';
import { git, lines } from './git.js';

const VERSION = 'backstage.io/template-version';
const RENDERED = '.njk';
/** Backstage's own renderer, set as fetch:template sets it. */
const renderer = createTemplateRenderer({ allowRegexExecution: true });

/** The repository that has the template and its skeletons, each version under a tag. */
export class Template {
  constructor(folder) {
    this.folder = folder;
    /** Contents by blob: versions and repositories have most of them in common. */
    this.blobs = new Map();
    const templates = this.templates('HEAD');
    const versions = new Set(templates.map(({ metadata }) => metadata.annotations?.[VERSION]));
    [this.version] = versions;
    if (versions.size !== 1 || !this.version) {
      throw new Error(`All templates must have the same annotation ${VERSION}.`);
    }
  }

  /** The templates of a revision that have skeletons, as entities. */
  templates(revision) {
    return lines(this.folder, ['ls-tree', '-r', '-z', '--name-only', revision])
      .filter((file) => /(^|\/)template[^/]*\.yaml$/.test(file))
      .map((file) => parse(git(this.folder, ['show', `${revision}:${file}`]).toString()))
      .filter(({ kind, spec }) => kind === 'Template' && spec.steps.some(skeletonOf));
  }

  /** Tags a version that has no tag yet: later versions are compared with it. */
  release() {
    if (this.has(this.version)) return;
    git(this.folder, ['tag', `v${this.version}`]);
    git(this.folder, ['push', '--quiet', 'origin', `v${this.version}`]);
  }

  has(version) {
    return lines(this.folder, ['tag', '--list', `v${version}`]).length > 0;
  }

  /** The files of a version's skeleton, by path, as the scaffolder makes them from these values. */
  render(version, skeleton, values) {
    const folder = `skeletons/${skeleton}/`;
    const listed = lines(this.folder, ['ls-tree', '-r', '-z', `v${version}`, '--', folder]);
    const files = new Map();
    for (const entry of listed) {
      const [, mode, blob, source] = /^(\d+) blob (\w+)\t(.*)$/s.exec(entry);
      const content = this.content(blob);
      const isTemplate = source.endsWith(RENDERED);
      const name = renderer.render(
        source.slice(folder.length, isTemplate ? -RENDERED.length : undefined),
        { values },
      );
      if (name === '' || name.startsWith('/') || name.includes('//')) continue; // As the scaffolder.
      const rendered = isTemplate && mode !== '120000';
      files.set(name, {
        mode,
        content: rendered ? renderer.render(content.toString(), { values }) : content,
      });
    }
    return files;
  }

  content(blob) {
    const known = this.blobs.get(blob) ?? git(this.folder, ['cat-file', 'blob', blob]);
    this.blobs.set(blob, known);
    return known;
  }

  /** Answers of a former form, and what the version's form says by default where they have none. */
  answers(skeleton, former) {
    const [, name] = former.template.split('/');
    const template = this.templates(`v${this.version}`).find(
      ({ metadata }) => metadata.name === name,
    );
    if (!template) throw new Error(`There is no template ${name} any more.`);
    const step = template.spec.steps.find((each) => skeletonOf(each) === skeleton);
    if (!step) throw new Error(`The template ${name} has no skeleton ${skeleton} any more.`);
    const pages = [template.spec.parameters].flat();
    const fields = Object.assign({}, ...pages.map(({ properties }) => properties));
    const added = Object.entries(step.input.values)
      .filter(([value]) => !(value in former))
      .map(([value, written]) => [value, byDefault(value, written, fields)]);
    return { values: { ...former, ...Object.fromEntries(added), version: this.version }, added };
  }
}

/** The skeleton that a step renders. */
const skeletonOf = ({ input }) => /\/skeletons\/(\w+)$/.exec(input?.url)?.[1];

function byDefault(value, written, fields) {
  if (!String(written).includes('${{')) return written;
  const [, field] = /^\$\{\{ *parameters\.(\w+) *\}\}$/.exec(written) ?? [];
  const answer = fields[field]?.default;
  if (answer === undefined) {
    throw new Error(
      `values.${value} is newer than this repository, and the form has no default for it: ` +
        `give it one, or write it into the repository's .skeleton.json.`,
    );
  }
  return answer;
}
