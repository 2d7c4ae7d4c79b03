import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from './organization.entity.js';
import { Role } from './roles.js';
import { RecordKind, type VisibilityKind, VisibilityScope } from './visibility.defaults.js';

@ObjectType({
  description: 'How much of one kind of record a role sees: Vínculo’s default, or what the organisation set instead.',
  simpleResolvers: true,
})
@Entity('access_rules')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'access_rules_organization_fkey',
  onDelete: 'CASCADE',
})
export class AccessRule {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'access_rules_pkey' })
  organizationId: string;

  @Field(() => Role, { description: 'Whose sight it is about.' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'access_rules_pkey' })
  role: Role;

  @Field(() => RecordKind, { description: 'Of which records.' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'access_rules_pkey' })
  kind: VisibilityKind;

  @Field(() => VisibilityScope, { description: 'How much of them is seen.' })
  @Column('text')
  scope: VisibilityScope;

  @Field(() => [String], { description: 'Fields of them that are not seen, not filtered by and not ordered by.' })
  @Column('text', { array: true, default: '{}' })
  hiddenFields: string[];

  @Column('timestamptz', { default: () => 'now()', select: false })
  updatedAt: string;

  @Field({ description: 'Whether it is the default, rather than set by the organisation.' })
  isDefault: boolean;
}
