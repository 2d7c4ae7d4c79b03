import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../../access/index.js';

/** In how many published texts of a language a word stands; kept by triggers. */
@Entity('article_lexemes')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'article_lexemes_organization_fkey',
  onDelete: 'CASCADE',
})
export class ArticleLexeme {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_lexemes_pkey' })
  organizationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'article_lexemes_pkey' })
  language: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'article_lexemes_pkey', collation: 'C' })
  lexeme: string;

  @Column('integer')
  documents: number;
}
