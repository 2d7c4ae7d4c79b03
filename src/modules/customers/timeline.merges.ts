import { Field, ID, ObjectType } from 'type-graphql';
import type { Parameters } from '../../platform/paging/index.js';
import { PublicId } from '../../platform/schema/index.js';
import { type Viewer, visibleCondition } from '../access/index.js';
import { short } from './timeline.rules.js';
import { TimelineEntry, timelineSource } from './timeline.sources.js';

@ObjectType({
  implements: TimelineEntry,
  description: 'Others were found to be this customer.',
  simpleResolvers: true,
})
export class CustomersMerged extends TimelineEntry {
  @PublicId('merge')
  @Field(() => ID, { description: 'The merge, for `undoMerge`.' })
  mergeId: string;
}

@ObjectType({
  implements: TimelineEntry,
  description: 'Others that had been taken for this customer are customers of their own again.',
  simpleResolvers: true,
})
export class MergeUndone extends TimelineEntry {
  @PublicId('merge')
  @Field(() => ID, { description: 'The merge that was undone.' })
  mergeId: string;
}

interface MergedDetail {
  /** Of those that the viewer may see. */
  names: string[];
  count: number;
}

/** A select of the merges into a customer, told at `moment`. */
const merges = (moment: 'merged_at' | 'undone_at') => (viewer: Viewer, parameters: Parameters) => {
  if (viewer.isHidden('CUSTOMER', 'merges')) return null;
  const visible = visibleCondition(viewer, 'CUSTOMER', 'c', parameters);
  const names = `select jsonb_agg(c.display_name order by array_position(m.merged_ids, c.id)) from customers c
                  where c.organization_id = m.organization_id and c.id = any (m.merged_ids) and c.erased_at is null${visible ? ` and ${visible}` : ''}`;
  return `select m.${moment} as occurred_at, m.id,
                 jsonb_build_object('mergeId', m.id, 'count', cardinality(m.merged_ids), 'names', coalesce((${names}), '[]')) as detail
            from customer_merges m where m.survivor_id = k.parent and m.${moment} is not null`;
};

/** Names where all of them may be told, else how many there are. */
const whom = ({ names, count }: MergedDetail, one: string, many: string): string =>
  names.length === count ? short(names.join(', ')) : count === 1 ? one : `${count} ${many}`;

timelineSource<MergedDetail>({
  type: CustomersMerged,
  prefix: 'merge',
  sql: merges('merged_at'),
  summary: {
    en: detail => `Merged with ${whom(detail, 'another customer', 'customers')}`,
    es: detail => `Fusionado con ${whom(detail, 'otro cliente', 'clientes')}`,
    pt: detail => `Unificado com ${whom(detail, 'outro cliente', 'clientes')}`,
  },
});

timelineSource<MergedDetail>({
  type: MergeUndone,
  prefix: 'merge',
  sql: merges('undone_at'),
  summary: {
    en: detail => `No longer merged with ${whom(detail, 'another customer', 'customers')}`,
    es: detail => `Separado de ${whom(detail, 'otro cliente', 'clientes')}`,
    pt: detail => `Separado de ${whom(detail, 'outro cliente', 'clientes')}`,
  },
});
