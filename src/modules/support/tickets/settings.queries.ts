import type { RequestContext } from '../../access/index.js';

/** After how many days a solved ticket is closed, as `organizations.settings` has it under "tickets". */
export const CLOSE_AFTER_DAYS = 7;

export const closeAfterSql = (organization: string): string =>
  `coalesce((${organization}.settings #>> '{tickets,closeSolvedAfterDays}')::integer, ${CLOSE_AFTER_DAYS})`;

export interface TicketSettingsRow {
  closeSolvedAfterDays: number;
}

export async function readTicketSettings(context: RequestContext): Promise<TicketSettingsRow> {
  const [row] = await context.read<TicketSettingsRow>(
    `select ${closeAfterSql('o')} as "closeSolvedAfterDays" from organizations o where o.id = $1`,
    [context.viewer.organizationId],
  );
  return row ?? { closeSolvedAfterDays: CLOSE_AFTER_DAYS };
}
