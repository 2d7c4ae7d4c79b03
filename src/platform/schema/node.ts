import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({ description: 'Anything that has an id of its own.' })
export abstract class Node {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
}
