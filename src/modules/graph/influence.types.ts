import { Field, Float, Int, ObjectType } from 'type-graphql';
import { DateTime, Derived } from '../../platform/schema/index.js';
import type { RequestContext } from '../access/index.js';
import { type InfluenceFacts, reasonsOf } from './influence.words.js';

@ObjectType({ description: 'How much somebody moves others, and why we think so.', simpleResolvers: true })
export class Influence implements InfluenceFacts {
  /** Whose it is: a stored id, of an identity or of a customer. */
  subjectId: string;
  isCustomer: boolean;

  @Field(() => Float, {
    description:
      'From 0 to 100, on a logarithmic scale: distinct others who engage with it lead, lately more than long ago; whether these are influential themselves comes second.',
  })
  score: number;

  @Field(() => Float, { description: 'Share of all others in the graph whose score is lower, 0 to 100.' })
  percentile: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How many distinct others engaged with it, ever; nothing for who may not see everybody.',
  })
  distinctEngagers: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The same, each counted half for every half-life since they last did.',
  })
  engagers: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Its PageRank in the graph: the chance to meet it on a walk along interactions; nothing for who may not see everybody.',
  })
  pagerank: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'About how many distinct others it reaches within two steps; nothing for who may not see everybody.',
  })
  reach: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'How engagement changes, -1 to 1: engagers of the last 30 days less those of the 30 days before, as a share of both. 1 is all new, -1 is over; nothing for who may not see everybody.',
  })
  trend: number | null;

  @Field(() => DateTime, { description: 'When it was worked out.' })
  computedAt: string;

  @Derived((influence: Influence, context: RequestContext) => reasonsOf(influence, context.language))
  @Field(() => [String], {
    description:
      "Why, in plain words, in the reader's language; without what is counted for who may not see everybody.",
  })
  reasons: string[];
}
