import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createAddPartAction } from './add-part.js';
import { createCheckAction } from './check.js';
import { createCleanUpAction } from './clean-up.js';
import { createFinishAction } from './finish.js';
import { createPublishAction } from './publish.js';

/** The actions of the NodeApp templates, for the scaffolder of a Backstage backend. */
export default createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'nodeapp',
  register(env) {
    env.registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        config: coreServices.rootConfig,
        catalog: catalogServiceRef,
      },
      async init({ scaffolder, config, catalog }) {
        const options = { integrations: ScmIntegrations.fromConfig(config), config, catalog };
        scaffolder.addActions(
          createCheckAction(options),
          createPublishAction(options),
          createFinishAction(options),
          createAddPartAction(options),
          createCleanUpAction(options),
        );
      },
    });
  },
});
