import path from 'node:path';
import { ConflictError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { parseAllDocuments } from 'yaml';

/** A catalog that knows some entities, and those of the repositories that are registered in it. */
export function playedCatalog(entities, github) {
  const locations = new Map();
  const known = () => [...entities, ...[...locations.keys()].flatMap((at) => read(at, github))];
  const catalog = {
    addLocation: async ({ type, target, dryRun, onConflict }) => {
      const found = read(target, github);
      const location = { id: target, type, target };
      if (dryRun) return { location, entities: found, exists: locations.has(target) };
      if (locations.has(target) && onConflict !== 'refresh') {
        throw new ConflictError(`Location ${type}:${target} already exists`);
      }
      locations.set(target, location);
      return { location, entities: [] };
    },
    getLocationByRef: async (ref) => locations.get(ref.replace(/^url:/, '')),
    removeLocationById: async (id) => void locations.delete(id),
  };
  const registered = () => [...locations.keys()];
  const service = new Proxy(catalog, {
    get: (own, name) => {
      if (name in own) return own[name];
      const mock = catalogServiceMock({ entities: known() });
      return typeof mock[name] === 'function' ? mock[name].bind(mock) : mock[name];
    },
  });
  return { service, registered };
}

function read(target, github) {
  const address = /^https:\/\/github.com\/([^/]+\/[^/]+)\/(?:blob|tree)\/([^/]+)\/(.+)$/;
  const [, name, branch, file] = address.exec(target);
  if (!github.repositories.exists(name)) return [];
  const entities = entitiesOf(file, (found) => github.repositories.read(name, branch, found));
  for (const { metadata } of entities) {
    metadata.annotations = {
      ...metadata.annotations,
      'backstage.io/managed-by-location': `url:${target}`,
    };
  }
  return entities;
}

/** A file's entities, with the text of files that they include, as the catalog reads them. */
export function entitiesOf(file, read) {
  const entities = parseAllDocuments(read(file)).map((document) => document.toJS());
  for (const { spec } of entities) {
    const included = spec.definition?.$text;
    if (included) spec.definition = read(path.join(path.dirname(file), included));
  }
  return entities;
}
