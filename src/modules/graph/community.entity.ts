import { Field, Float, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Derived, Node } from '../../platform/schema/index.js';
import { Organization, type RequestContext } from '../access/index.js';
import { seesEverything } from './sight.rules.js';

/** What is told of words to who asks: they are made of what everybody says. */
export const wordsFor = ({ words }: Community, { viewer }: RequestContext): string[] =>
  seesEverything(viewer) ? words : [];

@ObjectType({
  implements: Node,
  description: 'People who have more to do with each other than with everybody else.',
  simpleResolvers: true,
})
@Entity('communities')
@Index('communities_size_idx', ['organizationId', 'size', 'id'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'communities_organization_fkey',
  onDelete: 'CASCADE',
})
export class Community {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'communities_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the community. It stays while most of its members stay.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'communities_pkey' })
  id: string;

  @Derived(wordsFor)
  @Field(() => [String], {
    description: 'The words it is named by, the most telling first; none for who may not see everybody and every post.',
  })
  @Column('text', { array: true, default: () => "'{}'" })
  words: string[];

  /** How many identities belong to it, whoever sees them. */
  @Column('integer')
  size: number;

  @Derived(({ cohesion }: Community, { viewer }: RequestContext) => (seesEverything(viewer) ? cohesion : null))
  @Field(() => Float, {
    nullable: true,
    description:
      "Share of its members' ties that stay among them, 0 to 1; nothing for who may not see everybody and every post.",
  })
  @Column('double precision')
  cohesion: number;
}
