import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Derived, Json, Node } from '../../../platform/schema/index.js';
import { Organization, type RequestContext } from '../../access/index.js';

@ObjectType({
  implements: Node,
  description: 'Something customers speak about, wherever they do.',
  simpleResolvers: true,
})
@Entity('themes')
@Unique('themes_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'themes_organization_fkey', onDelete: 'CASCADE' })
export class Theme {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'themes_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the theme.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'themes_pkey' })
  id: string;

  @Derived(({ name, names }: Theme, { language }: RequestContext) => names[language] ?? name)
  @Field({ description: 'Its name, in the language of the reader where that is known.' })
  @Column('text')
  name: string;

  @Field(() => Json, { description: 'Its name in other languages, by BCP 47.' })
  @Column('jsonb', { default: {} })
  names: Record<string, string>;

  @Field(() => [String], {
    description: 'Words and phrases by which it is found, whatever their accents and capitals.',
  })
  @Column('text', { array: true })
  words: string[];

  @Field({ description: 'Whether it is looked for.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
