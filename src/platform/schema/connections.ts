import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Direction, PageArguments } from '../paging/index.js';
import type { RecordClass } from './records.js';

export enum OrderDirection {
  ASC = 'ASC',
  DESC = 'DESC',
}
registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'Which way a list is ordered. A missing value counts as the largest.',
  valuesConfig: { ASC: { description: 'Smallest first.' }, DESC: { description: 'Largest first.' } },
});

@ObjectType({ description: 'Where a page lies in its list (Relay).', simpleResolvers: true })
export class PageInfo {
  @Field({ description: 'Whether rows follow this page.' })
  hasNextPage: boolean;
  @Field({ description: 'Whether rows come before this page.' })
  hasPreviousPage: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first row, for `before`.' })
  startCursor: string | null;
  @Field(() => String, { nullable: true, description: 'Cursor of the last row, for `after`.' })
  endCursor: string | null;
}

@ArgsType()
export class PageArgs implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: 'How many, from the start or after `after`. 25 unless said, 200 at most.',
  })
  first?: number;
  @Field(() => Int, { nullable: true, description: 'How many, from the end or before `before`. 200 at most.' })
  last?: number;
  @Field(() => String, { nullable: true, description: 'Start after the row with this cursor.' })
  after?: string;
  @Field(() => String, { nullable: true, description: 'End before the row with this cursor.' })
  before?: string;
}

/** Relay's edge and connection types of a record, named after it. `totalCount` is counted only when asked for. */
export function connectionOf<Row extends object>(node: RecordClass<Row>, name: string) {
  @ObjectType(`${name}Edge`, { description: `One ${name} in a list, with its cursor.`, simpleResolvers: true })
  class Edge {
    @Field({ description: 'Place of this row in the list; opaque.' })
    cursor: string;
    @Field(() => node, { description: 'The row itself.' })
    node: Row;
  }
  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.`, simpleResolvers: true })
  class Connection {
    @Field(() => [Edge], { description: 'The rows of this page, in order.' })
    edges: Edge[];
    @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
    pageInfo: PageInfo;
    @Field(() => Int, {
      description: 'How many rows the whole list has under this filter; counted only when asked for.',
    })
    totalCount: number;
  }
  return Connection;
}

/** The `orderBy` input of a list, from an enumeration of its order fields. */
export function orderInputOf<Fields extends object>(fields: Fields, name: string) {
  @InputType(`${name}Order`, { description: `How a list of ${name} is ordered; several are applied in turn.` })
  class Order {
    @Field(() => fields, { description: 'What to order by.' })
    field: string;
    @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
    direction: Direction;
  }
  return Order;
}
