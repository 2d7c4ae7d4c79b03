import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Member } from '../../access/index.js';

/** Languages, BCP 47, in which somebody answers customers. */
@Entity('member_languages')
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'member_languages_member_fkey',
  onDelete: 'CASCADE',
})
export class MemberLanguage {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'member_languages_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'member_languages_pkey' })
  memberId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'member_languages_pkey' })
  language: string;
}
