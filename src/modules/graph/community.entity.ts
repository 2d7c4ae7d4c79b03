import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Derived, Node } from '../../platform/schema/index.js';
import { type Language, Organization, type RequestContext } from '../access/index.js';

const WORDS_IN_NAME = 3;

const people = (count: number, language: Language): string =>
  `${count} ${{ en: 'people', es: 'personas', pt: 'pessoas' }[language]}`;

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

  @Derived(({ words, size }: Community, context: RequestContext) =>
    words.length > 0 ? words.slice(0, WORDS_IN_NAME).join(' · ') : people(size, context.language),
  )
  @Field({
    description: 'What its members say more often than others do; how many they are where nothing sets them apart.',
  })
  name: string;

  @Field(() => [String], { description: 'The words it is named by, the most telling first.' })
  @Column('text', { array: true, default: () => "'{}'" })
  words: string[];

  @Field(() => Int, { description: 'How many identities belong to it.' })
  @Column('integer')
  size: number;

  @Field(() => Float, { description: "Share of its members' ties that stay among them, 0 to 1." })
  @Column('double precision')
  cohesion: number;
}
