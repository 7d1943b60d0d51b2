import {
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';

const policy = EntityPolicies.allOf([
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
  new SchemaValidEntityPolicy(),
]);

const validators = {
  API: apiEntityV1alpha1Validator,
  Component: componentEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
  System: systemEntityV1alpha1Validator,
  Template: templateEntityV1beta3Validator,
};

/** What the catalog would say of each entity: nothing if all is well. */
export async function problems(entities) {
  const found = {};
  for (const entity of entities) found[stringifyEntityRef(entity)] = await problem(entity);
  return found;
}

async function problem(entity) {
  try {
    await policy.enforce(structuredClone(entity));
    const known = await validators[entity.kind].check(entity);
    return known ? null : `${entity.apiVersion} is not known for ${entity.kind}`;
  } catch (error) {
    return error.message;
  }
}
