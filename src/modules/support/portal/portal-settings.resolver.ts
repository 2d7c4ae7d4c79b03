import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { type Access, mutate, Permit, RequestContext } from '../../access/index.js';
import type { Entrance } from './entrance.js';
import { SetPortalSettingsInput } from './portal.inputs.js';
import { PortalSettingsPayload } from './portal.payloads.js';
import { PortalSettings } from './portal-settings.entity.js';
import { portalSettings } from './portal-settings.queries.js';
import { setPortalSettings } from './portal-settings.service.js';

@Resolver(() => PortalSettings)
export class PortalSettingsResolver {
  constructor(private readonly entrance: Entrance) {}

  private get access(): Access {
    return this.entrance.access;
  }

  @Permit('support:read')
  @Query(() => PortalSettings, { description: 'How customers sign in by themselves.' })
  portalSettings(@Ctx() context: RequestContext) {
    return portalSettings(context);
  }

  @Permit('support:manage')
  @Mutation(() => PortalSettingsPayload, {
    description: 'Says whether and how customers sign in by themselves. Nobody does until it is turned on.',
  })
  setPortalSettings(
    @Arg('input', () => SetPortalSettingsInput, { description: 'What to change.' }) input: SetPortalSettingsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setPortalSettings', input, async tx => {
      // Turned off, it is closed at once.
      tx.afterCommit(() => this.access.forget(tx.scope.organizationId));
      return { settings: await setPortalSettings(tx, context.viewer, input) };
    });
  }
}
